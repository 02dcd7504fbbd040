#!/usr/bin/env bash
# direction.sh - the tree keeps its layers, and the checker sees each kind of violation planted.
set -euo pipefail
checker="lua5.4 tests/layers/layers.lua"
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $1"; }

if $checker; then ok; else bad "the tree's own layers"; fi

# A copy of the sources to plant one violation in.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fresh() {
  rm -rf "$folder/tree"
  mkdir -p "$folder"/tree/{ext,lua/reoffend,reports,sql}
  cp ext/*.[ch] "$folder/tree/ext/"
  cp lua/reoffend/*.lua "$folder/tree/lua/reoffend/" 2>/dev/null || true
}
plant() { printf '%b\n' "$2" >>"$folder/tree/$1"; } # FILE LINE
refused() { # EXPECTED: the planted tree is refused with a message that holds EXPECTED
  local output
  if output=$($checker "$folder/tree"); then
    bad "not noticed: $1"
  elif grep -qF "$1" <<<"$output"; then
    ok
  else
    bad "expected: $1, got: $output"
  fi
}

fresh && plant ext/calendar.c '#include "band.h"'
refused "ext/calendar.c (base) includes band.h (core): upward"
fresh && plant ext/band.c '#include "glue.h"'
refused "ext/band.c (core) includes glue.h (glue): upward"
fresh && plant ext/band.h '#include <sqlite3.h>'
refused "ext/band.h includes sqlite3.h: only glue.h may"
fresh && plant ext/fn_calendar.c '#include "fn_version.h"'
refused "ext/fn_calendar.c includes fn_version.h: tables and functions do not know each other"
fresh && plant ext/glue.c '#include "registry.h"'
refused "ext/glue.c (glue) includes registry.h (registry): upward"
fresh && plant ext/one.h '#include "two.h"' && plant ext/two.c '#include "one.h"' &&
  plant ext/two.h ''
refused "ext/ files form a cycle: one -> two -> one"
fresh && plant ext/band.c '#include "nowhere.h"'
refused "ext/band.c includes nowhere.h, which is neither in ext/ nor generated"
fresh && plant reports/area.lua 'local driver = require("luasql.sqlite3")'
refused "reports/area.lua requires luasql.sqlite3: only lua/reoffend/database.lua may"
fresh && plant lua/reoffend/wording.lua 'local area = require "reports.area"'
refused "lua/reoffend/wording.lua requires reports.area: lua/ never knows a report"
fresh && plant lua/reoffend/one.lua 'require("reoffend.two")' &&
  plant lua/reoffend/two.lua 'require("reoffend.one")'
refused "Lua modules form a cycle: reoffend.one -> reoffend.two -> reoffend.one"
fresh && plant sql/10_early.sql 'INSERT INTO a SELECT * FROM late;' &&
  plant sql/20_late.sql 'CREATE TABLE IF NOT EXISTS late (x);'
refused "sql/10_early.sql reads late, which step 20 makes"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
