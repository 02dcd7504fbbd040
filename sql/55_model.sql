-- 55_model.sql - fits the models that predict re-offending on a base year's cohort.
--
-- Reads: history, parameter, provenance, membership, appearance. Writes: model, model_term,
--   model_pooled and the views model_entry and model_text, which 60 gives to the measure.
-- Rule: R32. A series is a cohort with models of its own, adults and juveniles apart: `all`, and
--   `ppo`, the members of that sub-cohort, from 2005 (S14). Base year: the parameter's, where the
--   extracts hold it: its twelve months, each with an index event, final at the extract (R16); else
--   the first year from first_window on that they hold. No such year, or too few people: no model.
--   A level with fewer re-offenders or fewer others than model_least is rare: no estimate for it
--   would mean anything. All rare levels of a factor are fitted as one, `other levels`; when these
--   together are rare too, as the factor's commonest level. What was pooled stands in the model.

DELETE FROM model;
DELETE FROM model_term;
DELETE FROM model_pooled;

-- The measure's options in force. The base year is twelve months, whatever the windows are.
CREATE TEMP TABLE model_rules AS
SELECT
  max(iif(name = 'first_window', value, NULL)) AS first_window,
  max(iif(name = 'follow_up_months', CAST(value AS INTEGER), NULL)) AS follow_up_months,
  max(iif(name = 'wait_months', CAST(value AS INTEGER), NULL)) AS wait_months,
  max(iif(name = 'kinds', value, NULL)) AS kinds,
  max(iif(name = 'model_fit', CAST(value AS INTEGER), NULL)) AS fit,
  max(iif(name = 'model_least', CAST(value AS INTEGER), NULL)) AS least,
  max(iif(name = 'model_base_year', value, NULL)) AS base_year,
  max(iif(name = 'model_base_year_ppo', value, NULL)) AS base_year_ppo
FROM parameter;

CREATE TEMP TABLE model_series (
  series TEXT PRIMARY KEY, subcohort TEXT, asked_year TEXT, since TEXT, base_window TEXT);
INSERT INTO model_series (series, subcohort, asked_year, since)
SELECT 'all', NULL, base_year, '0000' FROM model_rules WHERE fit = 1
UNION ALL
SELECT 'ppo', 'ppo', base_year_ppo,
  (SELECT min(coalesce(start_date, '0000')) FROM membership WHERE subcohort = 'ppo')
FROM model_rules
WHERE fit = 1 AND EXISTS (SELECT 1 FROM membership WHERE subcohort = 'ppo');
-- '' asks for none; what is no year at all, 90_check.sql tells.
DELETE FROM model_series
WHERE asked_year < '1900' OR asked_year NOT GLOB '[12][0-9][0-9][0-9]';

-- The calendar years the extracts hold, each in twelve windows of a month.
CREATE TEMP TABLE model_year AS
SELECT substr(r.window_start, 1, 4) AS year
FROM (
  SELECT min(first_year) || '-01-01' AS first_month, follow_up_months, wait_months, kinds,
    coalesce(
      (SELECT value FROM provenance WHERE name = 'extract_date'),
      (SELECT max(appearance_date) FROM appearance)) AS last_month
  FROM model_rules, (
    SELECT asked_year AS first_year FROM model_series
    UNION SELECT substr(first_window, 1, 4) FROM model_rules)
  WHERE EXISTS (SELECT 1 FROM model_series)
  GROUP BY 2, 3, 4
) AS m
CROSS JOIN reoffend_rates AS r
WHERE m.last_month >= m.first_month
  AND r.history = 'history'
  AND r.first_window = m.first_month
  AND r.last_window = m.last_month
  AND r.by = ''
  AND r.window_months = 1
  AND r.step_months = 1
  AND r.follow_up_months = m.follow_up_months
  AND r.wait_months = m.wait_months
  AND r.kinds = m.kinds
GROUP BY year
HAVING count(*) = 12 AND min(r.complete) = 1;

UPDATE model_series
SET base_window = coalesce(
  (SELECT year FROM model_year WHERE year = asked_year AND year || '-01-01' >= since),
  (SELECT min(year) FROM model_year
   WHERE year || '-01-01' >= since
     AND year >= (SELECT substr(first_window, 1, 4) FROM model_rules))) || '-01-01';
DELETE FROM model_series WHERE base_window IS NULL;

-- Everyone the models are fitted on, with the covariates in their order (model_covariate below).
CREATE TEMP TABLE model_case AS
SELECT s.series, c.age_group, c.reoffended,
  coalesce(c.age_band, 'unknown') || '*' || coalesce(c.sex, 'unknown') AS x1,
  coalesce(c.ethnicity, 'unknown') AS x2,
  c.index_kind AS x3,
  coalesce(c.index_offence_group, 'unknown') AS x4,
  c.ln_previous_offences AS x5,
  c.previous_custody AS x6,
  c.copas_rate AS x7
FROM model_series AS s
CROSS JOIN model_rules AS r
CROSS JOIN reoffend_cohort AS c
WHERE c.history = 'history'
  AND c.window_start = s.base_window
  AND c.window_months = 12
  AND c.follow_up_months = r.follow_up_months
  AND c.wait_months = r.wait_months
  AND c.kinds = r.kinds
  AND c.age_group IS NOT NULL
  AND (s.subcohort IS NULL OR instr(',' || c.subcohorts || ',', ',' || s.subcohort || ',') > 0);

-- No model on fewer re-offenders or fewer others than a level needs.
DELETE FROM model_case
WHERE (series, age_group) IN (
  SELECT series, age_group
  FROM model_case
  GROUP BY series, age_group
  HAVING min(sum(reoffended), sum(1 - reoffended)) < (SELECT max(least, 1) FROM model_rules));

CREATE TEMP TABLE model_level AS
SELECT series, age_group, variable, level, sum(people) AS people, sum(reoffenders) AS reoffenders
FROM (
  SELECT series, age_group, 1 AS variable, x1 AS level, count(*) AS people,
    sum(reoffended) AS reoffenders
  FROM model_case GROUP BY series, age_group, x1
  UNION ALL
  SELECT series, age_group, 2, x2, count(*), sum(reoffended)
  FROM model_case GROUP BY series, age_group, x2
  UNION ALL
  SELECT series, age_group, 3, x3, count(*), sum(reoffended)
  FROM model_case GROUP BY series, age_group, x3
  UNION ALL
  SELECT series, age_group, 4, x4, count(*), sum(reoffended)
  FROM model_case GROUP BY series, age_group, x4
)
GROUP BY series, age_group, variable, level;

INSERT INTO model_pooled (series, age_group, variable, level, into_level)
WITH rare AS (
  SELECT *
  FROM model_level
  WHERE min(reoffenders, people - reoffenders) < (SELECT least FROM model_rules)
), together AS (
  SELECT series, age_group, variable,
    min(sum(reoffenders), sum(people - reoffenders)) >= (SELECT least FROM model_rules) AS enough
  FROM rare
  GROUP BY series, age_group, variable
), commonest AS (
  SELECT series, age_group, variable, level,
    row_number() OVER (
      PARTITION BY series, age_group, variable ORDER BY people DESC, level) AS place
  FROM model_level
)
SELECT r.series, r.age_group, r.variable, r.level, iif(t.enough, 'other levels', c.level)
FROM rare AS r
JOIN together AS t USING (series, age_group, variable)
JOIN commonest AS c USING (series, age_group, variable)
WHERE c.place = 1
  AND (t.enough OR c.level <> r.level);

UPDATE model_case SET x1 = p.into_level FROM model_pooled AS p
WHERE p.series = model_case.series AND p.age_group = model_case.age_group
  AND p.variable = 1 AND p.level = model_case.x1;
UPDATE model_case SET x2 = p.into_level FROM model_pooled AS p
WHERE p.series = model_case.series AND p.age_group = model_case.age_group
  AND p.variable = 2 AND p.level = model_case.x2;
UPDATE model_case SET x3 = p.into_level FROM model_pooled AS p
WHERE p.series = model_case.series AND p.age_group = model_case.age_group
  AND p.variable = 3 AND p.level = model_case.x3;
UPDATE model_case SET x4 = p.into_level FROM model_pooled AS p
WHERE p.series = model_case.series AND p.age_group = model_case.age_group
  AND p.variable = 4 AND p.level = model_case.x4;

INSERT INTO model (series, age_group, subcohort, asked_year, base_window, base_window_end,
  extract_date, software_version, lookup_version, rules, covariates, fit)
SELECT s.series, c.age_group, s.subcohort, s.asked_year, s.base_window,
  calendar_add_months(s.base_window, 12),
  (SELECT value FROM provenance WHERE name = 'extract_date'),
  reoffend_version(), reoffend_lookup_version(),
  (SELECT json_group_object(name, value) FROM (SELECT name, value FROM parameter ORDER BY name)),
  'age_band*sex, ethnicity, index_kind, index_offence_group, ln_previous_offences,'
    || ' previous_custody, copas_rate',
  c.fit
FROM (
  SELECT series, age_group, logit_fit(reoffended, x1, x2, x3, x4, x5, x6, x7) AS fit
  FROM model_case
  GROUP BY series, age_group
) AS c
JOIN model_series AS s USING (series);

UPDATE model
SET offenders = json_extract(fit, '$.n'),
  reoffenders = json_extract(fit, '$.events'),
  deviance = json_extract(fit, '$.deviance'),
  null_deviance = json_extract(fit, '$.null_deviance'),
  aic = json_extract(fit, '$.aic'),
  rank = json_extract(fit, '$.rank'),
  iterations = json_extract(fit, '$.iterations'),
  converged = json_extract(fit, '$.converged'),
  warnings = json_extract(fit, '$.warnings');

-- The terms, each first level of a factor among them: the reference, whose estimate is 0.
CREATE TEMP TABLE model_covariate (variable INTEGER PRIMARY KEY, covariate TEXT);
INSERT INTO model_covariate (variable, covariate) VALUES
  (1, 'age_band*sex'), (2, 'ethnicity'), (3, 'index_kind'), (4, 'index_offence_group'),
  (5, 'ln_previous_offences'), (6, 'previous_custody'), (7, 'copas_rate');

INSERT INTO model_term (series, age_group, place, covariate, level, estimate, std_error, z, p,
  odds_ratio, state)
WITH known AS (
  SELECT m.series, m.age_group, t.rowid AS number, t.term, t.estimate, t.std_error, t.z, t.p,
    t.odds_ratio, t.state
  FROM model AS m
  JOIN logit_terms(m.fit) AS t
), place AS (
  SELECT m.series, m.age_group, v.key + 1 AS variable, l.key AS level_place,
    iif(l.key IS NULL, 'x' || (v.key + 1), 'x' || (v.key + 1) || '=' || l.value) AS term,
    l.value AS level
  FROM model AS m
  JOIN json_each(m.fit, '$.variables') AS v
  LEFT JOIN json_each(v.value, '$.levels') AS l
)
SELECT k.series, k.age_group, 0, '(Intercept)', NULL, k.estimate, k.std_error, k.z, k.p,
  k.odds_ratio, k.state
FROM known AS k
WHERE k.term = '(Intercept)'
UNION ALL
SELECT p.series, p.age_group,
  row_number() OVER (PARTITION BY p.series, p.age_group ORDER BY p.variable, p.level_place),
  c.covariate, p.level, iif(p.level_place = 0, 0.0, k.estimate), k.std_error, k.z, k.p,
  iif(p.level_place = 0, 1.0, k.odds_ratio), iif(p.level_place = 0, 'reference', k.state)
FROM place AS p
JOIN model_covariate AS c USING (variable)
LEFT JOIN known AS k
  ON k.series = p.series AND k.age_group = p.age_group AND k.term = p.term;

-- Each model as the text of models has it (ext/prediction.h), and that text.
DROP VIEW IF EXISTS model_entry;
CREATE VIEW model_entry AS
SELECT series, age_group, json_object(
  'age_group', age_group, 'subcohort', subcohort, 'base_window', base_window,
  'covariates', covariates,
  'pooled', (
    SELECT json_group_array(json_object('variable', p.variable, 'level', p.level,
      'into', p.into_level))
    FROM model_pooled AS p
    WHERE p.series = m.series AND p.age_group = m.age_group),
  'fit', json(fit)) AS entry
FROM model AS m;

DROP VIEW IF EXISTS model_text;
CREATE VIEW model_text AS
SELECT json_object('reoffend_model', 1, 'models', json_group_array(json(entry))) AS text
FROM (SELECT entry FROM model_entry ORDER BY series, age_group)
HAVING count(*) > 0;

DROP TABLE model_covariate;
DROP TABLE model_level;
DROP TABLE model_case;
DROP TABLE model_year;
DROP TABLE model_series;
DROP TABLE model_rules;
