#!/usr/bin/env bash
# report.sh [--accept] - writes build/report/offence_codes.md, what becomes of every offence code,
# and compares it with report.out. --accept writes report.out anew: read the difference.
set -euo pipefail
mkdir -p build/report
report=build/report/offence_codes.md
sqlite3 -batch -init /dev/null :memory: ".load build/release/reoffend" \
  ".read tests/lookup/report.sql" >"$report"
if [ "${1:-}" = --accept ]; then cp "$report" tests/lookup/report.out; fi
diff -u tests/lookup/report.out "$report"
