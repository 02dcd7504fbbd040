-- 33_appearance.sql - the four kinds of entry event, each with its disposal and its area.
--
-- Reads: stage_pnc_appearance, stage_prison_release, stage_drug_test, pnc_merge, offender, area,
--   police_force, parameter, load_file, temp.setting.
-- Writes: appearance, release, drug_test, notice, temp.fault, temp.set_aside.
-- Rules: R1, R8, R10 (under 10), R11 (home area, else the area of the force), S1. Excluded here:
--   immediate custody; a result that is no disposal (its outcome, as 'not proven') or undecided;
--   remand, recall, fine default, deportation; negative test; under 10. The sentence a release ends
--   and the index offence come in 35_index_offence.sql.
-- appearance_id = id of the source * 10 + source: 0 PNC appearance, 1 release, 2 drug test.

DELETE FROM appearance;
DELETE FROM release;
DELETE FROM drug_test;
DROP INDEX IF EXISTS appearance_by_offender;

-- PNC appearances ---------------------------------------------------------------------------------

CREATE TEMP VIEW pnc_appearance_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.appearance_id = '' THEN 'appearance_id:empty'
    WHEN s.appearance_id GLOB '*[^0-9]*' OR length(s.appearance_id) > 17 THEN
      'appearance_id:not_a_whole_number'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.appearance_date = '' THEN 'appearance_date:empty'
    WHEN NOT calendar_is_date(s.appearance_date) THEN 'appearance_date:not_a_date'
    WHEN s.appearance_date > t.last_day THEN 'appearance_date:after_extract'
    WHEN s.kind = '' THEN 'kind:empty'
    WHEN s.kind NOT IN ('caution', 'reprimand', 'final_warning', 'conviction') THEN
      'kind:unknown_kind'
    WHEN s.kind = 'conviction' AND s.disposal_code = '' THEN 'disposal_code:empty'
    WHEN s.kind = 'conviction' AND disposal_label(s.disposal_code) IS NULL THEN
      'disposal_code:unknown_code'
    WHEN s.duration <> '' AND sentence_months(s.duration) IS NULL THEN 'duration:not_a_duration'
  END AS fault
FROM stage_pnc_appearance AS s CROSS JOIN setting AS t;

CREATE TEMP VIEW pnc_appearance_text AS
SELECT s.rowid AS stage_row, json_object('appearance_id', s.appearance_id, 'pnc_id', s.pnc_id,
  'appearance_date', s.appearance_date, 'kind', s.kind, 'disposal_code', s.disposal_code,
  'duration', s.duration, 'home_area_code', s.home_area_code, 'force_code', s.force_code)
  AS row_text
FROM stage_pnc_appearance AS s;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT CAST(appearance_id AS INTEGER) AS id
  FROM stage_pnc_appearance
  GROUP BY 1 HAVING count(*) > 1
)
SELECT 'pnc_appearance', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM pnc_appearance_checked AS c
  JOIN pnc_appearance_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  WHERE CAST(c.appearance_id AS INTEGER) IN (SELECT id FROM twice) AND c.fault IS NULL
  WINDOW newest AS (PARTITION BY CAST(c.appearance_id AS INTEGER)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'appearance_id:' || a.reason), x.row_text
FROM pnc_appearance_checked AS c
JOIN pnc_appearance_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'pnc_appearance' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO appearance (appearance_id, offender_id, appearance_date, kind, area_code, disposal,
  sentence_months, excluded)
SELECT CAST(c.appearance_id AS INTEGER) * 10, coalesce(m.current_id, c.number), c.appearance_date,
  iif(c.kind = 'conviction', 'conviction', 'caution'),
  coalesce(h.area_code, p.area_code),
  CASE c.kind
    WHEN 'conviction' THEN disposal_category(c.disposal_code)
    WHEN 'caution' THEN 'caution'
    ELSE 'reprimand_or_warning'
  END,
  iif(c.duration <> '', sentence_months(c.duration), NULL),
  CASE
    WHEN c.kind = 'conviction' AND disposal_is_immediate_custody(c.disposal_code) THEN
      'immediate custody'
    WHEN c.kind = 'conviction' AND disposal_category(c.disposal_code) IS NULL THEN
      coalesce(disposal_outcome(c.disposal_code), 'undecided disposal')
    WHEN calendar_age(o.birth_date, c.appearance_date) < 10 THEN 'under 10'
  END
FROM pnc_appearance_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
LEFT JOIN offender AS o ON o.offender_id = coalesce(m.current_id, c.number)
LEFT JOIN area AS h ON h.area_code = c.home_area_code
LEFT JOIN police_force AS p ON p.force_code = c.force_code
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_appearance');

-- Releases ----------------------------------------------------------------------------------------

CREATE TEMP VIEW prison_release_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.release_id = '' THEN 'release_id:empty'
    WHEN s.release_id GLOB '*[^0-9]*' OR length(s.release_id) > 17 THEN
      'release_id:not_a_whole_number'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.release_date = '' THEN 'release_date:empty'
    WHEN NOT calendar_is_date(s.release_date) THEN 'release_date:not_a_date'
    WHEN s.release_date > t.last_day THEN 'release_date:after_extract'
    WHEN s.release_type = '' THEN 'release_type:empty'
    WHEN s.release_type NOT IN ('sentence', 'remand', 'fine_default', 'recall', 'deportation') THEN
      'release_type:unknown_kind'
    WHEN s.sentence_date <> '' AND NOT calendar_is_date(s.sentence_date) THEN
      'sentence_date:not_a_date'
    WHEN s.sentence_date > s.release_date THEN 'sentence_date:range_reversed'
    WHEN s.duration <> '' AND sentence_months(s.duration) IS NULL THEN 'duration:not_a_duration'
  END AS fault
FROM stage_prison_release AS s CROSS JOIN setting AS t;

CREATE TEMP VIEW prison_release_text AS
SELECT s.rowid AS stage_row, json_object('release_id', s.release_id, 'pnc_id', s.pnc_id,
  'release_date', s.release_date, 'release_type', s.release_type, 'sentence_date', s.sentence_date,
  'duration', s.duration, 'home_area_code', s.home_area_code) AS row_text
FROM stage_prison_release AS s;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT CAST(release_id AS INTEGER) AS id FROM stage_prison_release GROUP BY 1 HAVING count(*) > 1
)
SELECT 'prison_release', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM prison_release_checked AS c
  JOIN prison_release_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  WHERE CAST(c.release_id AS INTEGER) IN (SELECT id FROM twice) AND c.fault IS NULL
  WINDOW newest AS (PARTITION BY CAST(c.release_id AS INTEGER)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'release_id:' || a.reason), x.row_text
FROM prison_release_checked AS c
JOIN prison_release_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'prison_release' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO release (release_id, offender_id, release_date, release_type, sentence_date,
  sentence_months)
SELECT CAST(c.release_id AS INTEGER), coalesce(m.current_id, c.number), c.release_date,
  c.release_type, nullif(c.sentence_date, ''),
  iif(c.duration <> '', sentence_months(c.duration), NULL)
FROM prison_release_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'prison_release');

INSERT INTO appearance (appearance_id, offender_id, appearance_date, kind, area_code, disposal,
  sentence_months, excluded)
SELECT r.release_id * 10 + 1, r.offender_id, r.release_date, 'release', h.area_code, 'custody',
  r.sentence_months,
  CASE
    WHEN ',' || (SELECT value FROM parameter WHERE name = 'release_types') || ','
      NOT LIKE '%,' || r.release_type || ',%' THEN replace(r.release_type, '_', ' ')
    WHEN calendar_age(o.birth_date, r.release_date) < 10 THEN 'under 10'
  END
FROM prison_release_checked AS c
JOIN release AS r ON r.release_id = CAST(c.release_id AS INTEGER)
LEFT JOIN offender AS o ON o.offender_id = r.offender_id
LEFT JOIN area AS h ON h.area_code = c.home_area_code
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'prison_release');

-- Drug tests --------------------------------------------------------------------------------------

CREATE TEMP VIEW drug_test_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.test_id = '' THEN 'test_id:empty'
    WHEN s.test_id GLOB '*[^0-9]*' OR length(s.test_id) > 17 THEN 'test_id:not_a_whole_number'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.test_date = '' THEN 'test_date:empty'
    WHEN NOT calendar_is_date(s.test_date) THEN 'test_date:not_a_date'
    WHEN s.test_date > t.last_day THEN 'test_date:after_extract'
    WHEN s.result NOT IN ('positive', 'negative') THEN 'result:unknown_code'
    WHEN s.substance NOT IN ('cocaine', 'opiates', 'both', '') THEN 'substance:unknown_code'
  END AS fault
FROM stage_drug_test AS s CROSS JOIN setting AS t;

CREATE TEMP VIEW drug_test_text AS
SELECT s.rowid AS stage_row, json_object('test_id', s.test_id, 'pnc_id', s.pnc_id,
  'test_date', s.test_date, 'result', s.result, 'substance', s.substance,
  'force_code', s.force_code, 'home_area_code', s.home_area_code) AS row_text
FROM stage_drug_test AS s;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT CAST(test_id AS INTEGER) AS id FROM stage_drug_test GROUP BY 1 HAVING count(*) > 1
)
SELECT 'drug_test', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM drug_test_checked AS c
  JOIN drug_test_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  WHERE CAST(c.test_id AS INTEGER) IN (SELECT id FROM twice) AND c.fault IS NULL
  WINDOW newest AS (PARTITION BY CAST(c.test_id AS INTEGER)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'test_id:' || a.reason), x.row_text
FROM drug_test_checked AS c
JOIN drug_test_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'drug_test' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO drug_test (test_id, offender_id, test_date, result, substance)
SELECT CAST(c.test_id AS INTEGER), coalesce(m.current_id, c.number), c.test_date, c.result,
  nullif(c.substance, '')
FROM drug_test_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'drug_test');

INSERT INTO appearance (appearance_id, offender_id, appearance_date, kind, area_code, disposal,
  excluded)
SELECT d.test_id * 10 + 2, d.offender_id, d.test_date, 'drug_test',
  coalesce(h.area_code, p.area_code), 'drug_test',
  CASE
    WHEN d.result = 'negative' THEN 'negative test'
    WHEN calendar_age(o.birth_date, d.test_date) < 10 THEN 'under 10'
  END
FROM drug_test_checked AS c
JOIN drug_test AS d ON d.test_id = CAST(c.test_id AS INTEGER)
LEFT JOIN offender AS o ON o.offender_id = d.offender_id
LEFT JOIN area AS h ON h.area_code = c.home_area_code
LEFT JOIN police_force AS p ON p.force_code = c.force_code
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'drug_test');

-- Codes that could not be used --------------------------------------------------------------------

INSERT INTO notice (file, line, format, column_name, reason_code)
SELECT f.file, c.line, c.format, c.column_name, 'unknown_code'
FROM (
  SELECT file_id, line, 'pnc_appearance' AS format, 'home_area_code' AS column_name
  FROM stage_pnc_appearance
  WHERE home_area_code <> '' AND home_area_code NOT IN (SELECT area_code FROM area)
  UNION ALL
  SELECT file_id, line, 'pnc_appearance', 'force_code'
  FROM stage_pnc_appearance
  WHERE force_code <> '' AND force_code NOT IN (SELECT force_code FROM police_force)
  UNION ALL
  SELECT file_id, line, 'prison_release', 'home_area_code'
  FROM stage_prison_release
  WHERE home_area_code <> '' AND home_area_code NOT IN (SELECT area_code FROM area)
  UNION ALL
  SELECT file_id, line, 'drug_test', 'home_area_code'
  FROM stage_drug_test
  WHERE home_area_code <> '' AND home_area_code NOT IN (SELECT area_code FROM area)
  UNION ALL
  SELECT file_id, line, 'drug_test', 'force_code'
  FROM stage_drug_test
  WHERE force_code <> '' AND force_code NOT IN (SELECT force_code FROM police_force)
) AS c
JOIN load_file AS f USING (file_id)
WHERE NOT EXISTS (
  SELECT 1 FROM fault AS x WHERE x.file_id = c.file_id AND x.line = c.line);

CREATE INDEX appearance_by_offender ON appearance (offender_id);
