#!/usr/bin/env bash
# sql.sh [--accept] CASE.sql - runs a case in the sqlite3 shell and compares with CASE.out.
#
# The case runs on an empty database with the extension loaded and NULL shown as NULL; what it
# prints, errors included, is the result. --accept writes CASE.out instead: read the difference.
set -euo pipefail
accept=
if [ "$1" = --accept ]; then accept=1; shift; fi
case=$1
expected=${case%.sql}.out
# The shell's own name for the place of an error changes with its version: keep the message only.
actual=$(stdbuf -oL sqlite3 -batch -init /dev/null :memory: ".load build/release/reoffend" \
  ".nullvalue NULL" ".read $case" 2>&1 |
  sed -E 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?:/Error:/; s/ \([0-9]+\)$//') ||
  true
if [ -n "$accept" ]; then
  printf '%s\n' "$actual" >"$expected"
else
  diff -u "$expected" - <<<"$actual"
fi
