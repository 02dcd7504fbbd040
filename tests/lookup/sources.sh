#!/usr/bin/env bash
# sources.sh - every row of every lookup of facts names a source that source.csv describes, and has
# columns for its validity.
set -euo pipefail
database=$(mktemp)
trap 'rm -f "$database"' EXIT
passed=0 failed=0
sqlite3 -batch -init /dev/null "$database" \
  ".import --csv sql/lookup/source.csv source"
for file in sql/lookup/*.csv; do
  name=$(basename "$file" .csv)
  # reject_reason holds our own wording, not facts.
  case $name in source | reject_reason) continue ;; esac
  sqlite3 -batch -init /dev/null "$database" ".import --csv $file lookup"
  columns=$(sqlite3 "$database" "SELECT count(*) FROM pragma_table_info('lookup')
    WHERE name IN ('source', 'valid_from', 'valid_to')")
  if [ "$columns" -ne 3 ]; then
    echo "$name: no source, valid_from or valid_to column"
    failed=$((failed + 1))
  else
    unknown=$(sqlite3 "$database" "
      WITH RECURSIVE part(one, rest) AS (
        SELECT NULL, source || '+' FROM (SELECT DISTINCT source FROM lookup)
        UNION SELECT substr(rest, 1, instr(rest, '+') - 1), substr(rest, instr(rest, '+') + 1)
        FROM part WHERE rest <> '')
      SELECT group_concat(one) FROM part WHERE one NOT IN (SELECT source FROM source);")
    if [ -n "$unknown" ]; then
      echo "$name: sources that source.csv does not describe: $unknown"
      failed=$((failed + 1))
    else
      passed=$((passed + 1))
    fi
  fi
  sqlite3 "$database" "DROP TABLE lookup"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
