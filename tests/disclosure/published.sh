#!/usr/bin/env bash
# published.sh - attacks what the publications really say, as the files lie on the disk (R35).
#
# published.lua makes equations of a folder's CSV files, predictions.lua of what these and the page
# on the models say of predictions; build/check/attack (attack.c) solves them by elimination and
# bounds them by linear programming. Attacked: what `make demo` publishes; all areas, sub-cohorts
# and models of the demonstration, in three windows; the small made-up results of
# tests/support/publication.sh. Then the same with secondary suppression taken back, and with models
# that say how many they were fitted on, which the attack must notice; pages without the table of
# results; and that nothing internal is published.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

passed=0 failed=0
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $1"; }

work=build/test/disclosure
rm -rf "$work"
mkdir -p "$work"
make --no-print-directory build/check/attack demo-pages >"$work/make.log" 2>&1 ||
  { tail -20 "$work/make.log"; exit 1; }
demo=build/demo/reoffend.db
small=$work/small.db
bash tests/support/publication.sh "$small"

publish() { # DATABASE WINDOW FOLDER: every area, every sub-cohort, the models if there are some
  lua5.4 reports/area.lua --area all --db "$1" --window "$2" --out "$3" --quiet
  lua5.4 reports/subcohort.lua --subcohort all --db "$1" --window "$2" --out "$3" --quiet
  if [ "$(sqlite3 "$1" "SELECT count(*) FROM model")" -gt 0 ]; then
    lua5.4 reports/model.lua --db "$1" --out "$3" --quiet
  fi
}

attack() { # FOLDER WINDOW [drug_tests]: what is found; the last line counts
  {
    lua5.4 tests/disclosure/published.lua "$@"
    lua5.4 tests/disclosure/predictions.lua "$1" "$2"
  } | build/check/attack
}

withstands() { # NAME LEAST-SECRETS FOLDER WINDOW [drug_tests]
  local found secrets
  found=$(attack "${@:3}") || true
  secrets=$(sed -n 's/.* unknown, \([0-9]*\) secret, 0 found$/\1/p' <<<"$found")
  echo "$1: $(tail -1 <<<"$found")"
  if [ "${secrets:-0}" -ge "$2" ]; then good; else bad "$1: $(tail -6 <<<"$found")"; fi
}

notices() { # NAME FOLDER WINDOW
  local count
  count=$(attack "$2" "$3" | sed -n 's/.*, \([0-9]*\) found$/\1/p') || true
  echo "$1: $count found"
  if [ "${count:-0}" -gt 50 ]; then good; else bad "$1: the attack notices nothing"; fi
}

withstands "make demo" 100 build/demo/publication 2009-01-01 drug_tests
for window in 2000-01-01 2004-07-01 2009-01-01; do
  publish "$demo" "$window" "$work/demo-$window"
  withstands "all areas and sub-cohorts, $window" 3000 "$work/demo-$window" "$window" drug_tests
done
for window in 2007-01-01 2008-07-01 2009-01-01; do
  publish "$small" "$window" "$work/small-$window"
  withstands "small results, $window" 100 "$work/small-$window" "$window"
done

# Without secondary suppression the attack finds figures.
for name in demo small; do
  window=2008-07-01
  cp "build/demo/reoffend.db" "$work/primary.db"
  if [ "$name" = small ]; then cp "$small" "$work/primary.db"; fi
  sqlite3 -bail "$work/primary.db" ".read tests/disclosure/primary_only.sql" >"$work/shown"
  publish "$work/primary.db" "$window" "$work/primary-$name"
  notices "$name with secondary suppression taken back" "$work/primary-$name" "$window"
done

# With the people of every model shown the attack finds how many of those without a prediction
# re-offended.
cp "$demo" "$work/model.db"
sqlite3 -bail "$work/model.db" ".read tests/disclosure/model_shown.sql" >"$work/shown"
cp -r "$work/demo-2000-01-01" "$work/model"
lua5.4 reports/model.lua --db "$work/model.db" --out "$work/model" --quiet
found=$(attack "$work/model" 2000-01-01 drug_tests) || true
echo "the people of every model shown: $(head -1 <<<"$found")"
if grep -q "unscored_reoffenders is [1-9]" <<<"$found"; then good; else
  bad "shown models: the attack notices nothing"
fi

# Publications read the protected tables alone: they are the same when nothing else is left.
cp "$demo" "$work/bare.db"
sqlite3 -bail "$work/bare.db" "DELETE FROM result; DELETE FROM disclosure;
  DELETE FROM hidden_before; DROP TABLE result_previous; DROP TABLE result_revision;
  DROP VIEW national_result; DROP VIEW area_result; DROP VIEW subcohort_result;"
publish "$work/bare.db" 2009-01-01 "$work/bare"
if diff -rq "$work/demo-2009-01-01" "$work/bare"; then good; else bad "a page reads the results"; fi

# The list of what is hidden has what the files say is hidden, one reason for all, and no figure.
lua5.4 tests/disclosure/hidden_list.lua "$work/demo-2009-01-01" 2009-01-01 >"$work/list" || true
tail -1 "$work/list"
if grep -q '^[1-9][0-9]* groups compared, 0 differ$' "$work/list"; then good; else
  bad "the list of what is hidden: $(head -5 "$work/list")"
fi
if grep -rlE 'than the threshold|cannot be worked out|kept hidden|INTERNAL' \
  "$work"/demo-2009-01-01 build/demo/publication; then
  bad "a reason that is internal is published"
else
  good
fi

# The same again gives the same bytes.
publish "$demo" 2009-01-01 "$work/again"
if diff -rq "$work/demo-2009-01-01" "$work/again"; then good; else bad "another run differs"; fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
