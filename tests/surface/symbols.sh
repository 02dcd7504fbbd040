#!/usr/bin/env bash
# symbols.sh - the extension exports its entry point alone and needs nothing but libc and libm.
# A library that brought its own SQLite, or exported more, would crash or clash in other hosts.
set -euo pipefail
library=build/release/reoffend.so
passed=0 failed=0
expect() { # WHAT ACTUAL EXPECTED
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s: expected "%s", got "%s"\n' "$1" "$3" "$2"
  fi
}
expect exported "$(nm -D --defined-only "$library" | awk '{ print $3 }' | paste -sd' ')" \
  sqlite3_reoffend_init
expect needed "$(readelf -d "$library" | awk -F'[][]' '/NEEDED/ { print $2 }' |
  grep -vx -e libc.so.6 -e libm.so.6 | paste -sd' ')" ""
expect "sqlite3 symbols wanted" "$(nm -D --undefined-only "$library" | grep -c sqlite3 || true)" 0
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
