#!/usr/bin/env bash
# deps.sh - installs the Debian and npm packages the project needs; silent work when all is there.
#
#   tests/deps.sh                 everything (make deps, make test)
#   tests/deps.sh run build       only what these purposes need (make demo)
#   tests/deps.sh bench           what the benchmark compares with: never installed by the others
#   tests/deps.sh --list          prints the list and installs nothing
#
# A line below: purpose, package, why. `package:command` is also satisfied by that command, whoever
# installed it. Packages come from apt-get as root, or through sudo where there is one; otherwise
# the line to run is printed and the exit status is 1. Running it again is always safe.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages='
run    sqlite3:sqlite3            the database and its shell
run    lua5.4:lua5.4              the command and the publications
run    lua-sql-sqlite3            database access from Lua
run    lua-zlib                   writes .ods (zip) publications
run    lua-argparse               the command line
run    lua-dkjson                 reads and writes JSON
run    lua-filesystem             folders and file attributes
build  gcc:gcc                    compiles the extension
build  make:make                  runs the Makefile
build  libc6-dev                  headers of the C library
build  libsqlite3-dev             headers of SQLite
build  liblua5.4-dev              headers of Lua for the LuaSQL bridge
build  scdoc:scdoc                the manual page
test   libcmocka-dev              C unit tests
test   valgrind:valgrind          memory checks
test   clang:clang                libFuzzer
test   libclang-rt-14-dev         sanitizer and fuzzer run time of clang
test   cppcheck:cppcheck          static checks of the C sources
test   lua-check:luacheck         static checks of the Lua sources
test   lua-expat                  XML checks of the publications
test   libxml2-utils:xmllint      HTML and XML checks of the publications
test   librsvg2-bin:rsvg-convert  renders the charts
test   poppler-utils:pdftotext    reads the PDF publications
test   chromium:chromium          renders and prints the pages
test   fonts-liberation2          the same letters on every machine
test   nodejs:node                page checks
test   npm:npm                    fetches the page checks
bench  nodejs:node                runs DuckDB and polars
bench  npm:npm                    fetches DuckDB and polars
bench  r-base-core:Rscript        runs data.table
bench  r-cran-data.table          a competitor of the benchmark
'

purposes=()
for word in "$@"; do
  case $word in
    --list) printf '%s\n' "${packages#?}"; exit 0 ;;
    all) purposes=() ;;
    run | build | test | bench) purposes+=("$word") ;;
    *)
      echo "deps.sh: unknown purpose '$word': expected run, build, test, bench, all or --list" >&2
      exit 2
      ;;
  esac
done
[ ${#purposes[@]} -gt 0 ] || purposes=(run build test)
wanted() { [[ " ${purposes[*]} " == *" $1 "* ]]; }

# Packages not satisfied by a command; one dpkg-query for all of them.
asked=()
declare -A why
while read -r purpose package reason; do
  if [ -z "$purpose" ] || ! wanted "$purpose"; then continue; fi
  command=${package#*:}
  name=${package%%:*}
  if [ "$command" != "$package" ] && command -v "$command" >/dev/null; then continue; fi
  asked+=("$name")
  why[$name]=$reason
done <<<"$packages"

missing=()
if [ ${#asked[@]} -gt 0 ]; then
  present=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${asked[@]}" 2>/dev/null || true)
  for name in "${asked[@]}"; do
    grep -qx "$name installed" <<<"$present" || missing+=("$name")
  done
fi

if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing what is missing:"
  for name in "${missing[@]}"; do printf '  %-20s %s\n' "$name" "${why[$name]}"; done
  if [ "$(id -u)" = 0 ]; then
    as_root=(env)
  elif command -v sudo >/dev/null; then
    as_root=(sudo env)
  else
    echo "deps.sh: not root and no sudo here. Run this as root, then try again:" >&2
    echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  install=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300
           -o Acquire::Retries=3 -qq)
  # The lists may be absent or old: fetch them when the plain attempt does not work.
  if ! "${install[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
    "${install[@]}" update
    "${install[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
  fi
fi

# npm packages of the page checks, only when the lock file is not what is installed.
if wanted test && [ -f tests/package-lock.json ]; then
  if ! cmp -s tests/package-lock.json tests/node_modules/installed.json; then
    echo "Installing the npm packages of tests/package.json"
    (cd tests && npm ci --no-audit --no-fund --loglevel=error)
    cp tests/package-lock.json tests/node_modules/installed.json
  fi
fi

# npm packages of the benchmark, outside the source tree.
if [[ " ${purposes[*]} " == *" bench "* ]]; then
  if ! cmp -s tests/bench/package.json build/bench/node/package.json; then
    echo "Installing the npm packages of tests/bench/package.json"
    mkdir -p build/bench/node
    cp tests/bench/package.json build/bench/node/package.json
    if ! (cd build/bench/node && npm install --no-audit --no-fund --loglevel=error); then
      rm -f build/bench/node/package.json # so that the next run tries again
      exit 1
    fi
  fi
fi
