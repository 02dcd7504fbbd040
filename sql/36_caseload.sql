-- 36_caseload.sql - arrests, charges, the managed caseload, assessments and local cohorts.
--
-- Reads: temp.staged_pnc_arrest, temp.staged_pnc_charge, temp.staged_jtrack_caseload,
--   temp.staged_oasys_assessment, temp.staged_cohort, pnc_merge, temp.setting.
-- Writes: arrest, charge, caseload, assessment, local_cohort, temp.odd.
-- Rules: R1, S8, S9, S18, S19, R27 (everyone managed stays on the caseload), R28 (a row without
--   a valid PNC id is kept and noted; 40_match.sql looks for its person by name).

DROP INDEX IF EXISTS arrest_by_offender;
DROP INDEX IF EXISTS charge_by_offender;
DROP INDEX IF EXISTS caseload_by_offender;
DELETE FROM arrest;
DELETE FROM charge;
DELETE FROM caseload;
DELETE FROM assessment;
DELETE FROM local_cohort;

-- Arrests -----------------------------------------------------------------------------------------

CREATE TEMP VIEW checked_pnc_arrest AS
SELECT s.*
FROM staged_pnc_arrest AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TRIGGER arrest_twice AFTER UPDATE ON arrest BEGIN
  INSERT INTO twice (format, id) VALUES ('pnc_arrest', NEW.arrest_id)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO arrest (arrest_id, offender_id, arrest_date, asn, force_code, entry_date)
SELECT c.arrest_id, c.pnc_id, c.arrest_date, c.asn, c.force_code, c.entry_date
FROM checked_pnc_arrest AS c
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (arrest_id) DO UPDATE SET offender_id = excluded.offender_id,
  arrest_date = excluded.arrest_date, asn = excluded.asn, force_code = excluded.force_code,
  entry_date = excluded.entry_date;
DROP TRIGGER arrest_twice;

INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  row_text)
SELECT 'pnc_arrest', 'arrest_id', file_id, file, line, fault, arrest_id, place, 1, row_text,
  row_text
FROM checked_pnc_arrest
WHERE fault IS NOT NULL
  OR arrest_id IN (SELECT id FROM twice WHERE format = 'pnc_arrest');

-- Charges -----------------------------------------------------------------------------------------

CREATE TEMP VIEW checked_pnc_charge AS
SELECT s.*
FROM staged_pnc_charge AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TRIGGER charge_twice AFTER UPDATE ON charge BEGIN
  INSERT INTO twice (format, id) VALUES ('pnc_charge', NEW.charge_id)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO charge (charge_id, offender_id, charge_date, asn, ho_code)
SELECT c.charge_id, c.pnc_id, c.charge_date, c.asn, c.ho_code
FROM checked_pnc_charge AS c
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (charge_id) DO UPDATE SET offender_id = excluded.offender_id,
  charge_date = excluded.charge_date, asn = excluded.asn, ho_code = excluded.ho_code;
DROP TRIGGER charge_twice;

INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  row_text)
SELECT 'pnc_charge', 'charge_id', file_id, file, line, fault, charge_id, place, 1, row_text,
  row_text
FROM checked_pnc_charge
WHERE fault IS NOT NULL
  OR charge_id IN (SELECT id FROM twice WHERE format = 'pnc_charge');

-- Caseload ----------------------------------------------------------------------------------------

-- One row for a person, an extract and a scheme; without a PNC id only the same row is the same.
CREATE TEMP TABLE caseload_row AS
SELECT s.*, coalesce(m.current_id, s.number) AS listed_id,
  row_number() OVER newest AS rank,
  s.row_text = first_value(s.row_text) OVER newest AS same
FROM (
  SELECT *, pnc_number(pnc_id, (SELECT pivot_year FROM setting)) AS number,
    CASE
      WHEN fault IS NOT NULL THEN fault
      WHEN part <> '' AND extract_date <> part THEN 'extract_date:differs_from_file_name'
      WHEN nominated_date > extract_date THEN 'nominated_date:after_extract'
      WHEN removed_date > extract_date THEN 'removed_date:after_extract'
    END AS any_fault
  FROM staged_jtrack_caseload
  WHERE last_day = (SELECT last_day FROM setting)
) AS s
LEFT JOIN pnc_merge AS m ON m.superseded_id = s.number
WINDOW newest AS (
  PARTITION BY s.any_fault IS NULL, s.extract_date, s.scheme,
    coalesce(m.current_id, s.number, s.row_text)
  ORDER BY s.place DESC);

INSERT INTO odd (format, key_column, file_id, file, line, fault, precedence, own, content, unknown,
  row_text)
SELECT 'jtrack_caseload', 'pnc_id', file_id, file, line,
  coalesce(any_fault, iif(rank > 1, iif(same, 'pnc_id:duplicate', 'pnc_id:superseded'), NULL)),
  place, 1, '', iif(number IS NULL, 'pnc_id', NULL), row_text
FROM caseload_row
WHERE any_fault IS NOT NULL OR rank > 1 OR number IS NULL;

DELETE FROM caseload_row WHERE any_fault IS NOT NULL OR rank > 1;

INSERT INTO caseload (extract_date, offender_id, surname, forename, birth_date, scheme, area_code,
  status, nominated_date, removed_date, removal_reason, matched_by, listed_id)
SELECT extract_date, listed_id, surname, forename, birth_date, scheme, area_code, status,
  nominated_date, removed_date, removal_reason, iif(number IS NOT NULL, 'pnc_id', NULL), listed_id
FROM caseload_row
ORDER BY extract_date, scheme, listed_id, surname, forename, birth_date, pnc_id, row_text;

DROP TABLE caseload_row;

-- Assessments -------------------------------------------------------------------------------------

CREATE TEMP VIEW checked_oasys_assessment AS
SELECT s.*
FROM staged_oasys_assessment AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TRIGGER assessment_twice AFTER UPDATE ON assessment BEGIN
  INSERT INTO twice (format, id) VALUES ('oasys_assessment', NEW.assessment_id)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO assessment (assessment_id, offender_id, assessment_date, class_a_drug_use, drug_score)
SELECT c.assessment_id, c.pnc_id, c.assessment_date,
  CAST(c.class_a_drug_use AS INTEGER), CAST(c.drug_score AS INTEGER)
FROM checked_oasys_assessment AS c
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (assessment_id) DO UPDATE SET offender_id = excluded.offender_id,
  assessment_date = excluded.assessment_date, class_a_drug_use = excluded.class_a_drug_use,
  drug_score = excluded.drug_score;
DROP TRIGGER assessment_twice;

INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  row_text)
SELECT 'oasys_assessment', 'assessment_id', file_id, file, line, fault, assessment_id, place, 1,
  row_text, row_text
FROM checked_oasys_assessment
WHERE fault IS NOT NULL
  OR assessment_id IN (SELECT id FROM twice WHERE format = 'oasys_assessment');

-- Local cohorts: the part of a file is their name -------------------------------------------------

CREATE TEMP TABLE cohort_row AS
SELECT s.*,
  row_number() OVER newest AS rank,
  s.end_date IS first_value(s.end_date) OVER newest AS same
FROM (
  SELECT *,
    CASE
      WHEN part IN ('ppo', 'class_a') THEN 'pnc_id:reserved_name'
      WHEN fault IS NOT NULL THEN fault
    END AS any_fault
  FROM staged_cohort
  WHERE pivot_year = (SELECT pivot_year FROM setting)
) AS s
WINDOW newest AS (
  PARTITION BY s.any_fault IS NULL, s.part, s.pnc_id, s.start_date
  ORDER BY s.place DESC);

INSERT INTO odd (format, key_column, file_id, file, line, fault, precedence, own, content, row_text)
SELECT 'cohort', 'pnc_id', file_id, file, line,
  coalesce(any_fault, iif(same, 'pnc_id:duplicate', 'pnc_id:superseded')), place, 1, '', row_text
FROM cohort_row
WHERE any_fault IS NOT NULL OR rank > 1;

INSERT INTO local_cohort (subcohort, offender_id, start_date, end_date)
SELECT part, pnc_id, start_date, end_date
FROM cohort_row
WHERE any_fault IS NULL AND rank = 1
ORDER BY part, pnc_id, start_date;

DROP TABLE cohort_row;
