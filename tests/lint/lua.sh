#!/usr/bin/env bash
# lua.sh - luacheck is silent on every Lua source.
set -euo pipefail
mapfile -t sources < <(find lua reports samples tests -path '*/node_modules' -prune -o \
  -name '*.lua' -print | sort)
[ ! -f lua/bin/reoffend ] || sources+=(lua/bin/reoffend)
luacheck --quiet --no-color "${sources[@]}"
