#!/usr/bin/env bash
# calibration.sh - the default nation, loaded and measured, comes near the published results of
# 2009. Reads what samples/calibration.sql prints; the tolerances stand here.
set -euo pipefail
cd "$(dirname "$0")/../.."
make --no-print-directory -s build/release/nation
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build/release/nation --out "$work/extracts"
{
  lua5.4 lua/bin/reoffend init "$work/nation.db"
  lua5.4 lua/bin/reoffend load --quiet "$work/nation.db" "$work/extracts"
  lua5.4 lua/bin/reoffend build "$work/nation.db"
} >"$work/said" 2>&1 || { cat "$work/said"; echo '0 passed, 1 failed'; exit 1; }
sqlite3 "$work/nation.db" '.read samples/calibration.sql' >"$work/measured"

# measure;lowest;highest
cat >"$work/tolerance" <<'END'
offenders;650000;750000
re-offend, %;25.8;26.8
re-offences per re-offender;2.69;2.89
re-offences by adults, %;77;81
serious violent or sexual, % of re-offences;0.5;0.9
re-offend in the window 2000, %;26.9;28.9
juveniles re-offend, %;32;38
no previous offence re-offend, %;9;13
11 or more previous re-offend, %;45;52
released from under 12 months re-offend, %;50;62
PPO sub-cohort re-offend, %;60;90
people on the PPO list of 2009-01-01;9000;12500
of them convicted of an offence of 2009/10, %;46;66
END
awk -F ';' -v measured="$work/measured" '
  BEGIN {
    while ((getline line < measured) > 0) {
      count = split(line, cell, /  +/)
      gsub(",", "", cell[count - (cell[count] == "")])
      value[cell[1]] = cell[count - (cell[count] == "")]
    }
  }
  {
    if ($1 in value && value[$1] + 0 >= $2 + 0 && value[$1] + 0 <= $3 + 0) { passed++; next }
    failed++
    printf "%s: %s is not from %s to %s\n", $1, $1 in value ? value[$1] : "nothing", $2, $3
  }
  END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }' "$work/tolerance"
