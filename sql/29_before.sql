-- 29_before.sql - keeps the records as they are, to say afterwards what a load changed.
--
-- Reads: appearance, offence, person, pnc_merge, arrest, charge, caseload, assessment,
--   local_cohort.
-- Writes: temp.appearance_before, temp.offence_before, temp.record_before, temp.record (a view).

CREATE TEMP TABLE appearance_before AS SELECT * FROM appearance;
CREATE TEMP TABLE offence_before AS SELECT * FROM offence;

-- Every other record in one form. id: what makes it the same record in both loads; content: all of
-- it. A caseload row without a PNC id has none but its content; whom it is matched to, every build
-- finds anew, so that is no revision.
CREATE TEMP VIEW record AS
SELECT 'person' AS event, 'person' AS kind, printf('%d', offender_id / 10000000) AS year,
  CAST(offender_id AS TEXT) AS id,
  json_array(surname, forename, birth_date, sex, ethnicity) AS content
FROM person
UNION ALL
SELECT 'merge', 'merge', substr(merge_date, 1, 4), CAST(superseded_id AS TEXT),
  json_array(current_id, merge_date)
FROM pnc_merge
UNION ALL
SELECT 'arrest', 'arrest', substr(arrest_date, 1, 4), CAST(arrest_id AS TEXT),
  json_array(offender_id, arrest_date, asn, force_code, entry_date)
FROM arrest
UNION ALL
SELECT 'charge', 'charge', substr(charge_date, 1, 4), CAST(charge_id AS TEXT),
  json_array(offender_id, charge_date, asn, ho_code)
FROM charge
UNION ALL
SELECT 'caseload', scheme, substr(extract_date, 1, 4),
  json_array(extract_date, coalesce(listed_id,
    json_array(surname, forename, birth_date, area_code, nominated_date))),
  json_array(area_code, status, nominated_date, removed_date, removal_reason, surname, forename,
    birth_date)
FROM caseload
UNION ALL
SELECT 'assessment', 'assessment', substr(assessment_date, 1, 4), CAST(assessment_id AS TEXT),
  json_array(offender_id, assessment_date, class_a_drug_use, drug_score)
FROM assessment
UNION ALL
SELECT 'cohort', subcohort, substr(start_date, 1, 4),
  json_array(offender_id, start_date), json_array(end_date)
FROM local_cohort;

CREATE TEMP TABLE record_before AS SELECT event, kind, year, id, content FROM record;
