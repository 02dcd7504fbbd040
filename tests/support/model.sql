-- model.sql - made-up models beside the results of publication.sql, for tests of what is predicted.
--
-- Writes: model, model_term, model_pooled, model_quality, model_decile; the predictions in result.
-- Of juveniles few are without a prediction in 2007; the tenths of 2000 have few re-offenders.

INSERT INTO model (series, age_group, subcohort, asked_year, base_window, base_window_end,
  extract_date, software_version, lookup_version, rules, covariates, offenders, reoffenders,
  deviance, null_deviance, aic, rank, iterations, converged, warnings, fit)
VALUES
  ('all', 'adult', NULL, '2000', '2000-01-01', '2001-01-01', '2011-03-31', '1', 'made-up', '{}',
    'age_band*sex, ethnicity, copas_rate', 2003, 501, 2000.123456, 2250.5, 2010.123456, 5, 6, 1,
    '[]', '{}'),
  ('all', 'juvenile', NULL, '1999', '2000-01-01', '2001-01-01', '2011-03-31', '1', 'made-up', '{}',
    'age_band*sex, ethnicity, copas_rate', 402, 151, 490.5, 540.25, 496.5, 3, 25, 0,
    '["the data separate"]', '{}'),
  ('ppo', 'adult', 'ppo', '2005', '2005-01-01', '2006-01-01', '2011-03-31', '1', 'made-up', '{}',
    'copas_rate', 302, 211, 350.5, 370.25, 354.5, 2, 5, 1, '[]', '{}');

INSERT INTO model_term (series, age_group, place, covariate, level, estimate, std_error, z, p,
  odds_ratio, state)
VALUES
  ('all', 'adult', 0, '(Intercept)', NULL, 0.51234567, 0.1, 5.1234567, 0.0000003, 1.6692, 'fitted'),
  ('all', 'adult', 1, 'age_band*sex', '18-20*M', 0.0, NULL, NULL, NULL, 1.0, 'reference'),
  ('all', 'adult', 2, 'age_band*sex', '21-24*unknown', -0.2, 0.11, -1.81818, 0.0690, 0.8187,
    'fitted'),
  ('all', 'adult', 3, 'age_band*sex', 'other levels', -0.25, 0.2, -1.25, 0.2113, 0.7788, 'fitted'),
  ('all', 'adult', 4, 'ethnicity', '<b>odd</b>', 0.0, NULL, NULL, NULL, 1.0, 'reference'),
  ('all', 'adult', 5, 'copas_rate', NULL, NULL, NULL, NULL, NULL, NULL, 'aliased'),
  ('all', 'juvenile', 0, '(Intercept)', NULL, -21.5, 4000.0, -0.005, 0.9957, 4.6e-10, 'unbounded'),
  ('ppo', 'adult', 0, '(Intercept)', NULL, 1.5, 0.2, 7.5, 6.4e-14, 4.4817, 'fitted');
INSERT INTO model_pooled (series, age_group, variable, level, into_level) VALUES
  ('all', 'adult', 1, '50+*F', 'other levels'), ('all', 'adult', 2, '=1+1', '<b>odd</b>');

INSERT INTO model_quality (series, age_group, window_start, offenders, reoffenders,
  scored_offenders, scored_reoffenders, actual, predicted, excess, excess_low, excess_high, auc,
  auc_low, auc_high, brier, brier_of_actual)
WITH RECURSIVE year (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM year WHERE n < 7),
group_of (series, age_group, offenders, reoffenders) AS (
  VALUES ('all', 'adult', 2003, 501), ('all', 'juvenile', 402, 151), ('ppo', 'adult', 302, 211))
SELECT series, age_group, (2000 + n + 5 * (series = 'ppo')) || '-01-01', offenders + 40,
  reoffenders + 10, offenders, reoffenders,
  0.25012345 - n * 0.01, 0.25012345 + n * 0.001, -n * 0.011, -n * 0.011 - 0.0123,
  0.0123 - n * 0.011, 0.81234, 0.79234, 0.83234, 0.14234, 0.19234
FROM year, group_of
WHERE series = 'all' OR n < 4;
UPDATE model_quality AS q
SET offenders = r.offenders, reoffenders = r.reoffenders,
  scored_offenders = r.offenders - 3 * (q.age_group = 'juvenile'),
  scored_reoffenders = r.reoffenders - 1 * (q.age_group = 'juvenile')
FROM result AS r
WHERE q.series = 'all' AND r.topic = 'age_group' AND r.window_start = q.window_start
  AND r.age_group = q.age_group;

INSERT INTO model_decile (series, age_group, window_start, decile, offenders, reoffenders, expected,
  predicted, proportion, proportion_low, proportion_high)
WITH RECURSIVE tenth (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM tenth WHERE n < 10)
SELECT q.series, q.age_group, q.window_start, n, q.scored_offenders / 10,
  max(CAST(q.scored_offenders / 10 * (n * 0.07 - 0.03) AS INTEGER), 1),
  q.scored_offenders / 10 * n * 0.07,
  n * 0.07, n * 0.07 - 0.03, max(n * 0.07 - 0.06, 0), n * 0.07
FROM tenth, model_quality AS q
WHERE q.window_start IN ('2000-01-01', '2007-01-01') AND q.series = 'all';

UPDATE result
SET scored_offenders = offenders, scored_reoffenders = reoffenders, predicted = 0.31274,
  expected = offenders * 0.31274, expected_variance = offenders * 0.2, base_proportion = 0.3
WHERE topic NOT LIKE '%months%';
