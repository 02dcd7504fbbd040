-- 36_caseload.sql - arrests, charges, the managed caseload, assessments and local cohorts.
--
-- Reads: stage_pnc_arrest, stage_pnc_charge, stage_jtrack_caseload, stage_oasys_assessment,
--   stage_cohort, pnc_merge, load_file, temp.setting.
-- Writes: arrest, charge, caseload, assessment, local_cohort, notice, temp.fault, temp.set_aside.
-- Rules: R1, S8, S9, S18, S19, R27 (everyone managed stays on the caseload), R28 (a row without
--   a valid PNC id is kept and noted; 40_match.sql looks for its person by name).

DELETE FROM arrest;
DELETE FROM charge;
DELETE FROM caseload;
DELETE FROM assessment;
DELETE FROM local_cohort;
DROP INDEX IF EXISTS arrest_by_offender;
DROP INDEX IF EXISTS charge_by_offender;
DROP INDEX IF EXISTS caseload_by_offender;

-- Arrests -----------------------------------------------------------------------------------------

CREATE TEMP VIEW pnc_arrest_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.arrest_id = '' THEN 'arrest_id:empty'
    WHEN s.arrest_id GLOB '*[^0-9]*' OR length(s.arrest_id) > 17 THEN 'arrest_id:not_a_whole_number'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.arrest_date = '' THEN 'arrest_date:empty'
    WHEN NOT calendar_is_date(s.arrest_date) THEN 'arrest_date:not_a_date'
    WHEN s.arrest_date > t.last_day THEN 'arrest_date:after_extract'
  END AS fault
FROM stage_pnc_arrest AS s CROSS JOIN setting AS t;

CREATE TEMP VIEW pnc_arrest_text AS
SELECT s.rowid AS stage_row, json_object('arrest_id', s.arrest_id, 'pnc_id', s.pnc_id,
  'asn', s.asn, 'arrest_date', s.arrest_date, 'force_code', s.force_code) AS row_text
FROM stage_pnc_arrest AS s;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT CAST(arrest_id AS INTEGER) AS id FROM stage_pnc_arrest GROUP BY 1 HAVING count(*) > 1
)
SELECT 'pnc_arrest', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM pnc_arrest_checked AS c
  JOIN pnc_arrest_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  WHERE CAST(c.arrest_id AS INTEGER) IN (SELECT id FROM twice) AND c.fault IS NULL
  WINDOW newest AS (PARTITION BY CAST(c.arrest_id AS INTEGER)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'arrest_id:' || a.reason), x.row_text
FROM pnc_arrest_checked AS c
JOIN pnc_arrest_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'pnc_arrest' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO arrest (arrest_id, offender_id, arrest_date, asn, force_code)
SELECT CAST(c.arrest_id AS INTEGER), coalesce(m.current_id, c.number), c.arrest_date,
  nullif(c.asn, ''), nullif(c.force_code, '')
FROM pnc_arrest_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_arrest');
CREATE INDEX arrest_by_offender ON arrest (offender_id);

-- Charges -----------------------------------------------------------------------------------------

CREATE TEMP VIEW pnc_charge_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.charge_id = '' THEN 'charge_id:empty'
    WHEN s.charge_id GLOB '*[^0-9]*' OR length(s.charge_id) > 17 THEN 'charge_id:not_a_whole_number'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.charge_date = '' THEN 'charge_date:empty'
    WHEN NOT calendar_is_date(s.charge_date) THEN 'charge_date:not_a_date'
    WHEN s.charge_date > t.last_day THEN 'charge_date:after_extract'
  END AS fault
FROM stage_pnc_charge AS s CROSS JOIN setting AS t;

CREATE TEMP VIEW pnc_charge_text AS
SELECT s.rowid AS stage_row, json_object('charge_id', s.charge_id, 'pnc_id', s.pnc_id,
  'asn', s.asn, 'charge_date', s.charge_date, 'ho_code', s.ho_code) AS row_text
FROM stage_pnc_charge AS s;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT CAST(charge_id AS INTEGER) AS id FROM stage_pnc_charge GROUP BY 1 HAVING count(*) > 1
)
SELECT 'pnc_charge', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM pnc_charge_checked AS c
  JOIN pnc_charge_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  WHERE CAST(c.charge_id AS INTEGER) IN (SELECT id FROM twice) AND c.fault IS NULL
  WINDOW newest AS (PARTITION BY CAST(c.charge_id AS INTEGER)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'charge_id:' || a.reason), x.row_text
FROM pnc_charge_checked AS c
JOIN pnc_charge_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'pnc_charge' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO charge (charge_id, offender_id, charge_date, asn, ho_code)
SELECT CAST(c.charge_id AS INTEGER), coalesce(m.current_id, c.number), c.charge_date,
  nullif(c.asn, ''), nullif(c.ho_code, '')
FROM pnc_charge_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_charge');
CREATE INDEX charge_by_offender ON charge (offender_id);

-- Caseload ----------------------------------------------------------------------------------------

CREATE TEMP VIEW jtrack_caseload_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.extract_date = '' THEN 'extract_date:empty'
    WHEN NOT calendar_is_date(s.extract_date) THEN 'extract_date:not_a_date'
    WHEN s.extract_date > t.last_day THEN 'extract_date:after_extract'
    WHEN f.part <> '' AND s.extract_date <> f.part THEN 'extract_date:differs_from_file_name'
    WHEN s.birth_date <> '' AND NOT calendar_is_date(s.birth_date) THEN 'birth_date:not_a_date'
    WHEN s.scheme = '' THEN 'scheme:empty'
    WHEN s.scheme <> 'PPO' THEN 'scheme:unknown_code'
    WHEN s.status NOT IN ('active', 'removed') THEN 'status:unknown_code'
    WHEN s.nominated_date <> '' AND NOT calendar_is_date(s.nominated_date) THEN
      'nominated_date:not_a_date'
    WHEN s.nominated_date > s.extract_date THEN 'nominated_date:after_extract'
    WHEN s.removed_date <> '' AND NOT calendar_is_date(s.removed_date) THEN
      'removed_date:not_a_date'
    WHEN s.removed_date > s.extract_date THEN 'removed_date:after_extract'
    WHEN s.removed_date <> '' AND s.removed_date < s.nominated_date THEN
      'removed_date:range_reversed'
  END AS fault
FROM stage_jtrack_caseload AS s CROSS JOIN setting AS t JOIN load_file AS f USING (file_id);

CREATE TEMP VIEW jtrack_caseload_text AS
SELECT s.rowid AS stage_row, json_object('extract_date', s.extract_date, 'pnc_id', s.pnc_id,
  'surname', s.surname, 'forename', s.forename, 'birth_date', s.birth_date, 'scheme', s.scheme,
  'area_code', s.area_code, 'status', s.status, 'nominated_date', s.nominated_date,
  'removed_date', s.removed_date, 'removal_reason', s.removal_reason) AS row_text
FROM stage_jtrack_caseload AS s;

-- One row for a person, an extract and a scheme; without a PNC id only the same row is the same.
INSERT INTO set_aside (format, stage_row, reason)
SELECT 'jtrack_caseload', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM jtrack_caseload_checked AS c
  JOIN jtrack_caseload_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
  WHERE c.fault IS NULL
  WINDOW newest AS (
    PARTITION BY c.extract_date, c.scheme, coalesce(m.current_id, c.number, x.row_text)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'pnc_id:' || a.reason), x.row_text
FROM jtrack_caseload_checked AS c
JOIN jtrack_caseload_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'jtrack_caseload' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO caseload (extract_date, offender_id, surname, forename, birth_date, scheme, area_code,
  status, nominated_date, removed_date, removal_reason, matched_by, listed_id)
SELECT c.extract_date, coalesce(m.current_id, c.number), nullif(c.surname, ''),
  nullif(c.forename, ''), nullif(c.birth_date, ''), c.scheme, nullif(c.area_code, ''), c.status,
  nullif(c.nominated_date, ''), nullif(c.removed_date, ''), nullif(c.removal_reason, ''),
  iif(c.number IS NOT NULL, 'pnc_id', NULL), coalesce(m.current_id, c.number)
FROM jtrack_caseload_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'jtrack_caseload')
ORDER BY c.extract_date, c.scheme, coalesce(m.current_id, c.number), c.surname, c.forename,
  c.birth_date, c.pnc_id;
CREATE INDEX caseload_by_offender ON caseload (offender_id);

INSERT INTO notice (file, line, format, column_name, reason_code)
SELECT f.file, c.line, 'jtrack_caseload', 'pnc_id', iif(c.pnc_id = '', 'empty', 'not_a_pnc_id')
FROM jtrack_caseload_checked AS c JOIN load_file AS f USING (file_id)
WHERE c.number IS NULL AND c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'jtrack_caseload');

-- Assessments -------------------------------------------------------------------------------------

CREATE TEMP VIEW oasys_assessment_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.assessment_id = '' THEN 'assessment_id:empty'
    WHEN s.assessment_id GLOB '*[^0-9]*' OR length(s.assessment_id) > 17 THEN
      'assessment_id:not_a_whole_number'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.assessment_date = '' THEN 'assessment_date:empty'
    WHEN NOT calendar_is_date(s.assessment_date) THEN 'assessment_date:not_a_date'
    WHEN s.assessment_date > t.last_day THEN 'assessment_date:after_extract'
    WHEN s.class_a_drug_use NOT IN ('0', '1', '') THEN 'class_a_drug_use:unknown_code'
    WHEN s.drug_score NOT IN ('', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10') THEN
      'drug_score:unknown_code'
  END AS fault
FROM stage_oasys_assessment AS s CROSS JOIN setting AS t;

CREATE TEMP VIEW oasys_assessment_text AS
SELECT s.rowid AS stage_row, json_object('assessment_id', s.assessment_id, 'pnc_id', s.pnc_id,
  'assessment_date', s.assessment_date, 'class_a_drug_use', s.class_a_drug_use,
  'drug_score', s.drug_score) AS row_text
FROM stage_oasys_assessment AS s;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT CAST(assessment_id AS INTEGER) AS id
  FROM stage_oasys_assessment
  GROUP BY 1 HAVING count(*) > 1
)
SELECT 'oasys_assessment', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM oasys_assessment_checked AS c
  JOIN oasys_assessment_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  WHERE CAST(c.assessment_id AS INTEGER) IN (SELECT id FROM twice) AND c.fault IS NULL
  WINDOW newest AS (PARTITION BY CAST(c.assessment_id AS INTEGER)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'assessment_id:' || a.reason), x.row_text
FROM oasys_assessment_checked AS c
JOIN oasys_assessment_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'oasys_assessment' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO assessment (assessment_id, offender_id, assessment_date, class_a_drug_use, drug_score)
SELECT CAST(c.assessment_id AS INTEGER), coalesce(m.current_id, c.number), c.assessment_date,
  CAST(nullif(c.class_a_drug_use, '') AS INTEGER), CAST(nullif(c.drug_score, '') AS INTEGER)
FROM oasys_assessment_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'oasys_assessment');

-- Local cohorts: load_file.part is the name -------------------------------------------------------

CREATE TEMP VIEW cohort_checked AS
SELECT s.rowid AS stage_row, s.*, f.part AS subcohort,
  pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN f.part IN ('ppo', 'class_a') THEN 'pnc_id:reserved_name'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.start_date = '' THEN 'start_date:empty'
    WHEN NOT calendar_is_date(s.start_date) THEN 'start_date:not_a_date'
    WHEN s.end_date <> '' AND NOT calendar_is_date(s.end_date) THEN 'end_date:not_a_date'
    WHEN s.end_date <> '' AND s.end_date < s.start_date THEN 'end_date:range_reversed'
  END AS fault
FROM stage_cohort AS s CROSS JOIN setting AS t JOIN load_file AS f USING (file_id);

INSERT INTO set_aside (format, stage_row, reason)
SELECT 'cohort', stage_row, iif(end_date = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, c.end_date,
    row_number() OVER newest AS place,
    first_value(c.end_date) OVER newest AS standing
  FROM cohort_checked AS c
  JOIN load_file AS f USING (file_id)
  LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
  WHERE c.fault IS NULL
  WINDOW newest AS (PARTITION BY c.subcohort, coalesce(m.current_id, c.number), c.start_date
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'pnc_id:' || a.reason),
  json_object('pnc_id', c.pnc_id, 'start_date', c.start_date, 'end_date', c.end_date)
FROM cohort_checked AS c
LEFT JOIN set_aside AS a ON a.format = 'cohort' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO local_cohort (subcohort, offender_id, start_date, end_date)
SELECT c.subcohort, coalesce(m.current_id, c.number), c.start_date, nullif(c.end_date, '')
FROM cohort_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'cohort')
ORDER BY c.subcohort, coalesce(m.current_id, c.number), c.start_date;
