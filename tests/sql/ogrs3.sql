-- ogrs3_*: ranges are checked; an offence of unknown group has no score.
SELECT ogrs3_one_year('X', 30, 30, 21, 1, 0.1);
SELECT ogrs3_one_year(1, 30, 30, 21, 1, 0.1);
SELECT ogrs3_one_year('M', 9, 30, 21, 1, 0.1);
SELECT ogrs3_one_year('M', 30, 30, 31, 1, 0.1);
SELECT ogrs3_one_year('M', 30, 30, 21, -1, 0.1);
SELECT ogrs3_two_years('M', 30, 30.5, 21, 1, 0.1);
SELECT ogrs3_two_years('M', 30, 30, 21, 1, 3);
SELECT ogrs3_two_years('M', 30, 30, 21, 1, 0.1, 'caution');
SELECT ogrs3_two_years('F', 12, 12, 12, 0, 0.1, NULL, 'x');
SELECT ogrs3_two_years('M', 30, 30, 21, 1);
SELECT ogrs3_percent(1.5);
SELECT ogrs3_copas_rate(0, -1);
-- NULL in, NULL out; 088/00 needs the exact offence.
SELECT ogrs3_one_year(NULL, 30, 30, 21, 1, 0.1), ogrs3_one_year('M', 30, 30, 21, 1, '088/00'),
       ogrs3_offence_weight('088/00'), ogrs3_offence_weight(NULL);
-- A code weighs what its group weighs.
SELECT ogrs3_percent(ogrs3_one_year('M', 30, 30, 21, 1, '116/18')) AS one_year,
       ogrs3_percent(ogrs3_two_years('M', 30, 30, 21, 1, '11618')) AS two_years,
       ogrs3_offence_weight('001/00'), ogrs3_offence_weight('034/01');
-- The option for girls turns one sign, below 16 only.
SELECT round(ogrs3_one_year('F', 15, 15, 15, 0, 0.0), 6),
       round(ogrs3_one_year('F', 15, 15, 15, 0, 0.0, NULL, 'minus'), 6),
       round(ogrs3_one_year('F', 15, 15, 15, 0, 0.0, NULL, 'plus'), 6),
       ogrs3_one_year('F', 16, 16, 16, 0, 0.0, NULL, 'plus') =
       ogrs3_one_year('F', 16, 16, 16, 0, 0.0);
-- The score of reoffend_cohort is the one of these functions; who lacks sex, age or group has none.
.read tests/reference/hand_people.sql
UPDATE offender SET birth_date = '1970-01-01' WHERE offender_id = 3;
INSERT INTO offender VALUES (2, 'M', '1980-05-02', NULL);
UPDATE appearance SET ho_code = '105/01' WHERE offender_id = 3;
INSERT INTO appearance VALUES
  (5, '2008-07-01', 'caution', 51, 'A', 'caution', NULL, '105/01', NULL);
INSERT INTO offender VALUES (5, NULL, '1980-05-02', NULL);
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2010-07-01);
INSERT INTO history(history) VALUES ('rebuild');
SELECT offender_id, sex, age, previous_sanctions, years_since_first_sanction, ogrs3_score IS NULL,
       abs(1 / (1 + exp(-(1.40256 + ogrs3_score))) - ogrs3_one_year(sex, age, age,
         age - coalesce(years_since_first_sanction, 0), previous_sanctions, index_ho_code)) < 1e-15
  FROM reoffend_cohort('history', '2008-01-01');
-- As a covariate: who has no score is not scored.
SELECT offender_id, abs(predicted - 1 / (1 + exp(-(0.5 + 2 * ogrs3_score)))) < 1e-15
  FROM reoffend_cohort('history', '2008-01-01')
 WHERE model = '{"reoffend_model":1,"models":[{"age_group":"adult","covariates":"ogrs3_score",
   "fit":{"logit":1,"n":1,"events":1,"terms":[{"estimate":0.5},{"estimate":2}],
    "variables":[{"kind":"number"}]}}]}';
SELECT scored_offenders, offenders
  FROM reoffend_rates('history', '2008-01-01', '2008-01-01', '')
 WHERE model = '{"reoffend_model":1,"models":[{"age_group":"adult","covariates":"ogrs3_score",
   "fit":{"logit":1,"n":1,"events":1,"terms":[{"estimate":0.5},{"estimate":2}],
    "variables":[{"kind":"number"}]}}]}';
