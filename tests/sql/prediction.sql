-- A model given to reoffend_cohort and reoffend_rates: who is scored, by what, and what is refused.
.read tests/reference/hand_people.sql
INSERT INTO offender VALUES (2, NULL, '1980-01-01', NULL);
UPDATE offender SET birth_date = '1970-01-01' WHERE offender_id = 3;
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2010-07-01);
INSERT INTO history(history) VALUES ('rebuild');
-- Adults by sex; 'F' was not there at the fit. No juveniles. The sub-cohort has its own.
CREATE TABLE text AS SELECT '{"reoffend_model":1,"models":[
  {"age_group":"adult","covariates":"sex","note":"passed over","fit":{"logit":1,"n":8,"events":2,
    "terms":[{"estimate":-1},{"estimate":0.5}],
    "variables":[{"kind":"factor","levels":["M","unknown"]}]}},
  {"age_group":"adult","subcohort":"ppo","covariates":"","fit":{"logit":1,"n":4,"events":3,
    "terms":[{"estimate":2}],"variables":[]}}]}' AS model;
SELECT c.offender_id, age, sex, subcohorts, reoffended, round(predicted, 6)
  FROM text JOIN reoffend_cohort AS c USING (model)
 WHERE c.history = 'history' AND c.window_start = '2008-01-01';
.mode line
SELECT age_group, offenders, proportion, predicted, expected, expected_variance, scored_offenders,
       scored_reoffenders, excess, base_proportion, adjusted, adjusted_low, adjusted_high
  FROM reoffend_rates('history', '2008-01-01', '2008-01-01', 'age_group')
 WHERE model = (SELECT model FROM text);
.mode list
SELECT subcohort, offenders, scored_offenders, round(predicted, 6), base_proportion
  FROM reoffend_rates('history', '2008-01-01', '2008-01-01', 'subcohort')
 WHERE model = (SELECT model FROM text);
-- By the months to re-offence the groups are made by what is predicted: nothing stands beside them.
SELECT months_to_reoffence, offenders, predicted, scored_offenders
  FROM reoffend_rates('history', '2008-01-01', '2008-01-01', 'months_to_reoffence')
 WHERE model = (SELECT model FROM text);
-- No model, and NULL for one: nothing is predicted, nothing else changes.
SELECT offenders, predicted, expected, scored_offenders, adjusted
  FROM reoffend_rates('history', '2008-01-01', '2008-01-01', '');
SELECT offenders, predicted, model
  FROM reoffend_rates('history', '2008-01-01', '2008-01-01', '') WHERE model = NULL;
SELECT count(*), count(predicted) FROM reoffend_cohort('history', '2008-01-01') WHERE model = NULL;
-- A model that is not read is looked at all the same.
SELECT offenders FROM reoffend_rates('history', '2008-01-01', '2008-01-01', '') WHERE model = '{}';
SELECT * FROM reoffend_cohort('history', '2008-01-01') WHERE model = 7;
SELECT predicted FROM reoffend_cohort('history', '2008-01-01')
 WHERE model = (SELECT replace(model, '"sex"', '"shoe_size"') FROM text);
SELECT predicted FROM reoffend_rates('history', '2008-01-01', '2008-01-01', '')
 WHERE model = (SELECT replace(model, '"logit":1', '"logit":3') FROM text);
SELECT predicted FROM reoffend_rates('history', '2008-01-01', '2008-01-01', '')
 WHERE model = x'00';
-- The ninth argument after the history, or by name.
SELECT scored_offenders FROM text, reoffend_rates('history', '2008-01-01', '2008-01-01', '', 12, 3,
  12, 6, 'caution,conviction,release,drug_test', text.model);
