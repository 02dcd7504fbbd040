-- Plain SQL: all 37 windows by area, age group and index kind; everyone.
-- lag() finds the windows an appearance is the first of; the outcome comes from one join and GROUP
-- BY; the group is one packed integer: first window, last window, cell (area, age group, kind).
-- Reads the calendar of plain_calendar.sql.
-- timed
WITH ix AS (
  SELECT offender_id, appearance_date, kind, area_code,
         lag(appearance_date) OVER (PARTITION BY offender_id
                                    ORDER BY appearance_date, appearance_id) AS previous
    FROM appearance
   WHERE excluded IS NULL),
m0 AS MATERIALIZED (
  SELECT row_number() OVER () AS id, f.offender_id, f.appearance_date AS d, c.d12, c.d18,
         ((max(c.wlo, coalesce(p.whi + 1, 0)) * 64 + c.whi) << 16)
         + (CAST(coalesce(substr(f.area_code, 4), 0) AS INTEGER) * 3
          + CASE WHEN CAST(f.appearance_date AS INTEGER) - CAST(b.birth_date AS INTEGER)
                      - (substr(f.appearance_date, 6) < substr(b.birth_date, 6)) < 10 THEN 0
                 WHEN CAST(f.appearance_date AS INTEGER) - CAST(b.birth_date AS INTEGER)
                      - (substr(f.appearance_date, 6) < substr(b.birth_date, 6)) < 18 THEN 2
                 WHEN b.birth_date IS NOT NULL THEN 1 ELSE 0 END) * 4
          + CASE f.kind WHEN 'release' THEN 0 WHEN 'conviction' THEN 1 WHEN 'caution' THEN 2
                        ELSE 3 END AS key
    FROM ix AS f
    CROSS JOIN cal AS c ON c.d = f.appearance_date
    CROSS JOIN offender AS b ON b.offender_id = f.offender_id
    LEFT JOIN cal AS p ON p.d = f.previous
   WHERE c.whi >= max(c.wlo, coalesce(p.whi + 1, 0))),
m AS (
  SELECT f.key, f.offender_id, coalesce(sum(65536 + o.violent_sexual), 0) AS n
    FROM m0 AS f
    LEFT JOIN offence AS o
      ON o.offender_id = f.offender_id AND o.excluded IS NULL AND o.offence_date > f.d
     AND coalesce(o.offence_date_end, o.offence_date) <= f.d12 AND o.proven_date <= f.d18
   GROUP BY f.id),
g AS MATERIALIZED (
  SELECT key, count(*) AS a, sum(n > 0) AS b, sum(n >> 16) AS c, sum(n & 65535) AS d
    FROM m GROUP BY key)
SELECT w, key & 65535 AS cell, sum(a), sum(b), sum(c), sum(d)
  FROM g CROSS JOIN win ON w BETWEEN key >> 22 AND (key >> 16 & 63)
 GROUP BY w, key & 65535;
