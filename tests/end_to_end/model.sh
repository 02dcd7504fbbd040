#!/usr/bin/env bash
# model.sh - the models the build fits on a synthetic nation: what was predicted is what happened in
# the base year, in all and at each fitted level; the measure predicts what logit_predict does in
# plain SQL; R fits the same; the parameters do what they say.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

passed=0 failed=0
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $1"; }
# is WHAT GIVEN EXPECTED
is() { if [ "$2" = "$3" ]; then good; else bad "$1: expected $3, got $2"; fi; }

folder=build/test/model
database=$folder/nation.db
rm -rf "$folder"
mkdir -p "$folder"
make --no-print-directory -s build/release/nation
reoffend() { lua5.4 lua/bin/reoffend "$@" >/dev/null; }
ask() { sqlite3 -readonly "$database" ".load build/release/reoffend" "$@"; }
set_parameter() { sqlite3 "$database" "UPDATE parameter SET value = '$2' WHERE name = '$1'"; }

build/release/nation --out "$folder/extracts" --scale 0.004 --seed 32 >/dev/null
reoffend init "$database"
reoffend load --quiet "$database" "$folder/extracts"
set_parameter model_least 4 # a small nation has few PPOs
reoffend build "$database"

is "the models" "$(ask "SELECT group_concat(series || ' ' || age_group || ' ' || base_window, ', ')
  FROM model WHERE converged = 1")" \
  "all adult 2000-01-01, all juvenile 2000-01-01, ppo adult 2005-01-01"
is "what they were made by" "$(ask "SELECT DISTINCT extract_date, software_version =
  reoffend_version(), json_extract(rules, '\$.wait_months'), json_extract(rules, '\$.model_least')
  FROM model")" "2011-12-31|1|6|4"
is "every level is a term, or pooled" "$(ask "SELECT count(*) FROM model_pooled AS p
  WHERE NOT EXISTS (SELECT 1 FROM model_term AS t WHERE t.series = p.series
    AND t.age_group = p.age_group AND t.level = p.into_level)")" 0
is "some are pooled" "$(ask "SELECT count(*) > 5 FROM model_pooled")" 1

# The base year's people as the fit saw them, and what each model and logit_predict say of them.
# $1: series, $2: window.
cases() {
  cat <<SQL
CREATE TEMP TABLE text AS SELECT json_object('reoffend_model', 1, 'models',
    json_group_array(json(json_remove(entry, '\$.subcohort')))) AS model
  FROM model_entry WHERE series = '$1';
CREATE TEMP TABLE raw AS
SELECT c.*, coalesce(c.age_band, 'unknown') || '*' || coalesce(c.sex, 'unknown') AS x1,
  coalesce(c.ethnicity, 'unknown') AS x2, c.index_kind AS x3,
  coalesce(c.index_offence_group, 'unknown') AS x4
FROM text JOIN reoffend_cohort AS c USING (model)
WHERE c.history = 'history' AND c.window_start = '$2'
  AND ('$1' = 'all' OR ',' || c.subcohorts || ',' LIKE '%,$1,%');
CREATE TEMP VIEW fitted AS
SELECT r.*, m.fit, coalesce(p1.into_level, x1) AS level1, coalesce(p2.into_level, x2) AS level2,
  coalesce(p3.into_level, x3) AS level3, coalesce(p4.into_level, x4) AS level4
FROM raw AS r
LEFT JOIN model AS m ON m.series = '$1' AND m.age_group = r.age_group
LEFT JOIN model_pooled AS p1 ON p1.series = m.series AND p1.age_group = m.age_group
  AND p1.variable = 1 AND p1.level = x1
LEFT JOIN model_pooled AS p2 ON p2.series = m.series AND p2.age_group = m.age_group
  AND p2.variable = 2 AND p2.level = x2
LEFT JOIN model_pooled AS p3 ON p3.series = m.series AND p3.age_group = m.age_group
  AND p3.variable = 3 AND p3.level = x3
LEFT JOIN model_pooled AS p4 ON p4.series = m.series AND p4.age_group = m.age_group
  AND p4.variable = 4 AND p4.level = x4;
CREATE TEMP TABLE scored AS
SELECT *, logit_predict(fit, level1, level2, level3, level4, ln(1 + previous_offences),
    previous_custody, copas_rate) AS by_sql
FROM fitted;
SQL
}

# By construction: mean predicted = actual, per model and for every fitted level of every factor.
base_year() { # SERIES WINDOW
  ask "$(cases "$1" "$2")" "
    SELECT count(*), sum(apart > 1e-9) FROM (
      SELECT abs(avg(predicted) - avg(reoffended)) AS apart FROM scored WHERE fit IS NOT NULL
      GROUP BY age_group
      UNION ALL SELECT abs(avg(predicted) - avg(reoffended)) FROM scored WHERE fit IS NOT NULL
      GROUP BY age_group, level1
      UNION ALL SELECT abs(avg(predicted) - avg(reoffended)) FROM scored WHERE fit IS NOT NULL
      GROUP BY age_group, level2
      UNION ALL SELECT abs(avg(predicted) - avg(reoffended)) FROM scored WHERE fit IS NOT NULL
      GROUP BY age_group, level3
      UNION ALL SELECT abs(avg(predicted) - avg(reoffended)) FROM scored WHERE fit IS NOT NULL
      GROUP BY age_group, level4)"
}
levels=$(ask "SELECT sum(series = 'all'), sum(series = 'ppo') FROM model_term
  WHERE level IS NOT NULL OR place = 0")
is "the base year of everyone, by level" "$(base_year all 2000-01-01)" "${levels%|*}|0"
is "the base year of the PPOs, by level" "$(base_year ppo 2005-01-01)" "${levels#*|}|0"

# The engine against logit_predict, person by person, seen levels and unseen ones.
for window in 2000-01-01 2006-04-01 2009-01-01; do
  is "people of $window" "$(ask "$(cases all $window)" "SELECT count(*) > 1500,
    sum((predicted IS NULL) <> (by_sql IS NULL)), max(abs(predicted - by_sql)) < 1e-12
    FROM scored")" "1|0|1"
done
is "some cannot be scored" "$(ask "$(cases all 2009-01-01)" "SELECT sum(by_sql IS NULL) > 20
  FROM scored")" 1

# The results against sums over logit_predict: each area, the sub-cohort by its own models.
is "areas of 2009" "$(ask "$(cases all 2009-01-01)" "
  SELECT count(*) > 60, sum(abs(r.predicted - s.predicted) > 1e-12
    OR abs(r.expected - s.expected) > 1e-9 OR r.scored_offenders <> s.scored
    OR abs(r.adjusted - (s.actual - s.predicted + b.base)) > 1e-12)
  FROM result AS r
  JOIN (SELECT area_code, age_group, avg(by_sql) AS predicted, total(by_sql) AS expected,
      count(by_sql) AS scored, avg(iif(by_sql IS NULL, NULL, reoffended)) AS actual
    FROM scored GROUP BY area_code, age_group) AS s
    ON s.area_code IS r.area_code AND s.age_group IS r.age_group
  JOIN (SELECT age_group, 1.0 * reoffenders / offenders AS base FROM model WHERE series = 'all')
    AS b ON b.age_group = r.age_group
  WHERE r.topic = 'area_code,age_group' AND r.window_start = '2009-01-01'")" "1|0"
is "PPOs of 2009" "$(ask "$(cases ppo 2009-01-01)" "
  SELECT r.scored_offenders = s.scored, r.scored_offenders < r.offenders,
    abs(r.predicted - s.predicted) < 1e-12, abs(r.base_proportion - b.base) < 1e-12
  FROM result AS r,
    (SELECT avg(by_sql) AS predicted, count(by_sql) AS scored FROM scored) AS s,
    (SELECT 1.0 * reoffenders / offenders AS base FROM model WHERE series = 'ppo') AS b
  WHERE r.topic = 'subcohort' AND r.subcohort = 'ppo' AND r.window_start = '2009-01-01'")" "1|1|1|1"

# How well they do: in the base year excess is nought; deciles rise and hold everyone.
is "quality of the base year" "$(ask "SELECT count(*), max(abs(excess)) < 1e-9,
  min(auc_low < auc AND auc < auc_high AND auc > 0.6), min(brier < brier_of_actual)
  FROM model_quality AS q JOIN model AS m USING (series, age_group)
  WHERE q.window_start = m.base_window")" "3|1|1|1"
is "quality of later years" "$(ask "SELECT min(window_start), max(window_start), count(*)
  FROM model_quality WHERE series = 'all' AND age_group = 'adult'")" "2000-01-01|2009-01-01|10"
is "deciles" "$(ask "SELECT count(*), min(rising), max(abs(people - scored_offenders)) FROM (
    SELECT series, age_group, window_start, sum(offenders) OVER w AS people,
      predicted >= coalesce(lag(predicted) OVER (w ORDER BY decile), 0) AS rising
    FROM model_decile
    WINDOW w AS (PARTITION BY series, age_group, window_start))
  JOIN model_quality USING (series, age_group, window_start)")" "60|1|0"

# The publication holds every term as the table has it.
lua5.4 lua/bin/reoffend report model --db "$database" --out "$folder" --quiet
is "the published terms" "$(sqlite3 "$database" ".import --csv $folder/model.csv model_csv" "
  SELECT count(*) = (SELECT count(estimate) FROM model_term), min(matched) FROM (
    SELECT (SELECT count(*) FROM model_term AS t
        WHERE p.topic = 'terms_' || t.series || '-' || t.age_group
          AND t.estimate = CAST(p.value AS REAL)) > 0 AS matched
    FROM model_csv AS p
    WHERE p.topic LIKE 'terms%' AND p.measure = 'estimate' AND p.value <> '')" \
  "DROP TABLE model_csv")" "1|1"

# R's glm on the same people: every estimate and error.
if command -v Rscript >/dev/null; then
  ask '.mode csv' '.headers on' "$(cases all 2000-01-01)" "SELECT reoffended AS y, 1 AS w, level1,
    level2, level3, level4, ln_previous_offences, previous_custody, copas_rate FROM scored
    WHERE age_group = 'adult'" >"$folder/case_adult.csv"
  Rscript --vanilla tests/statistics/logit.R "$folder" 2>/dev/null >"$folder/r.csv"
  is "R's model of adults" "$(ask "CREATE TEMP TABLE r (c TEXT, place INTEGER, term TEXT,
      estimate REAL, std_error REAL)" ".import --csv --skip 2 $folder/r.csv r" "
    SELECT count(*) > 20, sum(abs(t.estimate - r.estimate) > 1e-8 * abs(r.estimate)
        OR abs(t.std_error - r.std_error) > 1e-8 * r.std_error),
      sum((t.estimate IS NULL) <> (r.estimate = ''))
    FROM model AS m JOIN logit_terms(m.fit) AS t JOIN r ON r.place = t.rowid - 1
      AND typeof(r.place) = 'integer'
    WHERE m.series = 'all' AND m.age_group = 'adult'")" "1|0|0"
fi

# A year that is not final gives way to the first whole one; nothing is predicted when asked not to.
set_parameter model_base_year 2011
set_parameter model_base_year_ppo ''
reoffend build "$database"
is "a base year the extracts do not hold" "$(ask "SELECT group_concat(DISTINCT
  series || ' ' || asked_year || ' ' || base_window) FROM model")" "all 2011 2000-01-01"
is "PPOs by the models of everyone" "$(ask "SELECT predicted IS NOT NULL FROM result
  WHERE topic = 'subcohort' AND subcohort = 'ppo' AND window_start = '2009-01-01'")" 1
set_parameter model_fit 0
reoffend build "$database"
is "no models" "$(ask "SELECT (SELECT count(*) FROM model), (SELECT count(*) FROM model_quality),
  count(*) > 0, count(predicted), count(scored_offenders) FROM result")" "0|0|1|0|0"

set_parameter model_fit 1
set_parameter model_base_year 19x0
lua5.4 lua/bin/reoffend build "$database" >"$folder/said" 2>&1 && bad "a year that is none"
is "a year that is none" "$(grep -c "model_base_year must be empty or a year from 1900" \
  "$folder/said")" 1
set_parameter model_base_year 2000
# Loading takes the models away with the results.
sed -i '$d' "$folder/extracts/drug_test.csv"
reoffend load --quiet "$database" "$folder/extracts/drug_test.csv"
set_parameter model_fit 1
is "after a load" "$(ask "SELECT count(*) FROM model")" 0

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
