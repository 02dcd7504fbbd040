#!/usr/bin/env bash
# offence_calls.sh [ROWS] - calls a second of the offence and disposal functions, from SQL and net
# of the cost of calling any SQL function; exits 1 when one stays under 5 million net.
set -euo pipefail
make -s build
mkdir -p build/bench
gcc -std=c11 -O2 -Wall -Wextra -Wconversion -Werror -o build/bench/offence_calls \
  tests/bench/offence_calls.c -lsqlite3
build/bench/offence_calls build/release/reoffend "$@"
