#!/usr/bin/env bash
# publication.sh DATABASE - makes a small database of made-up results for tests of publications.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

columns=(area_code age_group age_band sex ethnicity index_kind index_disposal index_offence_group
  sentence_band previous_offences_band months_to_reoffence subcohort)
topics=('' "${columns[@]}")
for second in age_group sex index_kind index_disposal index_offence_group previous_offences_band \
  sentence_band subcohort months_to_reoffence; do
  topics+=("area_code,$second")
done
for second in age_group index_kind index_offence_group previous_offences_band \
  months_to_reoffence; do
  topics+=("subcohort,$second")
done

# One topic: its columns as they are, the others NULL; a sub-cohort topic leaves out those in none,
# a sentence topic those without one.
topic_sql() {
  local topic=$1 list='' column
  for column in "${columns[@]}"; do
    if [[ ",$topic," == *",$column,"* ]]; then list+=", $column"; else list+=", NULL"; fi
  done
  local condition='true'
  [[ ",$topic," == *,subcohort,* ]] && condition+=' AND subcohort IS NOT NULL'
  [[ ",$topic," == *,sentence_band,* ]] && condition+=' AND sentence_band IS NOT NULL'
  cat <<SQL
INSERT INTO result
SELECT '$topic', window_start, date(window_start, '+12 months'), window_start <= '2008-07-01'
       $list,
       n, r, o, 1.0 * r / n, 1.0 * o / nullif(r, 0), 1.0 * o / n,
       o + r, r, o / 4, o / 5, o / 6, o / 7, o / 120, o / 130, o / 50, previous,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM (SELECT window_start${topic:+, $topic}, count(*) AS n, count(months_to_reoffence) AS r,
             coalesce(sum(13 - months_to_reoffence), 0) AS o, sum(previous_offences) AS previous
      FROM person WHERE $condition GROUP BY window_start${topic:+, $topic})
ORDER BY window_start${topic:+, $topic};
SQL
}

rm -f "$1"
{
  cat sql/00_schema.sql tests/support/publication.sql
  echo 'BEGIN;'
  for topic in "${topics[@]}"; do topic_sql "$topic"; done
  echo 'COMMIT; DROP TABLE temp.person;'
} | sqlite3 -bail "$1"
