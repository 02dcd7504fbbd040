-- 20_staged.sql - the staged rows of every extract format, typed: what each cell may hold.
--
-- Reads: stage, load_file, pnc_merge, area, police_force.
-- Writes: temp.staged_FORMAT, one virtual table for each format.
-- Rules: R1 (an impossible date is refused). What the words mean: ext/extract_column.h. `fault` is
--   NULL or 'column:reason' of the first cell that is not as declared; `unknown` is NULL or the
--   columns whose code no lookup has. Faults that take more than one cell, and what follows from a
--   row, belong to the cleaning steps (30 to 36).
--
-- To look at staged rows in the shell:  .load build/release/reoffend
--                                       .read sql/20_staged.sql
--                                       SELECT file, line, fault FROM staged_pnc_offence LIMIT 10;

CREATE VIRTUAL TABLE temp.staged_extract USING reoffend_extract(format=extract,
  name required text,
  value text);

CREATE VIRTUAL TABLE temp.staged_area USING reoffend_extract(format=area,
  area_code required text,
  area_name required text,
  area_type required text,
  parent_code text);

CREATE VIRTUAL TABLE temp.staged_pnc_person USING reoffend_extract(format=pnc_person,
  pnc_id required pnc_id,
  surname text,
  forename text,
  birth_date past_date,
  sex text,
  ethnicity text);

CREATE VIRTUAL TABLE temp.staged_pnc_appearance USING reoffend_extract(format=pnc_appearance,
  appearance_id required whole,
  pnc_id required person,
  appearance_date required past_date,
  kind required kind caution reprimand final_warning conviction,
  disposal_code text,
  duration duration,
  home_area_code lookup area.area_code,
  force_code lookup police_force.force_code);

CREATE VIRTUAL TABLE temp.staged_pnc_offence USING reoffend_extract(format=pnc_offence,
  offence_id required whole,
  pnc_id required person,
  appearance_id whole,
  ho_code offence_code,
  offence_date past_date,
  offence_date_end date since offence_date,
  offence_date_code code 1 2 3 4 5 6,
  proven_date past_date,
  verdict code G NG NA NC,
  disposal_code text,
  force_code lookup police_force.force_code,
  entry_date past_date since proven_date);

CREATE VIRTUAL TABLE temp.staged_pnc_arrest USING reoffend_extract(format=pnc_arrest,
  arrest_id required whole,
  pnc_id required person,
  asn text,
  arrest_date required past_date,
  force_code text,
  entry_date past_date since arrest_date);

CREATE VIRTUAL TABLE temp.staged_pnc_charge USING reoffend_extract(format=pnc_charge,
  charge_id required whole,
  pnc_id required person,
  asn text,
  charge_date required past_date,
  ho_code text);

CREATE VIRTUAL TABLE temp.staged_pnc_merge USING reoffend_extract(format=pnc_merge,
  superseded_pnc_id required pnc_id,
  current_pnc_id required pnc_id,
  merge_date required past_date);

CREATE VIRTUAL TABLE temp.staged_prison_release USING reoffend_extract(format=prison_release,
  release_id required whole,
  pnc_id required person,
  release_date required past_date,
  release_type required kind sentence remand fine_default recall deportation,
  sentence_date date until release_date,
  duration duration,
  home_area_code lookup area.area_code);

CREATE VIRTUAL TABLE temp.staged_drug_test USING reoffend_extract(format=drug_test,
  test_id required whole,
  pnc_id required person,
  test_date required past_date,
  result required code positive negative,
  substance code cocaine opiates both,
  force_code lookup police_force.force_code,
  home_area_code lookup area.area_code);

-- A caseload row without a good PNC id is kept (R28).
CREATE VIRTUAL TABLE temp.staged_jtrack_caseload USING reoffend_extract(format=jtrack_caseload,
  extract_date required past_date,
  pnc_id text,
  surname text,
  forename text,
  birth_date date,
  scheme required code PPO,
  area_code text,
  status required code active removed,
  nominated_date date,
  removed_date date since nominated_date,
  removal_reason text);

CREATE VIRTUAL TABLE temp.staged_oasys_assessment USING reoffend_extract(format=oasys_assessment,
  assessment_id required whole,
  pnc_id required person,
  assessment_date required past_date,
  class_a_drug_use code 0 1,
  drug_score code 0 1 2 3 4 5 6 7 8 9 10);

CREATE VIRTUAL TABLE temp.staged_cohort USING reoffend_extract(format=cohort,
  pnc_id required person,
  start_date required date,
  end_date date since start_date);
