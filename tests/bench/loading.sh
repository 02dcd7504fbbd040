#!/usr/bin/env bash
# loading.sh - what `reoffend init` and `reoffend load` take beside the sqlite3 shell's .import of
# the same files into plain tables, without any check.
#
#   bash tests/bench/loading.sh [SIZE ...]     S 0.9 million rows, M 9 million, L 60 million
#   PASSES=5                                   pairs of runs of each size (default 3; of L 1)
#
# The extracts are those of the synthetic nation. Both sides read them from the page cache and write
# to the same disk; they take turns, so a ratio is that of two runs one after the other. Ours loads,
# checks, cleans and counts everything; both end with all of it on the disk. Times are by the clock
# and of the processor (user and system, all processes of a side); memory is the peak of the largest
# process. Everything lies in build/bench/loading; extracts once made are kept.
set -euo pipefail
cd "$(dirname "$0")/../.."
make --no-print-directory -s build/release/nation build/release/reoffend.so
folder=build/bench/loading
mkdir -p "$folder"
declare -A scale=([S]=0.01 [M]=0.1 [L]=0.64)

extracts_of() { # SIZE: makes them where they are not there yet
  local extracts=$folder/$1 made
  made="--scale ${scale[$1]} $(sha256sum <build/release/nation)"
  if [ "$(cat "$extracts/.made" 2>/dev/null || true)" != "$made" ]; then
    rm -rf "$extracts"
    build/release/nation --out "$extracts" --scale "${scale[$1]}" >"$folder/said"
    rm "$extracts/truth.csv"
    echo "$made" >"$extracts/.made"
  fi
}

# Runs a command; "clock processor kB" on the standard output.
measured() {
  /usr/bin/time -o "$folder/time" -f '%e %U %S %M' "$@" >"$folder/said" 2>&1 ||
    { cat "$folder/said" >&2; return 1; }
  awk '{ printf "%.2f %.2f %d\n", $1, $2 + $3, $4 }' "$folder/time"
}

plain() { # SIZE: .import of every file into the table of its format
  local file table skip before=
  rm -f "$folder"/plain.db*
  for file in "$folder/$1"/*.csv; do
    table=$(basename "$file" .csv)
    table=${table%%_[0-9]*}
    # The first file of a table gives the names of its columns.
    [ "$table" != "$before" ] && skip= || skip="--skip 1"
    printf '.import --csv %s "%s" %s\n' "$skip" "$file" "$table"
    before=$table
  done >"$folder/plain.sql"
  measured sqlite3 -batch -bail -init /dev/null "$folder/plain.db" ".read $folder/plain.sql"
}

ours() { # SIZE
  rm -f "$folder"/ours.db*
  measured bash -c 'reoffend="lua5.4 lua/bin/reoffend"
    $reoffend init "$1" && $reoffend load --quiet "$1" "$2"' load "$folder/ours.db" "$folder/$1"
}

rows_of() { # DATABASE QUERY
  sqlite3 -batch -init /dev/null "$1" "$2"
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# One size: a line for each pass and one for all.
compare() { # SIZE PASSES
  local size=$1 passes=$2 pass plain_run ours_run imported read tables ratios=()
  extracts_of "$size"
  for ((pass = 1; pass <= passes; pass++)); do
    plain_run=$(plain "$size")
    ours_run=$(ours "$size")
    ratios+=("$(echo "$plain_run $ours_run" | awk '{ printf "%.3f %.3f", $4 / $1, $5 / $2 }')")
    echo "$size pass $pass: .import $plain_run, reoffend $ours_run," \
      "ratio ${ratios[-1]} (clock, processor, kB)"
  done
  tables=$(rows_of "$folder/plain.db" "SELECT group_concat('SELECT count(*) AS n FROM ' || name,
    ' UNION ALL ') FROM sqlite_schema WHERE type = 'table'")
  imported=$(rows_of "$folder/plain.db" "SELECT sum(n) FROM ($tables)")
  read=$(rows_of "$folder/ours.db" "SELECT sum(accepted) + sum(rejected) FROM load_file")
  [ "$imported" = "$read" ] ||
    { echo "$imported rows imported, $read accepted and rejected" >&2; return 1; }
  printf '%s: %d rows, %d MB of files; median ratio %s by the clock, %s of the processor;' \
    "$size" "$read" "$(du -sm "$folder/$size" | cut -f1)" \
    "$(printf '%s\n' "${ratios[@]}" | cut -d' ' -f1 | median)" \
    "$(printf '%s\n' "${ratios[@]}" | cut -d' ' -f2 | median)"
  echo "$ours_run" | awk -v rows="$read" '{
    printf " %.0f ns of the processor a row; %d MB of memory\n", $2 / rows * 1e9, $3 / 1024 }'
  rm -f "$folder"/plain.db* "$folder"/ours.db*
}

for size in "${@:-S}"; do
  [ -n "${scale[$size]:-}" ] ||
    { echo "loading.sh: there is no size $size; S, M or L" >&2; exit 2; }
  compare "$size" "${PASSES:-$([ "$size" = L ] && echo 1 || echo 3)}"
done
