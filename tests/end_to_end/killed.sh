#!/usr/bin/env bash
# killed.sh - a load and a build killed with SIGKILL at random moments leave the old state.
#
# Twenty moments each for a load into a database that holds something (kept in a log beside
# readers), for the first load of a database (straight into its file) and six for a build: each a
# random one of its own share of the time the work takes. The whole process group is killed in one
# half of the rounds and the command alone in the other. Afterwards the database must hold exactly
# what it held before (or, killed too late, all of the new), open without complaint, and take the
# same work as if nothing had been. ROUNDS: how many moments; KILL_SEED: another series of them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work/tmp
mkdir -p "$TMPDIR" "$work/first" "$work/second"
reoffend() { lua5.4 lua/bin/reoffend "$@"; }
passed=0 failed=0
report() { # NAME STATUS
  if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $1"; fi
}

# Two extracts: a small one, loaded first, and a larger one for the work that is killed.
rows() { # FIRST LAST: appearances of as many people, with good PNC ids
  awk -v first="$1" -v last="$2" 'BEGIN {
    letters = "ZABCDEFGHJKLMNPQRTUVWXY"
    print "appearance_id,pnc_id,appearance_date,kind,disposal_code,duration,home_area_code" \
      ",force_code"
    for (i = first; i <= last; i++)
      printf "%d,2001/%07d%s,2009-%02d-%02d,caution,,,E23000014,20\n", i, i,
        substr(letters, (10000000 + i) % 23 + 1, 1), i % 12 + 1, i % 28 + 1
  }'
}
# Little memory, so that pages reach the files long before the end.
export REOFFEND_CACHE_MB=1
printf 'name,value\nextract_date,2011-12-31\n' >"$work/first/extract.csv"
printf 'area_code,area_name,area_type\nE23000014,West Midlands,police_force\n' \
  >"$work/first/area.csv"
rows 1 100 >"$work/first/pnc_appearance.csv"
rows 101 25000 >"$work/second/pnc_appearance-2.csv"
rows 25001 50000 >"$work/second/pnc_appearance-3.csv"

reoffend init "$work/before.db" >"$work/out"
cp "$work/before.db" "$work/empty.db"
reoffend load "$work/before.db" "$work/first" >"$work/out"
reoffend build "$work/before.db" >"$work/out"
content() {
  sqlite3 "$1" "SELECT * FROM load_file ORDER BY 1; SELECT * FROM made_from;
    SELECT count(*), sum(appearance_id) FROM appearance; SELECT count(*), sum(records) FROM stage;
    SELECT * FROM result ORDER BY topic, window_start; PRAGMA integrity_check;"
}
content "$work/before.db" >"$work/before.txt"

# Kills `reoffend COMMAND...` after a share of its time; $1 is `group` or `command`.
kill_after() { # HOW SECONDS ARGUMENTS...
  local how=$1 seconds=$2 command
  shift 2
  set -m
  lua5.4 lua/bin/reoffend "$@" >"$work/out" 2>&1 &
  command=$!
  set +m
  sleep "$seconds"
  if [ "$how" = group ]; then
    kill -KILL -- "-$command" 2>/dev/null || true
  else
    kill -KILL "$command" 2>/dev/null || true
  fi
  wait "$command" 2>/dev/null && return 1
  return 0
}

# The work left behind by a command killed alone ends by itself; then the database is free again.
settled() { # DATABASE
  local tries=0
  until sqlite3 "$1" "BEGIN IMMEDIATE; ROLLBACK;" >"$work/lock" 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || return 1
    sleep 0.1
  done
}

# 0 when the database is free and holds exactly what the file says, else 1.
holds() { # EXPECTED
  if settled "$work/now.db" && content "$work/now.db" | cmp -s - "$1"; then echo 0; else echo 1; fi
}

# The shortest of three times the work takes whole, in nanoseconds.
time_of() { # COMMAND FROM INPUT...
  local command=$1 from=$2 best=0 start took
  shift 2
  for _ in 1 2 3; do
    rm -f "$work"/whole.db*
    cp "$from" "$work/whole.db"
    start=$(date +%s%N)
    reoffend "$command" "$work/whole.db" "$@" >"$work/out"
    took=$(($(date +%s%N) - start))
    if [ "$best" = 0 ] || [ "$took" -lt "$best" ]; then best=$took; fi
  done
  echo "$best"
}

first_time=$(time_of load "$work/empty.db" "$work/second")
content "$work/empty.db" >"$work/empty.txt"
content "$work/whole.db" >"$work/alone.txt"
load_time=$(time_of load "$work/before.db" "$work/second")
content "$work/whole.db" >"$work/whole.txt"
cp "$work/whole.db" "$work/loaded.db"
cp "$work/whole.txt" "$work/loaded.txt"
build_time=$(time_of build "$work/loaded.db")
content "$work/whole.db" >"$work/built.txt"

# A kill between COMMIT and the end of the process finds the work done, and all of it.
left_old_state() { # NAME OLD NEW
  if [ "$(holds "$2")" = 0 ]; then
    report "$1" 0
  else
    finished=$((finished + 1))
    report "$1" "$(holds "$3")"
  fi
}

# A random moment, in seconds, within the i-th of n shares of the time.
RANDOM=${KILL_SEED:-1}
moment() { # NANOSECONDS I N
  awk -v t="$1" -v i="$2" -v n="$3" -v r="$RANDOM" \
    'BEGIN { printf "%.4f", t / 1e9 * (i + r / 32768) / n }'
}

finished=0 killed=0
# Kills `reoffend COMMAND` at so many moments, each time on a copy of a database, and does the work
# again afterwards.
kill_often() { # NAME ROUNDS NANOSECONDS FROM OLD NEW COMMAND...
  local name=$1 rounds=$2 time=$3 from=$4 old=$5 new=$6 command=$7 how when i
  shift 7
  for ((i = 0; i < rounds; i++)); do
    how=group
    [ $((i % 2)) = 0 ] || how=command
    cp "$from" "$work/now.db"
    rm -f "$work"/now.db-*
    when=$(moment "$time" "$i" "$rounds")
    if kill_after "$how" "$when" "$command" "$work/now.db" "$@"; then
      killed=$((killed + 1))
      left_old_state "$name killed after $when s ($how)" "$old" "$new"
    else
      finished=$((finished + 1))
    fi
    reoffend "$command" "$work/now.db" "$@" >"$work/out" || true
    report "$name after the kill at $when s ($how)" "$(holds "$new")"
  done
}

rounds=${ROUNDS:-20}
kill_often "load" "$rounds" "$load_time" "$work/before.db" "$work/before.txt" "$work/whole.txt" \
  load "$work/second"
kill_often "first load" "$rounds" "$first_time" "$work/empty.db" "$work/empty.txt" \
  "$work/alone.txt" load "$work/second"
kill_often "build" 6 "$build_time" "$work/loaded.db" "$work/loaded.txt" "$work/built.txt" build

# Most kills must have come in time, or the rounds above showed nothing.
echo "killed $killed times in time, $finished times too late"
report "most of the work was killed" $((finished > killed))
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
