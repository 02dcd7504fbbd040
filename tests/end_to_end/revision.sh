#!/usr/bin/env bash
# revision.sh - what a later load and the build after it say has changed.
exec lua5.4 tests/lua/run.lua tests/end_to_end/revision_test.lua
