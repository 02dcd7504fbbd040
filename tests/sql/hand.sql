-- The people of tests/reference/hand_people.sql through the engine: reoffend_cohort gives what was
-- worked out by hand there (compare hand.out with tests/reference/hand_cases.out).
.read tests/reference/hand_people.sql
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2010-07-01);
INSERT INTO history(history) VALUES ('rebuild');
SELECT offender_id, complete, appearance_id, index_date, follow_up_end, area_code, age, age_band,
       index_kind, sentence_band, subcohorts
  FROM reoffend_cohort('history', '2008-01-01');
SELECT offender_id, reoffences, violent_sexual_reoffences, serious_acquisitive_reoffences,
       serious_reoffences, unclassified_reoffences, reappearances, days_to_reoffence,
       months_to_reoffence
  FROM reoffend_cohort('history', '2008-01-01');
SELECT offender_id, previous_offences, previous_offences_band, previous_sanctions, previous_custody,
       years_since_first_sanction, printf('%.6f', copas_rate), undated_offences,
       straddling_offences
  FROM reoffend_cohort('history', '2008-01-01');
