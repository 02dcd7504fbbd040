-- 62_calibration.sql - how well the models predict: in the base year, and as the years go by.
--
-- Reads: history, model, model_entry, parameter, provenance. Writes: model_quality (the base year
--   and every twelve months after it, as long as results are final), model_decile (the first and
--   the last of these).
-- Rule: R32. Each series is scored by its own models, whoever it shares people with.

DELETE FROM model_quality;
DELETE FROM model_decile;

CREATE TEMP TABLE calibration_rules AS
SELECT
  max(iif(name = 'follow_up_months', CAST(value AS INTEGER), NULL)) AS follow_up_months,
  max(iif(name = 'wait_months', CAST(value AS INTEGER), NULL)) AS wait_months,
  max(iif(name = 'kinds', value, NULL)) AS kinds
FROM parameter;

-- The windows of each series, and its models as if they were those of everyone.
CREATE TEMP TABLE calibration_window AS
WITH RECURSIVE yearly (series, subcohort, window_start) AS (
  SELECT DISTINCT series, subcohort, base_window FROM model
  UNION ALL
  SELECT series, subcohort, calendar_add_months(window_start, 12)
  FROM yearly, calibration_rules
  WHERE calendar_add_months(window_start, 24 + follow_up_months + wait_months)
    <= (SELECT value FROM provenance WHERE name = 'extract_date')
)
SELECT y.series, y.subcohort, y.window_start,
  y.window_start IN (
    min(y.window_start) OVER (PARTITION BY y.series),
    max(y.window_start) OVER (PARTITION BY y.series)) AS by_decile,
  (SELECT json_object('reoffend_model', 1, 'models',
      json_group_array(json(json_remove(m.entry, '$.subcohort'))))
   FROM model_entry AS m
   WHERE m.series = y.series) AS text
FROM yearly AS y;

CREATE TEMP VIEW calibration_case AS
SELECT w.series, c.age_group, w.window_start, w.by_decile, c.offender_id, c.reoffended, c.predicted
FROM calibration_window AS w
CROSS JOIN calibration_rules AS r
CROSS JOIN reoffend_cohort AS c
WHERE c.history = 'history'
  AND c.window_start = w.window_start
  AND c.window_months = 12
  AND c.follow_up_months = r.follow_up_months
  AND c.wait_months = r.wait_months
  AND c.kinds = r.kinds
  AND c.model = w.text
  AND (w.subcohort IS NULL OR instr(',' || c.subcohorts || ',', ',' || w.subcohort || ',') > 0);

INSERT INTO model_quality (series, age_group, window_start, offenders, reoffenders,
  scored_offenders, scored_reoffenders, actual, predicted, excess, excess_low, excess_high, auc,
  auc_low, auc_high, brier, brier_of_actual)
SELECT series, age_group, window_start, offenders, reoffenders, scored, scored_reoffenders, actual,
  predicted, actual - predicted,
  rate_adjusted_low(scored_reoffenders, scored, predicted, 0, variance),
  rate_adjusted_high(scored_reoffenders, scored, predicted, 0, variance),
  auc, auc_low, auc_high, brier, actual * (1 - actual)
FROM (
  SELECT series, age_group, window_start, count(*) AS offenders, count(predicted) AS scored,
    sum(reoffended) AS reoffenders,
    count(iif(reoffended = 1, predicted, NULL)) AS scored_reoffenders,
    avg(iif(predicted IS NULL, NULL, reoffended)) AS actual,
    avg(predicted) AS predicted, sum(predicted * (1 - predicted)) AS variance,
    logit_auc(reoffended, predicted) AS auc, logit_auc_low(reoffended, predicted) AS auc_low,
    logit_auc_high(reoffended, predicted) AS auc_high,
    logit_brier(reoffended, predicted) AS brier
  FROM calibration_case
  GROUP BY series, age_group, window_start
)
WHERE (series, age_group) IN (SELECT series, age_group FROM model);

INSERT INTO model_decile (series, age_group, window_start, decile, offenders, reoffenders,
  expected, predicted, proportion, proportion_low, proportion_high)
SELECT series, age_group, window_start, decile, count(*), sum(reoffended), sum(predicted),
  avg(predicted), avg(reoffended), rate_wilson_low(sum(reoffended), count(*)),
  rate_wilson_high(sum(reoffended), count(*))
FROM (
  SELECT series, age_group, window_start, reoffended, predicted,
    ntile(10) OVER (
      PARTITION BY series, age_group, window_start ORDER BY predicted, offender_id) AS decile
  FROM calibration_case
  WHERE by_decile AND predicted IS NOT NULL
)
GROUP BY series, age_group, window_start, decile;

DROP VIEW calibration_case;
DROP TABLE calibration_window;
DROP TABLE calibration_rules;
