#!/usr/bin/env bash
# csv.sh - random CSV texts: the extension's reader against a slow one in Lua.
exec lua5.4 tests/reference/csv_cases.lua "${CSV_CASES:-3000}" "${SEED:-1}"
