#!/usr/bin/env bash
# publication.sh [PASSES] - what the publication of one area takes after start-up.
#
#   make bench-publication [PASSES=5]
#
# The areas of the demonstration, all in one process, and one in a process of its own. The time of
# all less that of one, shared among the others, is what one takes once the figures are read. The
# goal is 0.3 seconds.
set -euo pipefail
cd "$(dirname "$0")/../.."
passes=${1:-5}
database=build/demo/reoffend.db
work=build/bench/publication
mkdir -p "$work"
one_area=$(sqlite3 -batch -init /dev/null "$database" 'SELECT min(area_code) FROM area')

seconds() { # AREA: by the clock
  rm -rf "$work/pages"
  mkdir "$work/pages"
  local began ended
  began=$(date +%s%N)
  lua5.4 lua/bin/reoffend report area --db "$database" --area "$1" --window 2009-01-01 \
    --out "$work/pages" --quiet
  ended=$(date +%s%N)
  echo "$(((ended - began) / 1000)) $(find "$work/pages" -name '*.html' | wc -l)"
}

: >"$work/times.txt"
for ((pass = 0; pass < passes; pass++)); do
  echo "$(seconds "$one_area") $(seconds all)" >>"$work/times.txt"
done
awk '{ printf "%.3f %.2f %d %.2f\n", ($3 - $1) / ($4 - 1) / 1e6, $1 / 1e6, $4, $3 / 1e6 }' \
  "$work/times.txt" | sort -n | awk '{ line[NR] = $0; one[NR] = $1 }
  END { split(line[int((NR + 1) / 2)], mid)
    printf "one more area: %.3f s (%.3f to %.3f, %d passes); the first with start-up: %.2f s; " \
      "all %d: %.2f s\n", mid[1], one[1], one[NR], NR, mid[2], mid[3], mid[4] }'
