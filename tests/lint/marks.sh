#!/usr/bin/env bash
# marks.sh - nothing unfinished and nothing unclean in the sources: no marks of work left over, no
# trailing blanks, no tabs and no line over 100 columns (make files aside), a final newline.
set -euo pipefail
export LC_ALL=C
passed=0 failed=0
none() { # WHAT OUTPUT
  if [ -z "$2" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s:\n%s\n' "$1" "$2"
  fi
}
mapfile -t sources < <(find ext lua reports sql samples tests .ci -path '*/node_modules' -prune -o \
  -type f \( -name '*.[ch]' -o -name '*.lua' -o -name '*.sql' -o -name '*.sh' -o -name '*.mk' \
  -o -name run \) -print | sort)
marks='TO''DO|FIX''ME|X''XX|HA''CK'
none "unfinished marks" "$(grep -nEw "$marks" "${sources[@]}" || true)"
none "trailing blanks" "$(grep -nE '[[:blank:]]+$' "${sources[@]}" || true)"
mapfile -t laid_out < <(printf '%s\n' "${sources[@]}" | grep -v '\.mk$')
none "tabs" "$(grep -nP '\t' "${laid_out[@]}" || true)"
none "lines over 100 columns" "$(awk '{ line = $0; gsub(/[\200-\277]/, "", line) }
  length(line) > 100 { print FILENAME ":" FNR }' "${laid_out[@]}")"
none "no final newline" "$(for f in "${sources[@]}"; do
  [ ! -s "$f" ] || [ -z "$(tail -c 1 "$f")" ] || echo "$f"; done)"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
