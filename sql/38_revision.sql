-- 38_revision.sql - what a load changed: records added, removed and changed, by kind and year.
--
-- Reads: appearance, offence, temp.record, temp.appearance_before, temp.offence_before,
--   temp.record_before. Writes: revision.
-- The first load revises nothing. A changed record is counted in the year it has now. Releases and
-- drug tests are counted as the entry events they are.

INSERT INTO revision (number, event, kind, year, added, removed, changed)
WITH change AS (
  SELECT 'appearance' AS event, n.kind, substr(n.appearance_date, 1, 4) AS year,
    o.appearance_id IS NULL AS added, 0 AS removed, o.appearance_id IS NOT NULL AS changed
  FROM appearance AS n LEFT JOIN appearance_before AS o ON o.appearance_id = n.appearance_id
  WHERE (n.offender_id, n.appearance_date, n.kind, n.area_code, n.disposal, n.sentence_months,
      n.ho_code, n.excluded)
    IS NOT (o.offender_id, o.appearance_date, o.kind, o.area_code, o.disposal, o.sentence_months,
      o.ho_code, o.excluded)
  UNION ALL
  SELECT 'appearance', o.kind, substr(o.appearance_date, 1, 4), 0, 1, 0
  FROM appearance_before AS o
  WHERE o.appearance_id NOT IN (SELECT appearance_id FROM appearance)
  UNION ALL
  SELECT 'offence', coalesce(n.proven_by, 'not proven'),
    coalesce(substr(n.proven_date, 1, 4), 'unknown'), o.offence_id IS NULL, 0,
    o.offence_id IS NOT NULL
  FROM offence AS n LEFT JOIN offence_before AS o ON o.offence_id = n.offence_id
  WHERE (n.offender_id, n.offence_date, n.offence_date_end, n.proven_date, n.proven_by, n.ho_code,
      n.excluded, n.appearance_id, n.force_code, n.entry_date)
    IS NOT (o.offender_id, o.offence_date, o.offence_date_end, o.proven_date, o.proven_by,
      o.ho_code, o.excluded, o.appearance_id, o.force_code, o.entry_date)
  UNION ALL
  SELECT 'offence', coalesce(o.proven_by, 'not proven'),
    coalesce(substr(o.proven_date, 1, 4), 'unknown'), 0, 1, 0
  FROM offence_before AS o
  WHERE o.offence_id NOT IN (SELECT offence_id FROM offence)
  UNION ALL
  SELECT event, kind, coalesce(max(year) FILTER (WHERE is_new), max(year), 'unknown'),
    NOT max(NOT is_new), NOT max(is_new), max(is_new) AND max(NOT is_new)
  FROM (
    SELECT 1 AS is_new, * FROM (SELECT * FROM record EXCEPT SELECT * FROM record_before)
    UNION ALL
    SELECT 0, * FROM (SELECT * FROM record_before EXCEPT SELECT * FROM record)
  )
  GROUP BY event, kind, id
)
SELECT (SELECT coalesce(max(number), 0) + 1 FROM revision), event, kind, year, sum(added),
  sum(removed), sum(changed)
FROM change
WHERE EXISTS (SELECT 1 FROM appearance_before) OR EXISTS (SELECT 1 FROM offence_before)
  OR EXISTS (SELECT 1 FROM record_before)
GROUP BY event, kind, year
ORDER BY event, kind, year;

DROP TABLE appearance_before;
DROP TABLE offence_before;
DROP TABLE record_before;
DROP VIEW record;
