#!/usr/bin/env bash
# csv.sh - runs fuzz_csv on small texts in pieces of every size. FUZZ_SECONDS: for how long.
set -euo pipefail
out=build/fuzz/csv
mkdir -p "$out/seeds"
make --no-print-directory -s build/generated/offence_table.inc build/generated/disposal_table.inc
clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iext \
  -Ibuild/generated -o "$out/fuzz" tests/fuzz/fuzz_csv.c ext/csv_gate.c ext/csv_record.c \
  ext/extract_row.c ext/extract_column.c ext/text.c ext/json.c ext/memory.c ext/id_map.c \
  ext/dictionary.c ext/checksum.c ext/calendar.c ext/disposal.c ext/identifier.c ext/offence.c \
  ext/offence_code.c -lm
printf '\x03a,1,2009-01-02\n"b, c\n",x,\r\n\nd,"2"e,f\n' >"$out/seeds/1"
printf '\x00one,2,"""3"""\r\n\xff,\x00,\x07\n,,\n1,2' >"$out/seeds/2"
printf '\x10a code x y z' >"$out/seeds/3"
"$out/fuzz" -seed=1 -max_len=300 -max_total_time="${FUZZ_SECONDS:-6}" -verbosity=0 \
  -print_final_stats=0 "$out/seeds"
