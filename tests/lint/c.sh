#!/usr/bin/env bash
# c.sh - cppcheck finds nothing in the C sources. The generated tables are left out: they are
# rows of figures, and take it half a minute.
set -euo pipefail
cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
  --suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck --error-exitcode=1 \
  -DSQLITE_CORE -DREOFFEND_VERSION='"0"' -Iext ext
