#!/usr/bin/env bash
# examples.sh - every example of reoffend_functions runs and gives the result it documents; a
# table's example runs. Examples that read tables find the ones of examples.sql.
set -euo pipefail
database=$(mktemp)
trap 'rm -f "$database"' EXIT
shell() { sqlite3 -batch -init /dev/null "$database" ".load build/release/reoffend" "$@" 2>&1; }
shell ".read tests/surface/examples.sql"

passed=0 failed=0
bad() { failed=$((failed + 1)); echo "FAILED $1: $2"; }
while IFS=$'\x1f' read -r -d $'\x1e' name kind meaning example result; do
  if [ -z "$meaning" ] || [ -z "$example" ]; then
    bad "$name" "has no meaning or no example"
  elif [ "$kind" != table ] && [[ "$example" != *"$name"* ]]; then
    bad "$name" "its example does not use it"
  elif ! actual=$(shell "$example"); then
    bad "$name" "$example: $actual"
  elif [ "$kind" != table ] && [ "$actual" != "$result" ]; then
    bad "$name" "$example: expected '$result', got '$actual'"
  else
    passed=$((passed + 1))
  fi
done < <(sqlite3 -batch -init /dev/null -ascii :memory: ".load build/release/reoffend" \
  "SELECT name, kind, meaning, example, coalesce(result, '') FROM reoffend_functions")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
