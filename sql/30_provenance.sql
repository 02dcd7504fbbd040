-- 30_provenance.sql - what the extract says of itself, and what the cleaning steps share.
--
-- Reads: temp.staged_extract, parameter. Writes: provenance, reject and notice (emptied of what
--   earlier cleaning wrote), temp.setting, temp.twice, temp.odd.
--
-- Every cleaning step works the same way:
--   The view checked_FORMAT gives the staged rows with `fault`, 'column:reason' or NULL: that of a
--   cell (20_staged.sql) before one that takes several.
--   Good rows go to the clean table in the order of precedence (`place`: date of the extract, name
--   of the file, line), so that of rows with one id the last stands. A trigger notes such ids in
--   temp.twice.
--   A second look puts every row there is something to say of into temp.odd: one with a fault, with
--   an id that stands twice, or with a code that cannot be used. 39_count.sql makes rejects and
--   notices of them.
-- Rows are followed through PNC id merges, with `excluded` set by the rules. Nothing depends on the
-- order in which files were loaded.

DELETE FROM reject WHERE step <> 'refused';
DELETE FROM notice;

-- Ids that more than one good row of a format has.
CREATE TEMP TABLE twice (
  format TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (format, id)
) WITHOUT ROWID;

CREATE TEMP TABLE odd (
  format TEXT NOT NULL,
  key_column TEXT NOT NULL, -- named when the row stands twice
  file_id INTEGER NOT NULL,
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  fault TEXT,
  id INTEGER, -- what must not stand twice
  precedence INTEGER NOT NULL, -- of rows with one id the highest stands
  own INTEGER NOT NULL, -- 0: the row came by a PNC id given up for another
  content TEXT NOT NULL, -- rows that stand twice with one content differ in nothing
  unknown TEXT, -- columns with codes that cannot be used, parted by blanks
  row_text TEXT NOT NULL
);

-- Extracts may be loaded by date; the newest says what holds.
INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  row_text)
SELECT 'extract', 'name', s.file_id, s.file, s.line,
  CASE
    WHEN s.fault IS NOT NULL THEN s.fault
    WHEN s.name = 'extract_date' AND NOT calendar_is_date(coalesce(s.value, '')) THEN
      'value:not_a_date'
  END,
  dense_rank() OVER (ORDER BY s.name), s.place, 1, coalesce(s.value, ''), s.row_text
FROM staged_extract AS s;

DELETE FROM provenance;
INSERT INTO provenance (name, value)
SELECT json_extract(row_text, '$.name'), content
FROM (
  SELECT row_text, content, row_number() OVER (PARTITION BY id ORDER BY precedence DESC) AS rank
  FROM odd
  WHERE format = 'extract' AND fault IS NULL
)
WHERE rank = 1;

-- Without an extract date no event can be too late, and the pivot is the first year of the measure.
CREATE TEMP TABLE setting AS
SELECT
  coalesce((SELECT value FROM provenance WHERE name = 'extract_date'), '9999-12-31') AS last_day,
  CAST(coalesce(
    (SELECT nullif(value, '') FROM parameter WHERE name = 'pnc_pivot_year'),
    (SELECT substr(value, 1, 4) FROM provenance WHERE name = 'extract_date'),
    '2011') AS INTEGER) AS pivot_year;
