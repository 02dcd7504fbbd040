-- Plain SQL: the calendar year 2009 by area, age group and index kind.
-- min() with bare columns takes the row of the first appearance; the primary key breaks ties.
-- Reads the calendar of plain_calendar.sql.
-- timed
WITH f AS MATERIALIZED (
  SELECT offender_id, min(appearance_date) AS d, kind, area_code
    FROM appearance
   WHERE excluded IS NULL AND appearance_date >= '2009-01-01' AND appearance_date < '2010-01-01'
   GROUP BY offender_id),
m AS (
  SELECT f.offender_id,
         (CAST(coalesce(substr(f.area_code, 4), 0) AS INTEGER) * 3
          + CASE WHEN CAST(f.d AS INTEGER) - CAST(b.birth_date AS INTEGER)
                      - (substr(f.d, 6) < substr(b.birth_date, 6)) < 10 THEN 0
                 WHEN CAST(f.d AS INTEGER) - CAST(b.birth_date AS INTEGER)
                      - (substr(f.d, 6) < substr(b.birth_date, 6)) < 18 THEN 2
                 WHEN b.birth_date IS NOT NULL THEN 1 ELSE 0 END) * 4
          + CASE f.kind WHEN 'release' THEN 0 WHEN 'conviction' THEN 1 WHEN 'caution' THEN 2
                        ELSE 3 END AS cell,
         coalesce(sum(65536 + o.violent_sexual), 0) AS n
    FROM f
    CROSS JOIN cal AS c ON c.d = f.d
    CROSS JOIN offender AS b ON b.offender_id = f.offender_id
    LEFT JOIN offence AS o
      ON o.offender_id = f.offender_id AND o.excluded IS NULL AND o.offence_date > f.d
     AND coalesce(o.offence_date_end, o.offence_date) <= c.d12 AND o.proven_date <= c.d18
   GROUP BY f.offender_id)
SELECT 36 AS w, cell, count(*), sum(n > 0), sum(n >> 16), sum(n & 65535) FROM m GROUP BY cell;
