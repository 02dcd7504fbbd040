#!/usr/bin/env bash
# ring.sh RING COMMAND... -- PROGRAM... - runs each program of one ring of tests and counts.
#
# Runs `COMMAND... PROGRAM` for each program and keeps its output in build/log/RING/. A program
# passes when it exits 0. What it printed decides how many tests it held: cmocka's closing lines, or
# a line `N passed, N failed`, else the program is one test. A program that fails without naming a
# failed test (a crash, a leak) counts one more failed. Only the output of a failure is shown.
# A ring without programs has 0 tests. RING_JOBS programs run at a time (default: one).
#
# The counts go to build/log/RING.count for summary.sh. Unless SUMMARY=later the ring closes with
# its own line `N passed, N failed`.
set -euo pipefail

run_one() { # RING PROGRAM COMMAND...
  local ring=$1 program=$2
  shift 2
  local name log status=0 passed failed
  name=$(basename "$program")
  log=build/log/$ring/$name.log
  "$@" "$program" >"$log" 2>&1 </dev/null || status=$?
  read -r passed failed < <(awk '
    /\[  PASSED  \] [0-9]+ test\(s\)/ { p += $4; seen = 1 }
    /\[  FAILED  \] [0-9]+ test\(s\)/ { f += $4; seen = 1 }
    /^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3; seen = 1 }
    END { if (!seen) { print "none none" } else { print p + 0, f + 0 } }' "$log")
  if [ "$passed" = none ]; then
    passed=$((status == 0)) failed=$((status != 0))
  elif [ "$status" -ne 0 ] && [ "$failed" = 0 ]; then
    failed=1
  elif [ "$status" -eq 0 ] && [ "$failed" != 0 ]; then
    status=1
  fi
  echo "$passed $failed" >"build/log/$ring/$name.count"
  if [ "$status" -eq 0 ]; then
    printf 'ok     %s/%s (%d)\n' "$ring" "$name" "$passed"
  else
    # One write, so that rings running side by side do not mix their lines.
    printf 'FAILED %s/%s (exit %d), its output:\n%s\n' "$ring" "$name" "$status" \
      "$(grep -av '\[ *\(RUN\|OK\) *\]' "$log" | tail -n 200 | sed 's/^/  | /' || true)"
  fi
}

if [ "${1:-}" = --one ]; then
  shift
  run_one "$@"
  exit 0
fi

ring=$1
shift
command=()
while [ "$1" != -- ]; do
  command+=("$1")
  shift
done
shift

rm -rf "build/log/$ring" "build/log/$ring.count"
mkdir -p "build/log/$ring"
if [ $# -gt 0 ]; then
  printf '%s\0' "$@" | xargs -0 -P "${RING_JOBS:-1}" -I{} \
    bash tests/ring.sh --one "$ring" {} ${command[@]+"${command[@]}"}
fi
passed=0 failed=0
for count in "build/log/$ring"/*.count; do
  [ -e "$count" ] || continue
  read -r p f <"$count"
  passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed $failed" >"build/log/$ring.count"
[ "${SUMMARY:-}" = later ] || printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
