-- The reference itself on cases worked out by hand: each line of hand_cases.out can be followed
-- with a calendar.
.read tests/reference/hand_people.sql
CREATE TABLE classification(ho_code, offence_group, violent, sexual, serious_acquisitive, serious);
CREATE TABLE chosen_kind(kind);
CREATE TABLE question AS
  SELECT '2008-01-01' AS first_window, '2008-01-01' AS last_window, 12 AS window_months,
         3 AS step_months, 12 AS follow_up_months, 6 AS wait_months, '2010-07-01' AS extract_date;
INSERT INTO chosen_kind VALUES ('caution'), ('conviction'), ('release'), ('drug_test');
INSERT INTO classification VALUES ('028/03', 'burglary', 0, 0, 1, 0);
INSERT INTO classification VALUES ('019/08', 'sexual', 0, 1, 0, 1);
.read tests/reference/reference.sql
.nullvalue NULL
SELECT offender_id, complete, appearance_id, index_date, follow_up_end, area_code, age, age_band,
       index_kind, sentence_band, subcohorts
  FROM cohort;
SELECT offender_id, reoffences, violent_sexual_reoffences, serious_acquisitive_reoffences,
       serious_reoffences, unclassified_reoffences, reappearances, days_to_reoffence,
       months_to_reoffence
  FROM cohort;
SELECT offender_id, previous_offences, previous_offences_band, previous_sanctions, previous_custody,
       years_since_first_sanction, printf('%.6f', copas_rate), undated_offences,
       straddling_offences
  FROM cohort;
