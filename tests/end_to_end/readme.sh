#!/usr/bin/env bash
# The example of the front README runs, and gives what stands below it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
wanted=$(mktemp) given=$(mktemp)
trap 'rm -f "$wanted" "$given"' EXIT

# The two blocks after the mark: the SQL, then its output.
block() {
  awk -v number="$1" '/<!-- example:/ { marked = 1 }
    marked && /^```/ { count++; next }
    marked && count == 2 * number - 1' README.md
}

block 2 >"$wanted"
{ echo ".load build/release/reoffend"; echo ".mode column"; block 1; } | sqlite3 :memory: >"$given"
if diff -u <(sed 's/ *$//' "$wanted") <(sed 's/ *$//' "$given"); then
  echo "1 passed, 0 failed"
else
  echo "0 passed, 1 failed"
  exit 1
fi
