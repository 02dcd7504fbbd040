#!/usr/bin/env bash
# review.sh - the command that shows possible matches and takes decisions: one by one, from a file,
# taken back; refused as a whole where one is wrong; kept through loads and builds.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # NAME ACTUAL EXPECTED
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s: expected %s, got %s\n' "$1" "$3" "$2"
  fi
}
expect() { # STATUS ARGUMENTS...: reoffend review of the database
  local wanted=$1 status=0
  shift
  lua5.4 lua/bin/reoffend review "$database" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
  check "exit of: reoffend review $*" "$status" "$wanted"
}
says() { # FILE TEXT
  if grep -qF -- "$2" "$work/$1"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED not said on %s: %s; it said:\n%s\n' "$1" "$2" "$(cat "$work/$1")"
  fi
}
# A message is three lines and names nobody.
discreet() {
  check "three lines of message" "$(wc -l <"$work/err")" 3
  check "no name in a message" "$(grep -ciE 'brien|nightjar|quillfeather|1980|1970' "$work/err" ||
    true)" 0
}
reoffend() { lua5.4 lua/bin/reoffend "$@" >"$work/said" 2>&1 || cat "$work/said"; }
ask() { sqlite3 -batch -init /dev/null "$database" '.load build/release/reoffend' "$1"; }

pnc() { # SERIAL: the PNC id of 1995 with its check letter
  local letters=ZABCDEFGHJKLMNPQRTUVWXY
  printf '1995/%07d%s' "$1" "${letters:$(((950000000 + $1) % 23)):1}"
}
listed() { # DATE SURNAME FORENAME BIRTH
  echo "$1,,$2,$3,$4,PPO,E23000014,active,2008-11-01,,"
}
mkdir "$work/extracts"
printf 'name,value\nextract_date,2011-12-31\n' >"$work/extracts/extract.csv"
printf 'area_code,area_name,area_type\nE23000014,West Midlands,police_force\n' \
  >"$work/extracts/area.csv"
{
  echo pnc_id,surname,forename,birth_date,sex,ethnicity
  echo "$(pnc 1),Quillfeather,Zebedee,1980-06-16,M,White"
  echo "$(pnc 2),Quillfeather,Zebedee,1980-06-25,M,White"
  echo "$(pnc 4),Nightjar,Zebedee,1980-06-15,M,White"
  echo "$(pnc 5),Nightjar,Zebedee,1980-06-15,M,White"
  echo "$(pnc 6),=O'Brien,José,1970-01-02,M,White"
} >"$work/extracts/pnc_person.csv"
head=extract_date,pnc_id,surname,forename,birth_date,scheme,area_code,status,nominated_date
head+=,removed_date,removal_reason
quarter() { # DATE
  {
    echo "$head"
    listed "$1" Quillfeather Zebedee 1980-06-15
    listed "$1" Nightjar Zebedee 1980-06-15
    listed "$1" "=O'Brian" José 1970-02-01
  } >"$work/extracts/jtrack_caseload_$1.csv"
}
quarter 2009-01-01
database="$work/it's a.db"
reoffend init "$database"
expect 0
says out "0 wait for a decision, 0 are decided"
reoffend load "$database" "$work/extracts"
reoffend build "$database"

# --- showing -------------------------------------------------------------------------------------

expect 0
says out "Internal: names and birth dates of people."
says out "surname     =O'Brian                  =O'Brien                  93 % alike"
says out "birth date  1970-02-01                1970-01-02                day and month exchanged"
says out "5 wait for a decision, 0 are decided"
check "five blocks" "$(grep -cE '^[0-9a-f]{12}  ' "$work/out")" 5
expect 0 --limit 2
says out "3 more: --limit NUMBER"
check "two blocks" "$(grep -cE '^[0-9a-f]{12}  ' "$work/out")" 2
expect 0 --decided
check "none decided" "$(grep -cE '^[0-9a-f]{12}  ' "$work/out" || true)" 0
expect 2 --limit few
expect 0 --help
id() { # SERIAL of the record: the id of the possible match
  ask "SELECT review_id FROM match_review WHERE offender_id = 19950000000 + $1"
}
first=$(id 1) second=$(id 2) brien=$(id 6)

# --- one by one ----------------------------------------------------------------------------------

decisions() { ask "SELECT group_concat((offender_id % 10) || decision, ' ') FROM (SELECT *
  FROM match_review WHERE decision IS NOT NULL ORDER BY offender_id)"; }
expect 0 --same "$first"
says out "1 decided; take it into the results with: reoffend build $database"
expect 0 --same "$first"
says out "no change"
expect 1 --same "$second"
says err "the listed person is decided to be the same as another record"
says err "--undo $first; nothing was decided"
discreet
expect 0 --undo "$first" --same "$second" --different "${brien:0:8}"
says out "3 decided"
check "moved from one to the other" "$(decisions)" "2accept 6reject"
expect 0 --decided
says out "$second  decided: same; "
says out "$brien  decided: different; "
expect 0
says out "3 wait for a decision, 2 are decided"
expect 1 --same 000000000000
says err "there is no possible match with this id"
discreet
expect 1 --same "' OR 1"
discreet
expect 1 --undo "$second" --same nonsense
check "all or nothing" "$(decisions)" "2accept 6reject"
expect 1 --same "$first" --different "$first"
says err "decided twice, in two ways"
expect 0 --undo "$second" --undo "$brien"
check "taken back" "$(decisions)" ""

# --- many, by files ------------------------------------------------------------------------------

expect 0 --csv "$work/review.csv"
says out "5 possible matches: $work/review.csv"
check "a line each" "$(wc -l <"$work/review.csv")" 6
check "a formula is defused" "$(grep -c ",'=O'Brian," "$work/review.csv")" 1
expect 0 --csv -
check "the same on the terminal" "$(cmp "$work/out" "$work/review.csv" && echo same)" same
expect 0 --decisions "$work/review.csv"
says out "no change"
sed -E "s/^($first),,/\1,same,/; s/^($second),,/\1, Different ,/; s/$/\r/" "$work/review.csv" \
  >"$work/filled.csv"
expect 0 --decisions "$work/filled.csv"
says out "2 decided"
check "as filled in" "$(decisions)" "1accept 2reject"
expect 0 --decisions "$work/filled.csv"
says out "no change"
expect 0 --all --csv "$work/all.csv"
check "decisions in the file" "$(grep -cE "^($first,same|$second,different)," "$work/all.csv")" 2
refused() { # MESSAGE WHERE LINES...: a file of decisions that is refused as a whole
  local message=$1 where=$2
  shift 2
  printf '%s\n' "$@" >"$work/wrong.csv"
  expect 1 --decisions "$work/wrong.csv"
  says err "$message"
  says err "$where"
  discreet
  check "nothing decided by: $message" "$(decisions)" "1accept 2reject"
}
refused "there is no possible match with this id" "wrong.csv, line 3" \
  review_id,decision "$brien,same" "abcd,same"
refused "a decision is same, different or undo" "wrong.csv, line 2, column decision" \
  decision,review_id "Nightjar,$brien"
refused "the header lacks decision" "wrong.csv, line 1, column decision" "review_id" "$brien"
refused "a quote stands where none may" "wrong.csv, line 2" review_id,decision "\"$brien,same"
refused "decided twice" "wrong.csv, line 3" review_id,decision "$brien,same" "$brien,different"
refused "decided to be the same as another record" "wrong.csv, line 2" review_id,decision \
  "$second,same"
expect 1 --decisions "$work/none.csv"
discreet
expect 1 --csv "$work/no/such\folder/review.csv"/
printf 'decision,note,review_id\n\nundo,"two\nlines",%s\n,,%s\n' "$second" "$brien" \
  >"$work/undo.csv"
expect 0 --decisions "$work/undo.csv"
check "undone by a file" "$(decisions)" "1accept"

# --- kept ----------------------------------------------------------------------------------------

reoffend build "$database"
outcome() { ask "SELECT group_concat(extract_date || ' ' || matched_by, ', ') FROM (SELECT *
  FROM caseload WHERE offender_id = 19950000001 ORDER BY extract_date)"; }
check "in the results" "$(outcome)" "2009-01-01 review"
quarter 2009-04-01
reoffend load "$database" "$work/extracts"
check "a load keeps it" "$(decisions)" "1accept"
reoffend build "$database"
check "it holds for the next extract" "$(outcome)" "2009-01-01 review, 2009-04-01 review"
check "and the id stays" "$(id 1) $(id 6)" "$first $brien"
expect 0
says out "listed 2 times from 2009-01-01 to 2009-04-01, E23000014"
rm "$database"
reoffend init "$database"
reoffend load "$database" "$work/extracts"
reoffend build "$database"
check "the ids depend on nothing else" "$(id 1) $(id 2) $(id 6)" "$first $second $brien"

rm "$database"
expect 3
discreet

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
