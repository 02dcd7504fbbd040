#!/usr/bin/env bash
# hand_cases.sh - the reference gives what was worked out by hand.
set -euo pipefail
diff -u tests/reference/hand_cases.out \
  <(sqlite3 -batch -init /dev/null :memory: ".read tests/reference/hand_cases.sql" 2>&1)
