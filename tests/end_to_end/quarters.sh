#!/usr/bin/env bash
# quarters.sh - quarterly extracts of a small nation, overlapping and revised: loaded and built
# quarter by quarter, all at once and in any order they give the same database.
set -euo pipefail
cd "$(dirname "$0")/../.."
make --no-print-directory -s build/release/nation
exec lua5.4 tests/lua/run.lua tests/end_to_end/quarters_test.lua
