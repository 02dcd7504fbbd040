#!/usr/bin/env bash
# logit.sh [--accept] - logit_fit against R's glm: every estimate, error and fit statistic to 1e-8.
#
# The people are made by logit_data.sql, the regressions stand in logit_cases.sql. R's figures, with
# its version, are in logit_r.csv; where Rscript is installed R also fits the same rows now, and its
# figures must be the committed ones. --accept writes logit_r.csv from what R says now.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ask() { sqlite3 -batch -bail -init /dev/null "$work/cases.db" "$@"; }

ask '.read logit_data.sql' '.read logit_cases.sql'
ask "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name" >"$work/names"

# Writes R's figures to the file $1.
fit_in_r() {
  while read -r name; do
    ask '.mode csv' '.headers on' "SELECT * FROM $name" >"$work/$name.csv"
  done <"$work/names"
  Rscript --vanilla logit.R "$work" >"$1" 2>"$work/warnings" || { cat "$work/warnings"; exit 1; }
}

if [ "${1:-}" = --accept ]; then
  fit_in_r logit_r.csv
  exit 0
fi

# One statement for each view: y, w, then the variables, as logit_fit_weighted(w, y, x1, …).
{
  echo '.load ../../build/release/reoffend'
  echo 'CREATE TABLE fitted (name TEXT, model TEXT);'
  ask "SELECT 'INSERT INTO fitted SELECT ''' || v.name || ''', logit_fit_weighted(w, '
    || group_concat(c.name, ', ') FILTER (WHERE c.name <> 'w') || ') FROM ' || v.name || ';'
    FROM sqlite_schema AS v JOIN pragma_table_info(v.name) AS c
    WHERE v.type = 'view' GROUP BY v.name"
} >"$work/fit.sql"
ask ".read $work/fit.sql"

# Compares with R's figures in the file $1, called $2. A figure is nought or within 1e-8 of R's.
compare() {
  cat >"$work/compare.sql" <<END_SQL
.load ../../build/release/reoffend
CREATE TEMP TABLE r ("case" TEXT, place INTEGER, term TEXT, estimate, std_error);
.import --csv --skip 2 $1 r
CREATE TEMP TABLE figure AS
SELECT "case", place, term, 'estimate' AS what, estimate AS by_r FROM r WHERE place <> ''
UNION ALL SELECT "case", place, term, 'std_error', std_error FROM r WHERE place <> ''
UNION ALL SELECT "case", place, term, term, estimate FROM r WHERE place = '';
CREATE TEMP TABLE ours AS
SELECT f.name AS "case", t.rowid - 1 AS place, 'estimate' AS what, t.estimate AS value
FROM fitted AS f JOIN logit_terms(f.model) AS t
UNION ALL SELECT f.name, t.rowid - 1, 'std_error', t.std_error
FROM fitted AS f JOIN logit_terms(f.model) AS t
UNION ALL SELECT f.name, '', s.key, s.atom FROM fitted AS f JOIN json_each(f.model) AS s
WHERE s.key IN ('deviance', 'null_deviance', 'aic', 'rank');
SELECT "case" || ' ' || coalesce(term, place) || ' ' || what || ': ' || coalesce(value, 'none')
  || ' where R says ' || coalesce(nullif(by_r, ''), 'NA')
FROM figure FULL JOIN ours USING ("case", place, what)
WHERE NOT coalesce(iif(by_r = '', value IS NULL, abs(value - by_r) <= 1e-8 * abs(by_r)), 0);
SELECT count(*) FROM figure;
END_SQL
  ask ".read $work/compare.sql" >"$work/out" 2>&1 || true
  if [ "$(wc -l <"$work/out")" = 1 ] && [ "$(cat "$work/out")" -gt 300 ]; then
    passed=$((passed + 1))
    echo "$(cat "$work/out") figures as by $2"
  else
    failed=$((failed + 1))
    cat "$work/out"
  fi
}

passed=0 failed=0
compare logit_r.csv "$(head -n 1 logit_r.csv), committed"
if command -v Rscript >/dev/null; then
  fit_in_r "$work/now.csv"
  compare "$work/now.csv" "$(head -n 1 "$work/now.csv"), now"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
