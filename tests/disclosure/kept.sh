#!/usr/bin/env bash
# kept.sh - a window published twice: what one publication hides the other must not give away (R35).
#
# The made-up results of tests/support/publication.sh, and the same as a later extract would give
# them: offenders as they were, more of them re-offenders, so other groups are small. Laid side by
# side the two give numbers of offenders away; with what the first hid kept hidden (reoffend
# keep-hidden) they do not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

passed=0 failed=0
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $1"; }

work=build/test/kept
window=2008-07-01
rm -rf "$work"
mkdir -p "$work"
make --no-print-directory build/check/attack >"$work/make.log" 2>&1
bash tests/support/publication.sh "$work/first.db"
bash tests/support/publication.sh "$work/later.db" later

publish() { # NAME: all publications of the window
  for report in area subcohort; do
    lua5.4 "reports/$report.lua" "--$report" all --db "$work/${2:-$1}.db" --window "$window" \
      --out "$work/$1" --quiet
  done
}
found_in() { # FOLDERS: how many numbers of offenders are given away
  lua5.4 tests/disclosure/published.lua "$1" "$window" offenders | build/check/attack |
    sed -n 's/.*, \([0-9]*\) found$/\1/p' || true
}
protect() { # the step of the build that comes after the results
  sqlite3 -bail "$work/$1.db" ".load build/release/reoffend" ".read sql/65_disclosure.sql"
}

publish first
publish later
alone=$(found_in "$work/first")$(found_in "$work/later")
both=$(found_in "$work/first,$work/later")
echo "each by itself: $alone found; side by side: $both found"
if [ "$alone" = 00 ]; then good; else bad "one of them by itself"; fi
if [ "${both:-0}" -gt 0 ]; then good; else bad "side by side nothing is given away: no test"; fi

list=$work/first/hidden-$window.csv
reoffend() { lua5.4 lua/bin/reoffend "$@"; }
said=$(reoffend keep-hidden "$work/later.db" "$list")
again=$(reoffend keep-hidden "$work/later.db" "$list")
if [[ $said == "kept hidden: "[1-9]*" figures;"* && $again == "$said" ]]; then good; else
  bad "keep-hidden says: $said, then $again"
fi
protect later
publish kept later
both=$(found_in "$work/first,$work/kept")
echo "with what was hidden kept hidden: $both found"
if [ "$both" = 0 ]; then good; else bad "still given away: $both"; fi
# Everything the first list names is in the second, itself or with its whole group.
missing=$(sqlite3 :memory: ".import --csv $list first" \
  ".import --csv $work/kept/hidden-$window.csv kept" \
  "SELECT count(*) FROM first AS f WHERE NOT EXISTS (
     SELECT 1 FROM kept AS k
     WHERE k.window_start = f.window_start AND k.area_code = f.area_code
       AND k.subcohort_code = f.subcohort_code AND k.breakdown_topic = f.breakdown_topic
       AND k.breakdown_code = f.breakdown_code AND k.figures_code IN ('people', f.figures_code))")
if [ "$missing" = 0 ]; then good; else bad "shown though hidden before: $missing figures"; fi

# Forgotten, it is as if it had never been given.
reoffend keep-hidden --forget "$work/later.db" >"$work/said"
protect later
publish forgotten later
if diff -rq "$work/later" "$work/forgotten"; then good; else bad "--forget leaves something"; fi

# A file that is no such list changes nothing, and says so.
status=0
reoffend keep-hidden "$work/later.db" README.md >"$work/said" 2>&1 || status=$?
if [ "$status" = 1 ] && grep -q "no list of what a publication hides" "$work/said"; then good; else
  bad "another file: status $status"
fi
status=0
reoffend keep-hidden "$work/later.db" >"$work/said" 2>&1 || status=$?
if [ "$status" = 2 ]; then good; else bad "no file: status $status"; fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
