-- 39_count.sql - writes rejects and notices, and counts every file.
--
-- Reads: temp.odd, stage, load_file. Writes: reject, notice, load_file.
-- A row of `reject` says what kind of value stood there, never the value; row_text has the row.

-- Of good rows with one id the one of the highest precedence stands.
UPDATE odd
SET fault = key_column || ':' || CASE WHEN odd.own <> k.standing_own THEN 'merged'
  WHEN odd.content = k.standing THEN 'duplicate' ELSE 'superseded' END
FROM (
  SELECT rowid AS odd_row,
    row_number() OVER newest AS rank,
    first_value(own) OVER newest AS standing_own,
    first_value(content) OVER newest AS standing
  FROM odd
  WHERE fault IS NULL AND id IS NOT NULL
  WINDOW newest AS (PARTITION BY format, id ORDER BY precedence DESC)
) AS k
WHERE k.odd_row = odd.rowid AND k.rank > 1;

-- What is said of a row that counts: a code of it cannot be used.
INSERT INTO notice (file, line, format, column_name, reason_code)
SELECT o.file, o.line, o.format, c.value,
  iif(o.format <> 'jtrack_caseload', 'unknown_code',
    iif(json_extract(o.row_text, '$.pnc_id') = '', 'empty', 'not_a_pnc_id'))
FROM odd AS o
JOIN json_each('["' || replace(trim(o.unknown), ' ', '","') || '"]') AS c
WHERE o.fault IS NULL AND o.unknown <> ''
ORDER BY o.file, o.line, c.key;

INSERT INTO reject (file, line, format, column_name, value_class, reason_code, row_text, step)
SELECT file, line, format, column_name,
  CASE
    WHEN value IS NULL OR value = '' THEN 'empty'
    WHEN value NOT GLOB '*[^0-9]*' THEN 'number of ' || length(value) || ' digits'
    WHEN value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN 'text in the form of a date'
    ELSE 'text of ' || length(value) || ' characters'
  END,
  reason_code, row_text, 'clean'
FROM (
  SELECT file, line, format, row_text,
    substr(fault, 1, instr(fault, ':') - 1) AS column_name,
    substr(fault, instr(fault, ':') + 1) AS reason_code,
    json_extract(row_text, '$.' || substr(fault, 1, instr(fault, ':') - 1)) AS value
  FROM odd
  WHERE fault IS NOT NULL
)
ORDER BY file, line;

INSERT INTO reject (file, line, format, column_name, value_class, reason_code, row_text, step)
SELECT f.file, s.first_line, f.format, '', s.value_class, s.reason, s.content, 'read'
FROM stage AS s JOIN load_file AS f USING (file_id)
WHERE s.reason IS NOT NULL
ORDER BY f.file, s.first_line;

-- Read is what the reader of the file gave to staging; accepted is what the cleaning took of the
-- good records: all but those it found a fault in. 90_check.sql compares them with the tables.
CREATE TEMP TABLE staged (file_id INTEGER PRIMARY KEY, read INTEGER, good INTEGER);
INSERT INTO staged (file_id, read, good)
SELECT file_id, sum(records), sum(iif(reason IS NULL, records, 0))
FROM stage
GROUP BY file_id;

CREATE TEMP TABLE faulty (file_id INTEGER PRIMARY KEY, rows INTEGER);
INSERT INTO faulty (file_id, rows)
SELECT file_id, count(*) FROM odd WHERE fault IS NOT NULL GROUP BY file_id;

UPDATE load_file
SET read = coalesce(s.read, 0),
  accepted = coalesce(s.good, 0) - coalesce(x.rows, 0),
  rejected = (SELECT count(*) FROM reject AS r WHERE r.file = load_file.file
    AND r.step <> 'refused')
FROM load_file AS f
LEFT JOIN staged AS s ON s.file_id = f.file_id
LEFT JOIN faulty AS x ON x.file_id = f.file_id
WHERE f.file_id = load_file.file_id AND load_file.state = 'current';

DROP TABLE staged;
DROP TABLE faulty;
DROP TABLE odd;
DROP TABLE twice;
