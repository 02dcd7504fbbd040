#!/usr/bin/env bash
# extract_to_page.sh - the whole way on a small synthetic nation: raw extracts, load, build, pages;
# and what the pages say equals what the plain sqlite3 shell answers from the history itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

passed=0 failed=0
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $1"; }

folder=build/test/extract_to_page
window=2009-01-01
area=E23000001
rm -rf "$folder"
mkdir -p "$folder"
make --no-print-directory -s build/release/nation
build/release/nation --out "$folder/extracts" --scale 0.003 --seed 5 >/dev/null
database=$folder/reoffend.db
reoffend() { lua5.4 lua/bin/reoffend "$@"; }
reoffend init "$database" >/dev/null
reoffend load --quiet "$database" "$folder/extracts" >/dev/null
reoffend build "$database" >/dev/null
for report in "area --area $area" "subcohort --subcohort class_a"; do
  # shellcheck disable=SC2086
  if reoffend report $report --db "$database" --window $window --out "$folder" --quiet; then
    good
  else
    bad "reoffend report $report"
  fi
done
page=$folder/area-$area-$window.html
csv=$folder/area-$area-$window.csv

# ask SQL: the shell's answer from the history, not from the result table.
ask() { sqlite3 -readonly "$database" ".load build/release/reoffend" "$1"; }

# says PAGE TEXT: the page holds the text.
says() { if grep -qF "$2" "$1"; then good; else bad "$(basename "$1") does not say: $2"; fi; }

headline=$(ask "SELECT printf('%,d offenders identified in %s from January to December 2009,'
    || ' %,d were proven to have re-offended within 12 months: %.1f%%', offenders,
    (SELECT area_name FROM area WHERE area_code = '$area'), reoffenders, 100 * proportion)
  FROM reoffend_rates('history', '$window', '$window', 'area_code') WHERE area_code = '$area'")
says "$page" "$headline"
nation=$(ask "SELECT printf('The proportion for England and Wales was %.1f%%', 100 * proportion)
  FROM reoffend_rates('history', '$window', '$window', '')")
says "$page" "$nation"
group=$(ask "SELECT printf('%,d offenders identified in the sub-cohort Class A drug misusers'
    || ' from January to December 2009, %,d were proven', offenders, reoffenders)
  FROM reoffend_rates('history', '$window', '$window', 'subcohort') WHERE subcohort = 'class_a'")
says "$folder/subcohort-class_a-$window.html" "$group"

# The CSV, read back by the shell: its counts are those of the history, its breakdowns add up.
differences=$(sqlite3 :memory: ".import --csv $csv figure" "
  SELECT count(*) FROM figure AS part
  JOIN figure AS whole USING (window_start, area_code, subcohort, measure)
  WHERE part.breakdown_topic = 'age_group' AND whole.breakdown_topic = 'total'
    AND measure IN ('offenders', 'reoffenders', 'reoffences')
  GROUP BY window_start, area_code, measure
  HAVING min(part.conf_status) = 'F' AND max(part.conf_status) = 'F'
    AND sum(part.value) <> CAST(max(whole.value) AS INTEGER)")
if [ -z "$differences" ]; then good; else bad "age groups do not add up in the CSV"; fi
trend=$(sqlite3 :memory: ".import --csv $csv figure" "
  SELECT window_start, value FROM figure WHERE area_code = 'K04000001' AND measure = 'reoffences'
    AND breakdown_topic = 'total' AND subcohort = 'all' AND window_start = '$window'")
told=$(ask "SELECT window_start, reoffences
  FROM reoffend_rates('history', '$window', '$window', '')")
if [ "$trend" = "$told" ]; then good; else bad "CSV $trend, history $told"; fi

# The page names its data for what they are, its extract and the software.
says "$page" "Synthetic data."
says "$page" "$(sqlite3 "$database" "SELECT 'Made with reoffend ' || '$(cat VERSION)'")"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
