-- 31_merge.sql - PNC ids given up for another, followed to the id in use today.
--
-- Reads: stage_pnc_merge, load_file, temp.setting. Writes: pnc_merge, temp.fault, temp.set_aside.
-- Rules: R12 (a person is one canonical PNC id). Of two merges of one id the later one stands. A
-- chain is followed to its end; ids merged in a circle are refused.

CREATE TEMP VIEW pnc_merge_checked AS
SELECT s.rowid AS stage_row, s.file_id, s.line,
  s.superseded_pnc_id, s.current_pnc_id, s.merge_date,
  pnc_number(s.superseded_pnc_id, t.pivot_year) AS superseded_id,
  pnc_number(s.current_pnc_id, t.pivot_year) AS current_id,
  CASE
    WHEN s.superseded_pnc_id = '' THEN 'superseded_pnc_id:empty'
    WHEN pnc_number(s.superseded_pnc_id, t.pivot_year) IS NULL THEN
      'superseded_pnc_id:not_a_pnc_id'
    WHEN s.current_pnc_id = '' THEN 'current_pnc_id:empty'
    WHEN pnc_number(s.current_pnc_id, t.pivot_year) IS NULL THEN 'current_pnc_id:not_a_pnc_id'
    WHEN NOT calendar_is_date(s.merge_date) THEN 'merge_date:not_a_date'
    WHEN s.merge_date > t.last_day THEN 'merge_date:after_extract'
    WHEN pnc_number(s.superseded_pnc_id, t.pivot_year)
       = pnc_number(s.current_pnc_id, t.pivot_year) THEN 'current_pnc_id:merge_to_itself'
  END AS fault
FROM stage_pnc_merge AS s CROSS JOIN setting AS t;

INSERT INTO set_aside (format, stage_row, reason)
SELECT 'pnc_merge', stage_row,
  iif(current_id = standing_id AND merge_date = standing_date, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, c.current_id, c.merge_date,
    row_number() OVER newest AS place,
    first_value(c.current_id) OVER newest AS standing_id,
    first_value(c.merge_date) OVER newest AS standing_date
  FROM pnc_merge_checked AS c JOIN load_file AS f USING (file_id)
  WHERE c.fault IS NULL
  WINDOW newest AS (
    PARTITION BY c.superseded_id ORDER BY c.merge_date DESC, f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

CREATE TEMP TABLE merge_step AS
SELECT stage_row, superseded_id, current_id, merge_date
FROM pnc_merge_checked
WHERE fault IS NULL
  AND stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_merge');
CREATE INDEX temp.merge_step_by_id ON merge_step (superseded_id);

-- Who comes back to where they began stands in a circle.
INSERT INTO set_aside (format, stage_row, reason)
WITH RECURSIVE chain (stage_row, start_id, id) AS (
  SELECT stage_row, superseded_id, current_id FROM merge_step
  UNION
  SELECT c.stage_row, c.start_id, m.current_id
  FROM chain AS c JOIN merge_step AS m ON m.superseded_id = c.id
)
SELECT 'pnc_merge', stage_row, 'merge_to_itself' FROM chain WHERE id = start_id;

DELETE FROM merge_step
WHERE stage_row IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_merge');

DELETE FROM pnc_merge;
INSERT INTO pnc_merge (superseded_id, current_id, merge_date)
WITH RECURSIVE chain (start_id, id, merge_date) AS (
  SELECT superseded_id, current_id, merge_date FROM merge_step
  UNION
  SELECT c.start_id, m.current_id, c.merge_date
  FROM chain AS c JOIN merge_step AS m ON m.superseded_id = c.id
)
SELECT start_id, id, merge_date
FROM chain
WHERE id NOT IN (SELECT superseded_id FROM merge_step)
ORDER BY start_id;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT file_id, line, coalesce(fault, 'superseded_pnc_id:' || a.reason),
  json_object('superseded_pnc_id', superseded_pnc_id, 'current_pnc_id', current_pnc_id,
    'merge_date', merge_date)
FROM pnc_merge_checked AS c
LEFT JOIN set_aside AS a ON a.format = 'pnc_merge' AND a.stage_row = c.stage_row
WHERE fault IS NOT NULL OR a.reason IS NOT NULL;
