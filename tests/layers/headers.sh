#!/usr/bin/env bash
# headers.sh - each header compiles alone, so an include never depends on the one before it.
set -euo pipefail
passed=0 failed=0
for header in ext/*.h; do
  if gcc -std=c11 -Wall -Wextra -Werror -fsyntax-only -Iext -Ibuild/generated -x c \
    -include "$header" /dev/null; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $header"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
