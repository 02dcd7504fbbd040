#!/usr/bin/env bash
# nation.sh - the synthetic nation: same seed, same bytes; options; then what the files hold, which
# extracts.lua checks.
set -euo pipefail
cd "$(dirname "$0")/../.."
make --no-print-directory -s build/release/nation
nation=build/release/nation
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

check() { # NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "not as expected: $name"
    cat "$work/said"
  fi
}

sum_of() { (cd "$1" && cat -- *.csv | sha256sum | cut -d' ' -f1); }
same() { [ "$1" = "$2" ] || { echo "$1 and $2"; false; }; }
differ() { [ "$1" != "$2" ]; }
exits() { # STATUS COMMAND...
  local wanted=$1 status=0
  shift
  "$@" || status=$?
  same "$status" "$wanted"
}

"$nation" --out "$work/a" --scale 0.001
"$nation" --out "$work/b" --scale 0.001 --seed 2011 --from 2000 --to 2011
"$nation" --out "$work/c" --scale 0.001 --seed 2012
"$nation" --out "$work/d" --scale 0.001 --to 2009
check 'the same seed gives the same bytes' same "$(sum_of "$work/a")" "$(sum_of "$work/b")"
check 'the bytes are those of every other machine' \
  same "$(sum_of "$work/a")" "$(cat tests/samples/nation.sha256)"
check 'another seed gives other bytes' differ "$(sum_of "$work/a")" "$(sum_of "$work/c")"
"$nation" --out "$work/twice" --scale 0.002
check 'a larger nation begins with the people of a smaller one' \
  cmp -n "$(stat -c %s "$work/a/pnc_offence.csv")" \
  "$work/a/pnc_offence.csv" "$work/twice/pnc_offence.csv"
check 'the last year moves the extract date' \
  grep -q '^extract_date,2009-12-31' "$work/d/extract.csv"
check 'the folder says that it is synthetic' grep -q 'SYNTHETIC' "$work/a/README.txt"
check 'the extract says that it is synthetic' grep -qx 'synthetic,yes' "$work/a/extract.csv"
check 'one file ends its lines with CRLF' grep -q $'\r$' "$work/a/drug_test.csv"
first_bytes=$(head -c 3 "$work/a/oasys_assessment.csv" | od -An -tx1 | tr -d ' ')
check 'one file begins with a byte order mark' same "$first_bytes" efbbbf
check 'help' exits 0 "$nation" --help
check 'no folder' exits 2 "$nation"
check 'scale out of range' exits 2 "$nation" --out "$work/e" --scale 2
check 'scale no number' exits 2 "$nation" --out "$work/e" --scale much
check 'seed no number' exits 2 "$nation" --out "$work/e" --seed x
check 'years reversed' exits 2 "$nation" --out "$work/e" --from 2010 --to 2005
check 'unknown option' exits 2 "$nation" --out "$work/e" --size 1
check 'folder that cannot be made' exits 1 "$nation" --out "$work/none/here"

"$nation" --out "$work/full"
lua5.4 tests/samples/extracts.lua "$work/full" samples/hand samples/README.md >"$work/extracts" ||
  failed=$((failed + 1))
grep -v ' passed, ' "$work/extracts" || true
read -r more less < <(awk '/ passed, / { print $1, $3 }' "$work/extracts")
echo "$((passed + more)) passed, $((failed + less)) failed"
[ $((failed + less)) -eq 0 ]
