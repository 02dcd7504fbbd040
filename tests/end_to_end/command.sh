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
mkfifo "$work/in/pnc_charge.csv"
expect 2 load "$work/a.db" "$work/in/pnc_charge.csv"
says err "must be a plain one"
three_lines
expect 0 load "$work/a.db" "$work/in"
says out "area.csv: 2 read, 1 accepted, 1 rejected"
says out "area.csv: columns the format does not know, kept aside: 1"
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
says out "refused: drug_test.csv, line 1, test_date: the header lacks a column"
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

# Rejected rows are named by file, line and column, never by what stands in them.
mkdir "$work/faulty"
{
  echo 'appearance_id,pnc_id,appearance_date,kind,disposal_code,duration,home_area_code,force_code'
  echo '1,1979/0163001B,2009-02-30,caution,,,,'
  echo '2,1979/0163001B,2009-02-03'
  for id in 3 4 5 6 7 8; do echo "$id,1979/0163001B,2009-02-03,secret,,,,"; done
} >"$work/faulty/pnc_appearance.csv"
expect 0 init "$work/faulty.db"
expect 0 rejects "$work/faulty.db"
says out "nothing was rejected"
expect 0 load "$work/faulty.db" "$work/faulty"
says out "pnc_appearance.csv: 8 read, 0 accepted, 8 rejected"
says out "pnc_appearance.csv, line 2, appearance_date: no day of the calendar"
says out "pnc_appearance.csv, line 3: the row has fewer fields than the header"
says out "pnc_appearance.csv, line 6, kind: "
says out "3 more: reoffend rejects $work/faulty.db"
check "rows shown" "$(grep -c ', line' "$work/out")" 5
check "no value shown" "$(grep -c 'secret\|2009\|0163001' "$work/out" || true)" 0
expect 0 rejects "$work/faulty.db"
says out "pnc_appearance.csv, line 9, kind: the kind is none of the format's"
check "all rows listed" "$(wc -l <"$work/out")" 8
check "no value listed" "$(grep -c 'secret\|2009\|0163001' "$work/out" || true)" 0
expect 0 rejects "$work/faulty.db" --file pnc_appearance.csv --limit 2
says out "6 more"
check "a limit" "$(grep -c ', line' "$work/out")" 2
expect 2 rejects "$work/faulty.db" --file nothing.csv
three_lines
expect 2 rejects "$work/faulty.db" --limit few
three_lines

# A file of a folder that is of no format is named; a folder without extracts is no load.
mkdir "$work/misspelt" "$work/foreign"
cp "$work/in/area.csv" "$work/misspelt/"
echo x >"$work/misspelt/pnc_apperance.csv"
echo x >"$work/misspelt/cohort_North.csv"
for beside in truth.csv expected.csv README.txt; do echo x >"$work/misspelt/$beside"; done
expect 0 load --quiet "$work/faulty.db" "$work/misspelt"
says err "not loaded: pnc_apperance.csv (no extract format has this name)"
says err "not loaded: cohort_North.csv (a local cohort is named"
check "only these are named" "$(wc -l <"$work/err")" 2
echo x >"$work/foreign/other.csv"
expect 1 load "$work/faulty.db" "$work/foreign"
says err "there is no extract file to load"

# Files that are something else than they seem.
mkdir "$work/strange"
header=release_id,pnc_id,release_date,release_type,sentence_date,duration,home_area_code
echo "$header" >"$work/strange/prison_release_2009-02-30.csv"
echo "${header//,/;}" >"$work/strange/prison_release-semicolons.csv"
echo '<!DOCTYPE html><html><body>Not found, sorry</body></html>' \
  >"$work/strange/prison_release-page.csv"
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >"$work/strange/prison_release-image.csv"
printf 'PK\3\4\r\24\0\6\0\b' >"$work/strange/prison_release-zip.csv"
expect 1 load "$work/faulty.db" "$work/strange"
says err "refused: the date in its name is no day of the calendar"
says err "prison_release_2009-02-30.csv, line 1"
says err "refused: its columns are separated by semicolons where commas are needed"
says err "refused: it looks like a page of HTML or XML, not CSV"
check "binary files" "$(grep -c 'refused: it holds bytes that are no text' "$work/err")" 2
expect 0 status "$work/faulty.db"
says out "refused: prison_release_2009-02-30.csv, line 1: the date in the file's name is no day"

# All of its name names a local cohort.
mkdir "$work/cohort"
printf 'pnc_id,start_date\n1979/0163001B,2009-01-01\n' >"$work/cohort/cohort_my-list.csv"
expect 0 load "$work/faulty.db" "$work/cohort"
check "a local cohort" "$(sqlite3 "$work/faulty.db" "SELECT subcohort FROM local_cohort")" my-list

# One command takes a list from any CSV into the results; taken away it is gone; an older one comes
# back.
expect 0 cohort "$work/faulty.db"
says out "my-list: people 1, spells 1, from 2009-01-01 to open, spells of nobody on record 1"
printf 'start_date,note,pnc_id\n2009-01-01,x,1979/0163001B\n2009-01-01,y,79/163001C\n' \
  >"$work/any list.csv"
expect 0 cohort "$work/faulty.db" burglars "$work/any list.csv"
says out "cohort_burglars.csv: 2 read, 1 accepted, 1 rejected"
says out "cohort_burglars.csv, line 3, pnc_id: no PNC id"
says out "built: $work/faulty.db"
members() {
  sqlite3 "$work/faulty.db" "SELECT count(*) FROM membership WHERE subcohort = 'burglars'"
}
check "in the sub-cohort" "$(members)" 1
expect 0 cohort "$work/faulty.db" burglars "$work/any list.csv"
says out "no change"
printf 'pnc_id,start_date\n' >"$work/nobody.csv"
expect 0 cohort "$work/faulty.db" burglars "$work/nobody.csv"
check "another list in its place" "$(members)" 0
expect 0 cohort "$work/faulty.db" burglars "$work/any list.csv"
check "the first list again" "$(members)" 1
expect 0 cohort "$work/faulty.db" burglars --remove
check "taken away" "$(members)" 0
expect 0 cohort "$work/faulty.db"
check "and not listed" "$(grep -c burglars "$work/out" || true)" 0
for wrong in "burglars --remove" "ppo $work/nobody.csv" "Bad $work/nobody.csv" "burglars" \
  "--remove" "x $work/none.csv"; do
  # shellcheck disable=SC2086
  expect 2 cohort "$work/faulty.db" $wrong
  three_lines
done
expect 1 cohort "$work/faulty.db" x "$work/in/drug_test.csv"
says err "refused: the header lacks start_date"

# Progress is told on a terminal, and nowhere else.
expect 0 init "$work/quiet.db"
expect 0 load --quiet "$work/quiet.db" "$work/faulty"
check "nothing told where there is no terminal" "$(cat "$work/err")" ""
expect 0 init "$work/told.db"
script -qec "lua5.4 lua/bin/reoffend load --quiet '$work/told.db' '$work/faulty'" /dev/null \
  >"$work/out" </dev/null
says out "loading pnc_appearance.csv"
says out "pnc_appearance.csv: 0 of "
says out "cleaning"
says out "pnc_appearance: 0 of 7 rows"

# Databases of another version, of something else, without tables, and files that are none.
refused_by_all() { # DATABASE TEXT
  local command
  for command in build status rejects revisions; do
    expect 3 "$command" "$1"
    says err "$2"
    three_lines
    check "no advice to init it" "$(grep -cF "init $1" "$work/err" || true)" 0
  done
  expect 3 load "$1" "$work/in"
  says err "$2"
  expect 3 report area --db "$1" --area E1 --out "$work/pages"
}
for mark in "user_version = 0" "user_version = 999" "application_id = 0"; do
  cp "$work/faulty.db" "$work/other.db"
  sqlite3 "$work/other.db" "PRAGMA $mark"
  refused_by_all "$work/other.db" "made by another version of reoffend"
  says err "made by another version of reoffend"
  expect 3 init "$work/other.db"
  says err "make a new one with: reoffend init NEW.db and load again"
done
sqlite3 "$work/foreign.db" "CREATE TABLE bird (name)"
refused_by_all "$work/foreign.db" "the database belongs to something else"
says err "the database belongs to something else"
expect 3 init "$work/foreign.db"
check "a foreign database is left alone" \
  "$(sqlite3 "$work/foreign.db" "SELECT group_concat(name) FROM sqlite_schema")" bird
refused_by_all "$work/text.db" "not a SQLite database"
expect 3 init "$work/text.db"
check "a foreign file is left alone" "$(cat "$work/text.db")" "plain text"
sqlite3 "$work/empty.db" VACUUM
expect 3 status "$work/empty.db"
says err "the database has no tables yet"
expect 0 init "$work/empty.db"
expect 0 status "$work/empty.db"

# The command works through symbolic links, relative ones too.
mkdir "$work/links"
ln -s "$root/lua/bin/reoffend" "$work/links/first"
ln -s first "$work/links/second"
check "through links" "$("$work/links/second" --version)" "reoffend $(cat VERSION)"
check "through links, from their folder" "$(cd "$work/links" && lua5.4 second --version)" \
  "reoffend $(cat VERSION)"

# What SQLite says comes after a plain sentence.
sqlite3 "$work/faulty.db" "DROP TABLE reject"
expect 3 rejects "$work/faulty.db"
says err "reoffend: a step came to an error (SQLite: "
three_lines

# Another load at work: the message says so.
sqlite3 "$work/a.db" "BEGIN IMMEDIATE" ".shell sleep 30" >"$work/lock" 2>&1 &
locker=$!
sleep 0.5
printf 'area_code,area_name,area_type\nE3,C,police_force\n' >"$work/in/area-3.csv"
expect 3 load "$work/a.db" "$work/in/area-3.csv"
says err "another program is writing to the database"
three_lines
kill "$locker"
wait "$locker" 2>/dev/null || true

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
