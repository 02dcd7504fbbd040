#!/usr/bin/env bash
# function_calls.sh [ROWS] - calls a second of the functions over codes and identifiers, from SQL
# and net of the cost of calling any SQL function; exits 1 when one stays under 5 million net.
set -euo pipefail
make -s build
mkdir -p build/bench
gcc -std=c11 -O2 -Wall -Wextra -Wconversion -Werror -o build/bench/function_calls \
  tests/bench/function_calls.c -lsqlite3
build/bench/function_calls build/release/reoffend "$@"
