#!/usr/bin/env bash
# model.sh [PEOPLE] [PASSES] [wall|processor] - what a model adds to the rates of all windows.
#
#   make bench-model [PASSES=5] [CLOCK=processor]
#
# Adults and juveniles are fitted by the covariates of R32 on 2000. Each pass runs the rates of the
# 37 windows by area, age group and index kind, every row and column fetched, without the model and
# with it, and reads all members of the 37 windows by reoffend_cohort, which is what scoring them
# outside the pass would have to begin with. Each in a process of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
people=${1:-800000} passes=${2:-5} clock=${3:-wall}
work=build/bench/model
extension=build/bench/reoffend.so
mkdir -p "$work"
if [ "$(cat "$work/people" 2>/dev/null)" != "$people" ]; then
  rm -f "$work/nation.db"
  build/bench/nation "$people" "$work/nation.db" "$extension"
  echo "$people" >"$work/people"
fi
build/bench/measure "$work/nation.db" run tests/bench/sql/rebuild.sql "$extension" >/dev/null
sqlite3 -batch -init /dev/null "$work/nation.db" ".load $extension" "
  DROP TABLE IF EXISTS base_model;
  CREATE TABLE base_model AS
  SELECT json_object('reoffend_model', 1, 'models', json_group_array(json_object(
    'age_group', age_group, 'covariates', 'age_band*sex, ethnicity, index_kind,'
      || ' index_offence_group, ln_previous_offences, previous_custody, copas_rate',
    'fit', json(fit)))) AS model
  FROM (
    SELECT age_group, logit_fit(reoffended, age_band || '*' || coalesce(sex, 'unknown'),
        coalesce(ethnicity, 'unknown'), index_kind, coalesce(index_offence_group, 'unknown'),
        ln_previous_offences, previous_custody, copas_rate) AS fit
    FROM reoffend_cohort('history', '2000-01-01') WHERE age_group IS NOT NULL GROUP BY age_group)"

columns='window_start, area_code, age_group, index_kind, offenders, reoffenders, reoffences'
rates="reoffend_rates('history', '2000-01-01', '2009-01-01', 'area_code,age_group,index_kind')"
printf -- '-- timed\nSELECT %s FROM %s;\n' "$columns" "$rates" >"$work/without.sql"
printf -- '-- timed\nSELECT %s, predicted, expected, adjusted FROM %s\n%s;\n' "$columns" "$rates" \
  'WHERE model = (SELECT model FROM base_model)' >"$work/with.sql"
cat >"$work/cohorts.sql" <<'SQL'
-- timed
WITH RECURSIVE w(start) AS (SELECT '2000-01-01' UNION ALL
  SELECT date(start, '+3 months') FROM w WHERE start < '2009-01-01')
SELECT area_code, age_group, age_band, sex, ethnicity, index_kind, index_offence_group, reoffended,
  ln_previous_offences, previous_custody, copas_rate
FROM w CROSS JOIN reoffend_cohort AS c WHERE c.history = 'history' AND c.window_start = w.start;
SQL

once() { build/bench/measure "$work/nation.db" run "$work/$1.sql" "$extension"; }
: >"$work/times.txt"
for ((pass = 0; pass < passes; pass++)); do
  echo "$(once without) $(once with) $(once cohorts)" >>"$work/times.txt"
done
echo "$people people; clock: $clock; $passes passes"
field=$([ "$clock" = wall ] && echo 1 || echo 4)
ratio() { # COLUMN COLUMN TEXT: the median of the first over the second, and the range
  awk -v a="$1" -v b="$2" '{ printf "%.9f %.3f %.3f\n", $a / $b, $a, $b }' "$work/times.txt" |
    sort -n | awk -v text="$3" '{ line[NR] = $0; ratio[NR] = $1 }
      END { split(line[int((NR + 1) / 2)], mid)
        printf "%s: %.2f (%.2f to %.2f); %.3f s and %.3f s\n", text, mid[1], ratio[1], ratio[NR],
          mid[2], mid[3] }'
}
ratio $((4 + field)) "$field" "rates with the model against without"
ratio $((8 + field)) $((4 + field)) "reading all members against rates with the model"
