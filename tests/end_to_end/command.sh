#!/usr/bin/env bash
# command.sh - the commands of reoffend: what they print, their exit statuses and their messages.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$PWD
passed=0 failed=0

# Runs reoffend and compares its exit status; output in $work/out, messages in $work/err.
expect() { # STATUS ARGUMENTS...
  local wanted=$1 status=0
  shift
  lua5.4 "$root/lua/bin/reoffend" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
  check "exit $wanted of: reoffend $*" "$status" "$wanted"
}
check() { # NAME ACTUAL EXPECTED
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s: expected %s, got %s\n' "$1" "$3" "$2"
  fi
}
says() { # FILE TEXT: the output holds the text
  if grep -qF -- "$2" "$work/$1"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED not said on %s: %s; it said:\n%s\n' "$1" "$2" "$(cat "$work/$1")"
  fi
}
three_lines() { check "three lines of message" "$(wc -l <"$work/err")" 3; }

expect 0 --help
says out "Usage: reoffend"
expect 0 load --help
expect 0 --version
says out "reoffend $(cat VERSION)"
expect 2
three_lines
expect 2 frobnicate
three_lines
expect 2 load
expect 2 load "$work/a.db"
expect 2 report
expect 2 report nothing_known
three_lines
expect 2 report ../lua/reoffend/cli
expect 0 formats
says out "pnc_offence: "
expect 0 formats drug_test
says out "substance"
check "one format only" "$(grep -c '^[a-z]' "$work/out")" 1
expect 2 formats drugs
three_lines

expect 3 load "$work/none.db" .
says err "reoffend init"
three_lines
expect 3 build "$work/none.db"
expect 3 status "$work/none.db"
expect 3 init "$work/no/such/folder/a.db"
expect 0 init "$work/a.db"
expect 0 init "$work/a.db"
says out "ready: "
printf 'plain text\n' >"$work/text.db"
expect 3 load "$work/text.db" .
three_lines

mkdir "$work/in"
printf 'name,value\nextract_date,2011-12-31\n' >"$work/in/extract.csv"
printf 'area_code,area_name,area_type,colour\nE1,Area,police_force,red\nE2,Broken\n' \
  >"$work/in/area.csv"
printf 'x\n' >"$work/in/truth.csv"
expect 2 load "$work/a.db" "$work/in/none.csv"
expect 0 load "$work/a.db" "$work/in"
says out "area.csv: 2 read, 1 accepted, 1 rejected"
says out "1 columns the format does not know were kept aside"
check "a foreign file in a folder is passed over" "$(grep -c truth "$work/out" || true)" 0
expect 0 load "$work/a.db" "$work/in/"
says out "no change"
expect 1 load "$work/a.db" "$work/in/truth.csv"
says err "truth.csv"
three_lines
printf 'test_id,pnc_id,result\n' >"$work/in/drug_test.csv"
expect 1 load "$work/a.db" "$work/in"
says err "refused: the header lacks test_date"
says err "in/drug_test.csv, line 1, column test_date"
three_lines
expect 1 load "$work/a.db" "$work/in"
expect 0 status "$work/a.db"
says out "files: 2 current, 3 rows read, 2 accepted, 1 rejected"
says out "refused: drug_test.csv"
says out "rejected: 1 area  too_few_fields"
says out "results: none"
expect 3 report area --db "$work/a.db" --area E1 --out "$work/pages"
expect 0 build "$work/a.db"
expect 0 build "$work/a.db"
says out "no change"

expect 0 revisions "$work/a.db"
says out "nothing has been revised"

# From another folder, through a link, with blanks and quotes in names.
mkdir "$work/a folder's \"name\""
cp "$work/in/area.csv" "$work/a folder's \"name\"/area-2.csv"
cd "$work/a folder's \"name\""
expect 0 init "it's.db"
expect 0 load "it's.db" area-2.csv
says out "area-2.csv: 2 read, 1 accepted, 1 rejected"
expect 0 build "./it's.db"
check "no file left in the folder" "$(ls | wc -l)" 2
cd "$root"

# Another load at work: the message says so.
sqlite3 "$work/a.db" "BEGIN IMMEDIATE" ".shell sleep 30" >"$work/lock" 2>&1 &
locker=$!
sleep 0.5
printf 'area_code,area_name,area_type\nE3,C,police_force\n' >"$work/in/area-3.csv"
expect 3 load "$work/a.db" "$work/in/area-3.csv"
says err "locked"
three_lines
kill "$locker"
wait "$locker" 2>/dev/null || true

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
