#!/usr/bin/env bash
# summary.sh RING... - adds up what ring.sh counted and closes with one line `N passed, N failed`.
# A ring that left no count did not get as far as its tests (it did not build): one failed.
set -euo pipefail
passed=0 failed=0
for ring in "$@"; do
  p=0 f=1
  if [ -e "build/log/$ring.count" ]; then
    read -r p f <"build/log/$ring.count"
  else
    echo "FAILED $ring: did not run, see above"
  fi
  passed=$((passed + p)) failed=$((failed + f))
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
