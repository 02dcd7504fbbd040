#!/usr/bin/env bash
# reference.sh [--accept] - the examples of ext/README.md run, and give what stands under them.
#
# The ```sql blocks run one after the other in one session of the shell. What a block prints must be
# the ```text block right below it; a block without one must print nothing. --accept writes the text
# blocks that are there anew: read the difference. Every function and table of reoffend_functions
# has its place on the page.
set -euo pipefail
page=ext/README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A script that prints a mark before each block, and the same marks with what should follow.
awk -v script="$work/script" -v wanted="$work/wanted" '
  /^```sql$/ { inside = "sql"; printf ".print @@ %d\n", ++n >script; print "@@ " n >wanted; next }
  /^```text$/ { inside = "text"; next }
  /^```/ { inside = ""; next }
  inside == "sql" { print >script }
  inside == "text" { print >wanted }' "$page"
{
  printf '.load build/release/reoffend\n.mode column\n.headers on\n.nullvalue NULL\n'
  cat "$work/script"
} >"$work/session"
stdbuf -oL sqlite3 -batch -init /dev/null :memory: <"$work/session" 2>&1 |
  sed -E -e 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?:/Error:/' \
    -e 's/ \([0-9]+\)$//; s/ +$//' >"$work/given" || true

if [ "${1:-}" = --accept ]; then
  awk -v given="$work/given" '
    BEGIN { while ((getline line <given) > 0)
      if (line ~ /^@@ /) block = substr(line, 4); else output[block] = output[block] line "\n" }
    /^```sql$/ { n++ }
    /^```text$/ { print; printf "%s", output[n]; skip = 1; next }
    /^```/ { skip = 0 }
    !skip { print }' "$page" >"$work/page"
  cp "$work/page" "$page"
  exit 0
fi

passed=0 failed=0
if diff -u "$work/wanted" "$work/given"; then
  passed=$(grep -c '^@@' "$work/wanted")
else
  failed=1
  echo "If this is what was meant: bash tests/surface/reference.sh --accept"
fi
for name in $(sqlite3 -batch -init /dev/null :memory: ".load build/release/reoffend" \
  "SELECT DISTINCT name FROM reoffend_functions"); do
  if grep -q "\`$name[\`(]" "$page" || grep -q "USING $name(" "$page"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name is not in $page"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
