#!/usr/bin/env bash
# change.sh - a lookup row changed in its CSV changes the built tables and the lookup version; a row
# that contradicts another stops the build with its file and line.
set -euo pipefail
make -s build/generated/generate
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
generate() { build/generated/generate "$@"; }
passed=0 failed=0
expect() { # WHAT, then a command that must succeed
  local what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}
differs() { ! cmp -s "$1" "$2"; }
refused() { # TABLE MESSAGE
  local message
  if message=$(generate "$1" "$folder" 2>&1 >/dev/null); then return 1; fi
  [[ $message == *"$2"* ]] || { echo "said: $message"; return 1; }
}
fresh() { cp sql/lookup/*.csv "$folder/"; }

fresh
generate offence sql/lookup >"$folder/offence.old"
generate version sql/lookup/*.csv >"$folder/version.old"
generate version "$folder"/*.csv >"$folder/version.same"
expect "the version is of names and content, not of the place" \
  cmp "$folder/version.old" "$folder/version.same"

sed -i 's/^034,00,99,4,/034,00,99,5,/' "$folder/offence_group_rule.csv"
generate offence "$folder" >"$folder/offence.new"
generate version "$folder"/*.csv >"$folder/version.new"
expect "another group for robbery changes the table" \
  differs "$folder/offence.old" "$folder/offence.new"
expect "and the version" differs "$folder/version.old" "$folder/version.new"

fresh
sed -i 's/^1002,custody,yes/1002,other,no/' "$folder/disposal.csv"
generate disposal sql/lookup >"$folder/disposal.old"
generate disposal "$folder" >"$folder/disposal.new"
expect "another disposal changes its table" differs "$folder/disposal.old" "$folder/disposal.new"

fresh
echo '034,01,01,1,hmpps-ogrs3,2000-01-01,' >>"$folder/offence_group_rule.csv"
expect "two groups for one code are refused" refused offence "a code with two groups"
fresh
echo '034,01,01,1,hmpps-ogrs3,2000-01-01,2010-12-31' >>"$folder/offence_group_rule.csv"
generate offence "$folder" >"$folder/offence.new"
expect "a superseded row counts no more" cmp "$folder/offence.old" "$folder/offence.new"
fresh
echo 'violet,034,01,01,yes,measure-r30,2000-01-01,' >>"$folder/offence_flag_rule.csv"
expect "an unknown flag is refused" refused offence "an unknown flag"
fresh
echo 'short,row' >>"$folder/offence_flag_rule.csv"
expect "a short row is refused" refused offence "another number of fields"
fresh
sed -i 's/^1002,custody,yes/1002,prison,yes/' "$folder/disposal.csv"
expect "an unknown category is refused" refused disposal "an unknown category"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
