#!/usr/bin/env bash
# prediction.sh - runs fuzz_prediction: mutations of good texts from a fixed seed, then up to 64 kB.
# FUZZ_RUNS: how many (default 200000, some seconds).
set -euo pipefail
make --no-print-directory -s build/check/libcore.a
out=build/fuzz/prediction
rm -rf "$out"
mkdir -p "$out/seeds" "$out/long"
sources=$(for object in json logit_model logit_rows prediction prediction_model breakdown codebook \
  criminal_history history_slice history_block column dictionary band offence offence_code kind \
  ogrs3 calendar follow_up group_cells memory checksum; do printf 'ext/%s.c ' "$object"; done)
# shellcheck disable=SC2086
clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iext \
  -Ibuild/generated -o "$out/fuzz" tests/fuzz/fuzz_prediction.c $sources -lm
fit='{"logit":1,"n":9,"events":4,"terms":[{"estimate":0.5},{"estimate":null,"state":"aliased"},'
fit+='{"estimate":2}],"variables":[{"kind":"factor","levels":["F","M\u00e9"]},{"kind":"number"}]}'
model='{"age_group":"adult","subcohort":"ppo","covariates":"sex, copas_rate",'
model+='"pooled":[{"variable":1,"level":"U","into":"F"}],"fit":'"$fit}"
printf '%s' "$fit" >"$out/seeds/fit"
printf '{"reoffend_model":1,"models":[%s]}' "$model" >"$out/seeds/text"
printf '{"reoffend_model":1,"models":[{"age_group":"juvenile","covariates":"","fit":%s}]}' \
  '{"logit":1,"n":2,"events":1,"terms":[{"estimate":1e308}],"variables":[]}' >"$out/seeds/none"
head -c 65536 /dev/zero | tr '\0' '[' >"$out/long/brackets"
head -c 65536 /dev/zero | tr '\0' '9' >"$out/long/digits"
run() { "$out/fuzz" -seed=1 -verbosity=0 -print_final_stats=0 -artifact_prefix="$out/" "$@"; }
run -max_len=800 -runs="${FUZZ_RUNS:-200000}" "$out/seeds"
run -max_len=65536 -runs=200 "$out/long"
