#!/usr/bin/env bash
# identifier.sh - runs fuzz_identifier: short mutations of every written form, then up to 1 MB.
# FUZZ_SECONDS: for how long in all (default 6).
set -euo pipefail
out=build/fuzz/identifier
seconds=${FUZZ_SECONDS:-6}
mkdir -p "$out/seeds" "$out/long"
clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iext \
  -o "$out/fuzz" tests/fuzz/fuzz_identifier.c ext/identifier.c
count=0
for form in 81/34U 79163001B 1979/0163001B 20020073319Z 65656/91H SF05/482703J \
  2005FF0500000000555P 20/05FF/05/555P 20A05FF0500000000555P 0800NP0111111111111A; do
  printf '%s' "$form" >"$out/seeds/$((count += 1))"
done
head -c 1048576 /dev/zero | tr '\0' '7' >"$out/long/digits"
head -c 1048576 /dev/zero >"$out/long/zeros"
head -c 1048576 /dev/zero | tr '\0' ' ' >"$out/long/blanks"
"$out/fuzz" -seed=1 -max_len=40 -max_total_time="$seconds" -verbosity=0 "$out/seeds"
"$out/fuzz" -seed=1 -max_len=1048576 -runs=200 -verbosity=0 "$out/long"
