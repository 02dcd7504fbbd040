#!/usr/bin/env bash
# match.sh - runs fuzz_match: short names of many scripts, then names of up to 64 kB.
# FUZZ_SECONDS: for how long in all (default 6).
set -euo pipefail
out=build/fuzz/match
seconds=${FUZZ_SECONDS:-6}
mkdir -p "$out/seeds" "$out/long"
make --no-print-directory -s build/generated/match_weight.inc
clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iext \
  -Ibuild/generated -o "$out/fuzz" tests/fuzz/fuzz_match.c ext/match.c ext/match_name.c \
  ext/calendar.c -lm
count=0
for names in SMITHSMTIH "O'NeillONEILL" NúñezNUNEZ NguyễnNguyen ŁukaszÆrøß ЖукЖук 'van der Berg'; do
  printf 'abcdef%s' "$names" >"$out/seeds/$((count += 1))"
done
head -c 65536 /dev/zero | tr '\0' 'a' >"$out/long/letters"
head -c 65536 /dev/zero >"$out/long/zeros"
"$out/fuzz" -seed=1 -max_len=60 -max_total_time="$seconds" -verbosity=0 \
  -print_final_stats=0 "$out/seeds"
"$out/fuzz" -seed=1 -max_len=65536 -runs=200 -verbosity=0 -print_final_stats=0 "$out/long"
