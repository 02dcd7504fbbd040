#!/usr/bin/env bash
# random_histories.sh - HISTORIES random people (2,500) of SEED (1), and as many of a second seed.
set -euo pipefail
for seed in "${SEED:-1}" "$((${SEED:-1} + 1000))"; do
  build/check/random_histories --seed "$seed" --histories "${HISTORIES:-2500}"
done
