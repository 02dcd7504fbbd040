#!/usr/bin/env bash
# logit.sh [ROWS] [PASSES] [wall|processor] - logit_fit against R's glm on the same rows.
#
#   make bench-logit [PASSES=5] [CLOCK=processor]
#
# Two tables (logit_rows.c): `sample`, 60 numbers; `person`, five factors and three numbers, 60
# terms. First the answers: deviance and estimates must agree to 1e-8. Then each pass runs both
# once, each in a process of its own. R's time is that of glm alone, with its own tolerance, on a
# data frame in memory; ours is that of the whole SELECT, the reading of the table included. The
# bytes of the rows' own coding (1, 2 or 8 a cell, and 1 of the outcome) are taken off our memory;
# R's is its peak less what it held before.
set -euo pipefail
cd "$(dirname "$0")/../.."
rows=${1:-600000} passes=${2:-5} clock=${3:-wall}
work=build/bench/logit
if ! command -v Rscript >/dev/null; then
  echo "logit.sh: Rscript is missing: make bench-deps" >&2
  exit 1
fi
mkdir -p "$work"
if [ "$(cat "$work/rows" 2>/dev/null)" != "$rows" ]; then
  build/bench/logit_rows "$rows" "$work/rows.db" "$work"
  echo "$rows" >"$work/rows"
fi

variables() {
  case $1 in
    sample) seq -s ', ' -f 'x%g' 1 60 ;;
    person) echo 'age_sex, ethnicity, kind, offence, area, previous, custody, rate' ;;
  esac
}
coding() { # bytes of a row
  case $1 in
    sample) echo $((1 + 40 + 20 * 8)) ;;
    person) echo $((1 + 7 + 2)) ;;
  esac
}

echo "$rows rows; $(sqlite3 --version | cut -d ' ' -f 1) SQLite; $(Rscript --version 2>&1);" \
  "clock: $clock; $passes passes"
for table in sample person; do
  printf -- '-- timed\nSELECT logit_fit(y, %s) FROM %s;\n' "$(variables $table)" $table \
    >"$work/$table.sql"
  sqlite3 -batch -init /dev/null "$work/rows.db" '.load build/bench/reoffend' \
    "CREATE TEMP TABLE m AS SELECT logit_fit(y, $(variables $table)) AS model FROM $table" \
    "SELECT printf('%.17g', json_extract(model, '\$.deviance')) FROM m" \
    "SELECT printf('%.17g', estimate) FROM logit_terms((SELECT model FROM m))" >"$work/ours.txt"
  Rscript --vanilla tests/bench/glm.R "$work" $table csv >"$work/theirs.txt"
  paste "$work/ours.txt" "$work/theirs.txt" | awk -v table=$table '
    function apart(a, b) { return (a > b ? a - b : b - a) > 1e-8 * (b < 0 ? -b : b) }
    NF != 2 || apart($1, $2) { print table ": " $0 " differ"; bad = 1 }
    END { if (bad || NR != (table == "person" ? 61 : 62)) exit 1
          print table ": " NR - 1 " estimates and the deviance are those of R" }'
  : >"$work/times.txt"
  for ((pass = 0; pass < passes; pass++)); do
    echo "$(build/bench/measure "$work/rows.db" run "$work/$table.sql" build/bench/reoffend.so)" \
      "$(Rscript --vanilla tests/bench/glm.R "$work" $table time)" >>"$work/times.txt"
  done
  awk -v clock="$clock" -v own="$(($(coding $table) * rows))" '
    { a = clock == "wall" ? $1 : $4; b = clock == "wall" ? $5 : $8
      printf "%.9f %.3f %.3f %.1f %.1f\n", b / a, a, b, ($3 * 1024 - own) / 1048576, $7 / 1024 }' \
    "$work/times.txt" | sort -n | awk -v table=$table '
    { ratio[NR] = $1; line[NR] = $0; if ($4 > most) most = $4; if ($5 > theirs) theirs = $5 }
    END { split(line[int((NR + 1) / 2)], mid)
          printf "%s: glm takes %.2f times as long (%.2f to %.2f); %.2f s and %.2f s\n", table,
            mid[1], ratio[1], ratio[NR], mid[2], mid[3]
          printf "%s: memory beyond the rows %.0f MB; glm %.0f MB\n", table, most, theirs
          if (most >= 64) { print table ": 64 MB or more"; exit 1 } }'
done
