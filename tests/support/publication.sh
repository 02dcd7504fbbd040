#!/usr/bin/env bash
# publication.sh DATABASE [later] - makes a small database of made-up results for tests of
# publications; later: as a later extract would give them, with re-offences proven meanwhile.
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

# One topic: its columns as they are, the others NULL; a sub-cohort topic leaves out those in none.
topic_sql() {
  local topic=$1 list='' column
  for column in "${columns[@]}"; do
    if [[ ",$topic," == *",$column,"* ]]; then list+=", $column"; else list+=", NULL"; fi
  done
  local condition='true'
  [[ ",$topic," == *,subcohort,* ]] && condition+=' AND subcohort IS NOT NULL'
  cat <<SQL
INSERT INTO result
SELECT '$topic', window_start, date(window_start, '+12 months'), window_start <= '2008-07-01'
       $list,
       n, r, o, 1.0 * r / n, 1.0 * o / nullif(r, 0), 1.0 * o / n,
       o + r, r, violent, violent_people, acquisitive, acquisitive_people, serious, serious_people,
       unclassified, previous,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM (SELECT window_start${topic:+, $topic}, count(*) AS n, count(left) AS r,
             coalesce(sum(left), 0) AS o, coalesce(sum(left / 4), 0) AS violent,
             coalesce(sum(left >= 4), 0) AS violent_people,
             coalesce(sum(left / 6), 0) AS acquisitive,
             coalesce(sum(left >= 6), 0) AS acquisitive_people,
             coalesce(sum(left / 12), 0) AS serious,
             coalesce(sum(left >= 12), 0) AS serious_people,
             coalesce(sum(left / 9), 0) AS unclassified, sum(previous_offences) AS previous
      FROM (SELECT *, 13 - months_to_reoffence AS left FROM person)
      WHERE $condition GROUP BY window_start${topic:+, $topic})
ORDER BY window_start${topic:+, $topic};
SQL
}

rm -f "$1"
{
  cat sql/00_schema.sql tests/support/publication.sql
  if [ "${2:-}" = later ]; then
    echo "UPDATE person SET months_to_reoffence = 1 + rowid % 12
            WHERE months_to_reoffence IS NULL AND rowid % 3 = 0;"
  fi
  echo 'BEGIN;'
  for topic in "${topics[@]}"; do topic_sql "$topic"; done
  echo 'COMMIT; DROP TABLE temp.person;'
  echo ".load $PWD/build/release/reoffend"
  cat sql/65_disclosure.sql
} | sqlite3 -bail "$1"
