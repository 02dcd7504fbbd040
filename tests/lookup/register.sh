#!/usr/bin/env bash
# register.sh - the committed facts are what the register of CJS codes, taken anew, gives.
set -euo pipefail
bash sql/lookup/register.sh build/register
rm -rf build/register/derived
mkdir -p build/register/derived
lua5.4 sql/lookup/derive.lua build/register/package sql/lookup build/register/derived
passed=0 failed=0
for derived in build/register/derived/*.csv; do
  if diff -u "sql/lookup/$(basename "$derived")" "$derived" | head -n 20 >&2; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$(basename "$derived") differs from the register: run 'make lookup'"
  fi
done
echo "$passed passed, $failed failed"
[ "$passed" -gt 0 ] && [ "$failed" -eq 0 ]
