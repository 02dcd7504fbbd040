#!/usr/bin/env bash
# offence.sh - runs fuzz_offence: mutations of every written form from a fixed seed, then up to
# 1 MB.
# FUZZ_RUNS: how many (default 400000, some seconds).
set -euo pipefail
make -s build/generated/offence_table.inc build/generated/disposal_table.inc
out=build/fuzz/offence
rm -rf "$out"
mkdir -p "$out/seeds" "$out/long"
clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iext \
  -Ibuild/generated -o "$out/fuzz" tests/fuzz/fuzz_offence.c ext/offence.c ext/offence_code.c \
  ext/disposal.c ext/band.c
count=0
for form in 028/03 28/3 02803 028C 8F/1 TH68010 42ESx084 10YY000029 1002 final_warning D90 W26 \
  Y999 L 'é28/3'; do
  printf '%s' "$form" >"$out/seeds/$((count += 1))"
done
printf '028/03\0' >"$out/seeds/nul"
head -c 1048576 /dev/zero | tr '\0' '7' >"$out/long/digits"
head -c 1048576 /dev/zero >"$out/long/zeros"
head -c 1048576 /dev/zero | tr '\0' ' ' >"$out/long/blanks"
head -c 1048576 /dev/zero | tr '\0' 'M' >"$out/long/letters"
run() { "$out/fuzz" -seed=1 -verbosity=0 -print_final_stats=0 -artifact_prefix="$out/" "$@"; }
run -max_len=24 -runs="${FUZZ_RUNS:-400000}" "$out/seeds"
run -max_len=1048576 -runs=200 "$out/long"
