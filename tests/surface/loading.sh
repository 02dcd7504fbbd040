#!/usr/bin/env bash
# loading.sh [--accept] - loading adds exactly what loading.out lists: functions with kind,
# argument count and flags, and modules. --accept writes the list anew: read the difference.
set -euo pipefail
list=tests/surface/loading.out
actual=$(sqlite3 -batch -init /dev/null :memory: \
  "CREATE TEMP TABLE had AS SELECT name, type, narg, flags FROM pragma_function_list;
   CREATE TEMP TABLE had_module AS SELECT name FROM pragma_module_list;" \
  ".load build/release/reoffend" \
  "SELECT 'function ' || name || '/' || narg
       || CASE type WHEN 's' THEN ' scalar' WHEN 'w' THEN ' window' ELSE ' aggregate' END
       || iif(flags & 0x800, ' deterministic', '')
       || iif(flags & 0x200000, ' innocuous', '')
       || iif(flags & 0x80000, ' directonly', '')
     FROM (SELECT name, type, narg, flags FROM pragma_function_list
           EXCEPT SELECT name, type, narg, flags FROM had)
    ORDER BY name, narg;
   SELECT 'module ' || name
     FROM (SELECT name FROM pragma_module_list EXCEPT SELECT name FROM had_module)
    ORDER BY name;")
if [ "${1:-}" = --accept ]; then
  printf '%s\n' "$actual" >"$list"
else
  diff -u "$list" - <<<"$actual" ||
    { echo "If this is what was meant: bash tests/surface/loading.sh --accept"; exit 1; }
fi
