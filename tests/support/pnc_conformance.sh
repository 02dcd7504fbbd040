#!/usr/bin/env bash
# pnc_conformance.sh FILE.csv - checks pnc_id against a file made elsewhere with the columns input
# and expected_canonical (empty: not valid). Prints each difference; fails when there is one.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 FILE.csv" >&2; exit 2; }
differences=$(sqlite3 -batch :memory: ".load build/release/reoffend" ".mode csv" \
  ".import '$1' expected" "SELECT input, expected_canonical, pnc_id(input) FROM expected
    WHERE pnc_id(input) IS NOT nullif(expected_canonical, '');
    SELECT 'no rows' WHERE NOT EXISTS (SELECT 1 FROM expected);")
[ -z "$differences" ] || { printf '%s\n' "$differences"; exit 1; }
