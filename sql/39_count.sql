-- 39_count.sql - writes the rejects of the cleaning steps and counts every file.
--
-- Reads: temp.fault, load_file, the staging tables. Writes: reject, load_file, made_from.
-- A row of `reject` says what kind of value stood there, never the value; row_text has the row.

INSERT INTO reject (file, line, format, column_name, value_class, reason_code, row_text, step)
SELECT f.file, x.line, f.format, x.column_name,
  CASE
    WHEN x.value IS NULL OR x.value = '' THEN 'empty'
    WHEN x.value NOT GLOB '*[^0-9]*' THEN 'number of ' || length(x.value) || ' digits'
    WHEN x.value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN 'text in the form of a date'
    ELSE 'text of ' || length(x.value) || ' characters'
  END,
  x.reason_code, x.row_text, 'clean'
FROM (
  SELECT file_id, line, row_text,
    substr(fault, 1, instr(fault, ':') - 1) AS column_name,
    substr(fault, instr(fault, ':') + 1) AS reason_code,
    json_extract(row_text, '$.' || substr(fault, 1, instr(fault, ':') - 1)) AS value
  FROM fault
) AS x
JOIN load_file AS f USING (file_id)
ORDER BY f.file, x.line;

-- Read is counted by the reader of the file, accepted from what the cleaning took: rows staged less
-- rows refused by it. 90_check.sql compares the three.
CREATE TEMP TABLE staged (file_id INTEGER PRIMARY KEY, staged INTEGER);
INSERT INTO staged
SELECT file_id, count(*) FROM (
  SELECT file_id FROM stage_extract
  UNION ALL SELECT file_id FROM stage_area
  UNION ALL SELECT file_id FROM stage_pnc_person
  UNION ALL SELECT file_id FROM stage_pnc_appearance
  UNION ALL SELECT file_id FROM stage_pnc_offence
  UNION ALL SELECT file_id FROM stage_pnc_arrest
  UNION ALL SELECT file_id FROM stage_pnc_charge
  UNION ALL SELECT file_id FROM stage_pnc_merge
  UNION ALL SELECT file_id FROM stage_prison_release
  UNION ALL SELECT file_id FROM stage_drug_test
  UNION ALL SELECT file_id FROM stage_jtrack_caseload
  UNION ALL SELECT file_id FROM stage_oasys_assessment
  UNION ALL SELECT file_id FROM stage_cohort
)
GROUP BY file_id;

UPDATE load_file
SET accepted = coalesce((SELECT staged FROM staged AS s WHERE s.file_id = load_file.file_id), 0)
    - (SELECT count(*) FROM fault AS x WHERE x.file_id = load_file.file_id),
  rejected = (SELECT count(*) FROM reject AS r WHERE r.file = load_file.file
    AND r.step <> 'refused')
WHERE state = 'current';
