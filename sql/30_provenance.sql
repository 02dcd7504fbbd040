-- 30_provenance.sql - what the extract says of itself, and the settings the cleaning steps share.
--
-- Reads: stage_extract, load_file, parameter. Writes: provenance, reject, notice (emptied of what
-- earlier cleaning wrote), temp.setting, temp.fault, temp.set_aside.
--
-- Every cleaning step works the same way:
--   a view <format>_checked names the first fault of each staged row as 'column:reason', or NULL;
--   faulty rows go to temp.fault, from where 39_count.sql writes `reject`;
--   of rows with the same id the latest stands (by date of the extract, name of the file, line) and
--   the others go to temp.set_aside: duplicate when nothing differs, else superseded;
--   what is left is inserted, followed through PNC id merges, with `excluded` set by the rules.
-- Nothing depends on the order in which files were loaded.

DELETE FROM reject WHERE step = 'clean';
DELETE FROM notice;

CREATE TEMP TABLE fault (
  file_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  fault TEXT NOT NULL,
  row_text TEXT NOT NULL
);

CREATE TEMP TABLE set_aside (
  format TEXT NOT NULL,
  stage_row INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (format, stage_row)
) WITHOUT ROWID;

-- Extracts may be loaded by date; the newest says what holds.
CREATE TEMP VIEW extract_checked AS
SELECT s.rowid AS stage_row, s.file_id, s.line, s.name, s.value,
  CASE
    WHEN s.name = '' THEN 'name:empty'
    WHEN s.name = 'extract_date' AND NOT calendar_is_date(s.value) THEN 'value:not_a_date'
  END AS fault
FROM stage_extract AS s;

INSERT INTO set_aside (format, stage_row, reason)
SELECT 'extract', stage_row, iif(value = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, c.value,
    row_number() OVER newest AS place,
    first_value(c.value) OVER newest AS standing
  FROM extract_checked AS c JOIN load_file AS f USING (file_id)
  WHERE c.fault IS NULL
  WINDOW newest AS (PARTITION BY c.name ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT file_id, line, fault, json_object('name', name, 'value', value)
FROM extract_checked
WHERE fault IS NOT NULL
UNION ALL
SELECT c.file_id, c.line, 'name:' || a.reason, json_object('name', c.name, 'value', c.value)
FROM set_aside AS a JOIN extract_checked AS c USING (stage_row)
WHERE a.format = 'extract';

DELETE FROM provenance;
INSERT INTO provenance (name, value)
SELECT name, value
FROM extract_checked
WHERE fault IS NULL
  AND stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'extract');

-- Without an extract date no event can be too late, and the pivot is the first year of the measure.
CREATE TEMP TABLE setting AS
SELECT
  coalesce((SELECT value FROM provenance WHERE name = 'extract_date'), '9999-12-31') AS last_day,
  CAST(coalesce(
    (SELECT nullif(value, '') FROM parameter WHERE name = 'pnc_pivot_year'),
    (SELECT substr(value, 1, 4) FROM provenance WHERE name = 'extract_date'),
    '2011') AS INTEGER) AS pivot_year;
