#!/usr/bin/env bash
# matching.sh - how long 40_match.sql takes for 50,000 caseload rows without any PNC id.
#
#   bash tests/bench/matching.sh [COPIES]
#
# The people are those of the synthetic nation of scale 0.1 (800,000), COPIES times over (default
# 10: 8 million), each copy born 37 days later: as many namesakes and people of one birth date as
# the whole nation has. Every 16th * COPIES is listed, damaged as caseloads are: 3 % with two
# letters of the surname exchanged, 2 % with a letter of the forename lost, 1 % with day and month
# of birth exchanged where that is a date, 1 % with another last digit of the year of birth. Prints
# time and memory of the whole step, the outcomes, and how many of the certain ones are wrong.
set -euo pipefail
cd "$(dirname "$0")/../.."
copies=${1:-10}
make --no-print-directory -s build/release/nation build/release/reoffend.so
work=build/bench/matching
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
build/release/nation --out "$work/extracts" --scale 0.1
find "$work/extracts" -name '*.csv' ! -name pnc_person.csv -delete
cat >"$work/fill.sql" <<END_SQL
.load build/release/reoffend
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
.read sql/00_schema.sql
CREATE TEMP TABLE given (pnc_id, surname, forename, birth_date, sex, ethnicity);
.import --csv --skip 1 $work/extracts/pnc_person.csv given
DELETE FROM given WHERE NOT calendar_is_date(birth_date);
INSERT INTO person (offender_id, pnc_id, surname, forename, birth_date, sex, ethnicity)
SELECT g.rowid * $copies + c.value, printf('%d', g.rowid * $copies + c.value), g.surname,
  g.forename, date(g.birth_date, '+' || (c.value * 37) || ' days'), g.sex, g.ethnicity
FROM given AS g CROSS JOIN generate_series(0, $copies - 1) AS c;
INSERT INTO caseload (extract_date, surname, forename, birth_date, scheme, area_code, status,
  removal_reason) -- who it is
SELECT '2009-01-01',
  iif(offender_id / $copies % 97 < 3, substr(surname, 1, 2) || substr(surname, 4, 1)
    || substr(surname, 3, 1) || substr(surname, 5), surname),
  iif(offender_id / $copies % 101 < 2, substr(forename, 1, 2) || substr(forename, 4), forename),
  CASE
    WHEN offender_id / $copies % 89 = 1 AND substr(birth_date, 9) <= '12' THEN
      substr(birth_date, 1, 5) || substr(birth_date, 9) || '-' || substr(birth_date, 6, 2)
    WHEN offender_id / $copies % 103 = 1 AND birth_date NOT LIKE '%-02-29' THEN
      substr(birth_date, 1, 3) || (substr(birth_date, 4, 1) + 1) % 10 || substr(birth_date, 5)
    ELSE birth_date
  END,
  'PPO', 'E23000014', 'active', offender_id
FROM person
WHERE offender_id % (16 * $copies) = 7 % $copies
LIMIT 50000;
END_SQL
sqlite3 -batch -bail -init /dev/null "$work/match.db" ".read $work/fill.sql" >/dev/null
/usr/bin/time -f '%e s of the clock, %U + %S s of the processor, %M kB' \
  sqlite3 -batch -init /dev/null "$work/match.db" '.load build/release/reoffend' \
  'PRAGMA cache_size = -65536' 'BEGIN' '.read sql/40_match.sql' 'COMMIT'
sqlite3 -batch -init /dev/null "$work/match.db" "SELECT (SELECT count(*) FROM person) || ' people, '
  || count(*) || ' rows: ' || sum(match_outcome = 'certain') || ' certain, '
  || sum(match_outcome = 'possible') || ' possible, ' || sum(match_outcome = 'unmatched')
  || ' unmatched; ' || sum(match_outcome = 'certain' AND offender_id <> removal_reason + 0)
  || ' certain ones are wrong' FROM caseload"
