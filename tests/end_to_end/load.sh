#!/usr/bin/env bash
# load.sh - loading and building small extracts: every reason to reject, any order, no change.
exec lua5.4 tests/lua/run.lua tests/end_to_end/load_test.lua
