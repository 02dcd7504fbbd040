#!/usr/bin/env bash
# quality.sh - the data quality report: known answers on the hand-made set; on a small nation every
# count beside SQL of another wording, and nobody named; internal, so never among publications.
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
reoffend() { lua5.4 lua/bin/reoffend "$@"; }
make_database() { # NAME FOLDER
  reoffend init "$work/$1.db"
  reoffend load -q "$work/$1.db" "$2"
  reoffend build "$work/$1.db"
  reoffend report quality --db "$work/$1.db" --window 2009-01-01 --out "$work/$1"
}
[ -x build/release/nation ] || make --no-print-directory build/release/nation >"$work/made"
build/release/nation --out "$work/extracts" --scale 0.0005 --seed 3 >"$work/made"
# More of what is rare in so small a nation: results entered late, rows rejected, people managed of
# whom too little is said to match them.
spoil() { # FILE PROGRAM: of awk, on a file without quoted cells
  awk -F, -v OFS=, "$2" "$work/extracts/$1" >"$work/spoilt" && mv "$work/spoilt" "$work/extracts/$1"
}
spoil pnc_offence.csv 'NR % 11 == 0 { $9 = "X" }
  NR % 7 == 0 && $8 > "" && $8 < "2011-06" { $12 = NR % 2 ? "2011-06-30" : "2011-07-01" } 1'
spoil pnc_appearance.csv 'NR % 9 == 0 { $4 = "X" } NR % 27 == 0 { $3 = "" } 1'
for quarter in 2009-04-01 2009-10-01; do
  spoil "jtrack_caseload_$quarter.csv" 'NR % 2 == 0 { $2 = ""; $5 = "" } 1'
done
make_database hand samples/hand >"$work/said" 2>&1 || cat "$work/said"
make_database nation "$work/extracts" >"$work/said" 2>&1 || cat "$work/said"
page=INTERNAL-data-quality-2009-01-01

# figure NAME TOPIC GROUP SUBGROUP DETAIL MEASURE: the value in the CSV of a report.
for name in hand nation; do
  sqlite3 "$work/$name.db" ".import --csv $work/$name/$page.csv quality"
done
figure() {
  sqlite3 "$work/$1.db" "SELECT value || date FROM quality WHERE topic = '$2' AND \"group\" = '$3'
    AND subgroup = '$4' AND detail = '$5' AND measure = '$6'"
}
window() { # NAME MEASURE
  sqlite3 "$work/$1.db" "SELECT value FROM quality WHERE topic = 'window' AND measure = '$2'"
}

# The hand-made set: Twenty (no date), Twenty-B (straddles the index day) and Twenty-D (reaches
# beyond the follow-up) may have re-offended; Eight-F has no sentence; Two and Thirteen-E are proven
# on the last day of the wait; Twentynine's re-offence does not say its sub-class.
check "offenders" "$(window hand offenders)" 48
check "undated" "$(window hand with_undated)" 1
check "straddling" "$(window hand with_straddling)" 1
check "doubtful" "$(window hand with_doubtful)" 3
check "more re-offenders" "$(window hand more_reoffenders)" 3
check "at most" "$(window hand at_most | cut -c1-6)" 0.3958
check "releases" "$(window hand releases_lost)" 1
check "unclassified" "$(window hand unclassified)" 1
check "waited 5 months" "$(figure hand waiting 5 '' '' reoffences)" 18
check "waited 6 months" "$(figure hand waiting 6 '' '' reoffences)" 20
check "proven in the last month" \
  "$(figure hand windows 'Jan to Dec 2009' '' '' last_month)" 2
check "an impossible date" \
  "$(figure hand rejected_by_file pnc_appearance.csv appearance_date not_a_date rows)" 1
check "nobody of unknown age" "$(window hand no_age)" 0

# The nation: pairs of queries that must give the same rows.
same() { # WHAT QUERY-OF-THE-REPORT QUERY-OF-THE-DATABASE
  local database=$work/nation.db load=".load build/release/reoffend"
  sqlite3 "$database" "$load" "$2" >"$work/reported" 2>&1 || true
  sqlite3 "$database" "$load" "$3" >"$work/counted" 2>&1 || echo failed >>"$work/counted"
  if [ -s "$work/counted" ] && cmp -s "$work/reported" "$work/counted"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $1:"
    diff "$work/reported" "$work/counted" | head -5 || true
  fi
}
value() { # TOPIC MEASURE: the value as a number, by group
  echo "SELECT \"group\", value + 0 FROM quality WHERE topic = '$1' AND measure = '$2'
    AND value <> '' ORDER BY 1"
}
for column in read accepted rejected; do
  same "$column by file" "$(value rows_by_file $column)" \
    "SELECT file, $column FROM load_file WHERE state = 'current' ORDER BY 1"
done
same "read is accepted and rejected" \
  "SELECT sum(value) FROM quality WHERE topic = 'rows_by_file' AND measure = 'read'" \
  "SELECT sum(value) FROM quality WHERE topic = 'rows_by_format'
     AND measure IN ('accepted', 'rejected')"
same "rejected rows by file" "$(value rows_by_file rejected | sed 's/value + 0/value + 0 AS v/;
  s/ORDER/AND v > 0 ORDER/')" "SELECT file, count(*) FROM reject GROUP BY file ORDER BY file"
same "rejected by reason" "$(value rejected_by_reason rows)" \
  "SELECT reason_code, count(*) FROM reject WHERE step <> 'refused' GROUP BY 1 ORDER BY 1"
same "caseload matched by quarter" \
  "SELECT sum(value) FROM quality WHERE topic = 'match_by_quarter'
     AND measure IN ('by_pnc_id', 'by_name', 'by_review')" \
  "SELECT count(*) FROM caseload WHERE offender_id IN (SELECT offender_id FROM person)"
while read -r measure column; do
  same "caseload by area and quarter: $measure" "SELECT subgroup, detail, value + 0 FROM quality
    WHERE topic = 'match_by_area_and_quarter' AND measure = '$measure' ORDER BY 1, 2" \
    "SELECT area_code, quarter_start, $column FROM match_rate WHERE source = 'jtrack_caseload'
     ORDER BY 1, 2"
done <<<"listed listed_rows
by_name matched_by_name
unmatched unmatched"
same "caseload listed by area" "SELECT sum(value) FROM quality
  WHERE topic = 'match_by_area' AND measure = 'listed'" "SELECT count(*) FROM caseload"
same "events of nobody" "$(value match_by_source nobody) LIMIT 1 OFFSET 5" \
  "SELECT 'pnc_offence', count(*) FROM offence LEFT JOIN person USING (offender_id)
   WHERE pnc_id IS NULL"
same "undated by year" "$(value dates_by_year undated | sed "s/ORDER/AND \"group\" < 'b' ORDER/")" \
  "SELECT strftime('%Y', proven_date), count(*) - count(coalesce(offence_date, offence_date_end))
   FROM offence WHERE excluded IS NULL AND proven_date >= '2000-01-01' GROUP BY 1 ORDER BY 1"
same "ranges by force" "SELECT sum(value) FROM quality
  WHERE topic = 'dates_by_force' AND measure = 'ranges'" \
  "SELECT count(*) FROM offence WHERE excluded IS NULL AND proven_date IS NOT NULL
   AND julianday(offence_date_end) - julianday(offence_date) > 0"
same "exclusions" "SELECT \"group\", subgroup, value + 0 FROM quality
  WHERE topic = 'exclusions' AND measure = 'events' ORDER BY 1, 2" \
  "SELECT iif(event = 'offence', 'Offence', 'Appearance: ' || replace(kind, '_', ' ')),
     ifnull(excluded, 'counts'), events FROM exclusion_summary ORDER BY 1, 2"
same "releases without a sentence" "SELECT sum(value) FROM quality
  WHERE topic = 'releases' AND measure = 'no_sentence'" \
  "SELECT count(*) FROM appearance WHERE excluded = 'no sentence on record'"
same "unclassified by window" "$(value unclassified unclassified)" \
  "SELECT window_start, unclassified_reoffences FROM result
   WHERE topic = '' ORDER BY 1"
same "unknown offence codes" "SELECT value + 0 FROM quality WHERE topic = 'unknown_codes'
  AND subgroup = 'ho_code' AND measure = 'rows'" \
  "SELECT count(*) FROM notice WHERE column_name = 'ho_code'"

same "results entered late by year" "$(value entry_by_year late)" \
  "SELECT strftime('%Y', proven_date), count(*) FILTER (WHERE calendar_add_months(proven_date, 6)
     < entry_date) FROM offence WHERE excluded IS NULL AND proven_date >= '2000-01-01'
   AND entry_date IS NOT NULL GROUP BY 1 ORDER BY 1"
same "arrests entered within a day" \
  "SELECT sum(value) FROM quality WHERE topic = 'arrests_by_force' AND measure = 'within_a_day'" \
  "SELECT count(*) FROM arrest WHERE entry_date IN (arrest_date, date(arrest_date, '+1 day'))
   AND arrest_date > '2010-12-31'"
says_when() { # NAME TEXT
  check "$1: $2" "$(grep -c "$2" "$work/$1/$page.html")" "$3"
}
says_when hand "extracts do not say when a result was entered" 1
says_when hand "extracts do not say when an arrest was entered" 1
says_when nation "extracts do not say when" 0

# Percentiles, in another wording: the k-th value in order.
for share in '2 median_days' '10 ninth_decile_days'; do
  same "${share#* } by year" "$(value days_by_year "${share#* }")" \
    "WITH day AS (
       SELECT substr(proven_date, 1, 4) AS year,
         CAST(julianday(proven_date) - julianday(offence_date) AS INTEGER) AS days
       FROM offence WHERE excluded IS NULL AND proven_date >= '2000-01-01'
         AND offence_date IS NOT NULL AND offence_date_end IS NULL)
     SELECT year, min(days) FROM day AS d
     WHERE (SELECT count(*) FROM day AS e WHERE e.year = d.year AND e.days <= d.days)
       * ${share%% *} >= (${share%% *} - 1) * (SELECT count(*) FROM day AS f WHERE f.year = d.year)
     GROUP BY year ORDER BY year"
done

same "median days to entry" "$(value entry_by_year median_days)" \
  "WITH day AS (
     SELECT substr(proven_date, 1, 4) AS year,
       CAST(julianday(entry_date) - julianday(proven_date) AS INTEGER) AS days
     FROM offence WHERE excluded IS NULL AND proven_date >= '2000-01-01'
       AND entry_date IS NOT NULL)
   SELECT year, min(days) FROM day AS d
   WHERE (SELECT count(*) FROM day AS e WHERE e.year = d.year AND e.days <= d.days)
     * 2 >= (SELECT count(*) FROM day AS f WHERE f.year = d.year)
   GROUP BY year ORDER BY year"

# Windows: what a wait one month shorter leaves out; who had been waited for at the extract.
same "proven in the last month of the wait" "SELECT value + 0 FROM quality WHERE topic = 'windows'
  AND measure = 'last_month' ORDER BY rowid" \
  "SELECT a.reoffences - b.reoffences
   FROM reoffend_rates('history', '2007-07-01', '2011-01-01', '') AS a
   JOIN reoffend_rates('history', '2007-07-01', '2011-01-01', '') AS b USING (window_start)
   WHERE b.wait_months = 5 ORDER BY window_start"
same "waiting over" "SELECT round(value, 9) FROM quality WHERE topic = 'windows'
  AND measure = 'waited_share' AND \"group\" = 'Jan to Dec 2010'" \
  "SELECT round(avg(index_date <= '2010-06-30'), 9)
   FROM reoffend_cohort('history', '2010-01-01')"

# What the faults do to the figures of the window: each figure, and another way to it.
effect() { # MEASURE QUERY
  same "effect: $1" "SELECT value + 0 FROM quality WHERE topic = 'window' AND measure = '$1'" "$2"
  check "effect: there is something of $1" \
    "$(sqlite3 "$work/nation.db" "SELECT value > 0 FROM quality WHERE topic = 'window'
      AND measure = '$1'")" 1
}
effect entered_late "SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') AS c
  JOIN reoffend_explain AS e ON e.history = 'history' AND e.offender_id = c.offender_id
    AND e.window_start = '2009-01-01'
  JOIN offence AS o ON o.offence_id = e.event_id
  WHERE e.event = 'offence' AND e.decision = 're-offence' AND o.entry_date > '2011-06-30'"
effect rejected_events "SELECT count(*) FROM reject JOIN json_each(row_text) AS c
  WHERE file IN ('pnc_appearance.csv', 'prison_release.csv', 'drug_test.csv')
    AND reason_code NOT IN ('duplicate', 'superseded') AND substr(c.value, 1, 4) = '2009'
    AND c.key IN ('appearance_date', 'release_date', 'test_date')"
effect rejected_offences "SELECT count(*) FROM reject WHERE file = 'pnc_offence.csv'
  AND reason_code NOT IN ('duplicate', 'superseded')
  AND row_text ->> 'proven_date' >= '2009' AND row_text ->> 'proven_date' < '2011-07'"
effect managed "SELECT count(DISTINCT offender_id) FROM caseload JOIN person USING (offender_id)
  WHERE extract_date LIKE '2009%'"
effect managed_unmatched "SELECT count(DISTINCT json_array(surname, forename, birth_date,
    listed_id))
  FROM caseload WHERE extract_date LIKE '2009%' AND match_outcome <> 'certain'"

# The page shows what the CSV holds, and names nobody in any form.
html=$work/nation/$page.html csv=$work/nation/$page.csv
number=$(sqlite3 "$work/nation.db" "SELECT printf('%,d', read) FROM load_file
  WHERE file = 'pnc_offence.csv'")
check "the page shows the rows read" "$(grep -cF "<td class=\"n\">$number</td>" "$html")" 2
check "the banner" "$(grep -c 'Internal: not for publication.</strong>' "$html")" 1
nobody() { # WHAT QUERY
  local database
  for database in "$work/nation.db" "$work/hand.db"; do
    sqlite3 "$database" ".load build/release/reoffend" ".read sql/20_staged.sql" "$2" |
      sort -u >"$work/names"
    [ -s "$work/names" ] || { failed=$((failed + 1)); echo "FAILED no $1 to look for"; }
    check "no $1 on the page or in the CSV" "$(cat "${database%.db}"/INTERNAL* |
      grep -owFf "$work/names" | sort -u | head -3)" ""
  done
}
nobody "PNC id" "SELECT pnc_id FROM person
  UNION SELECT json_extract(row_text, '\$.pnc_id') FROM staged_pnc_person
  UNION SELECT pnc_id FROM staged_jtrack_caseload WHERE length(pnc_id) > 5"
nobody "offender_id" "SELECT offender_id FROM person UNION SELECT offender_id FROM offence"
check "nothing in the form of a PNC id" "$(grep -oE '[0-9]{2,4}/[0-9]{1,7}[A-Z]' "$html" "$csv")" ""
sqlite3 "$work/nation.db" "SELECT surname FROM person UNION SELECT surname FROM caseload
  EXCEPT SELECT area_name FROM area EXCEPT SELECT force_name FROM police_force" |
  grep -v '^$' >"$work/names"
check "no surname on the page" "$(grep -owFf "$work/names" "$html" "$csv" | sort -u | head -3)" ""
check "a name would be found" "$(head -1 "$work/names" | grep -cwFf "$work/names")" 1

# Internal: not beside publications, and by default in a folder of its own.
mkdir "$work/publication"
echo '<p>' >"$work/publication/area-E1.html"
status=0
reoffend report quality --db "$work/hand.db" --out "$work/publication" 2>"$work/said" || status=$?
check "refused among publications" "$status" 4
check "nothing written there" "$(ls "$work/publication")" area-E1.html
root=$PWD
cd "$work"
lua5.4 "$root/lua/bin/reoffend" report quality --db hand.db --window 2009-01-01 --quiet
check "the folder by default" "$(ls internal)" \
  "$(printf '%s\n' $page.csv $page.csv-metadata.json $page.html)"
check "the same bytes again" "$(cmp "internal/$page.html" "hand/$page.html" && echo same)" same
cd "$root"
status=0
reoffend report quality --db "$work/hand.db" --window 1999-01-01 2>"$work/said" || status=$?
check "an unknown window" "$status" 2

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
