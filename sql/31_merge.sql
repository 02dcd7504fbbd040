-- 31_merge.sql - PNC ids given up for another, followed to the id in use today.
--
-- Reads: temp.staged_pnc_merge, temp.setting. Writes: pnc_merge, temp.odd.
-- Rules: R12 (a person is one canonical PNC id). Of two merges of one id the later one stands. A
-- chain is followed to its end; ids merged in a circle are refused.

CREATE TEMP TABLE merge_row AS
SELECT s.place, s.file_id, s.file, s.line, s.superseded_pnc_id AS superseded_id,
  s.current_pnc_id AS current_id, s.merge_date, s.row_text,
  CASE
    WHEN s.fault IS NOT NULL THEN s.fault
    WHEN s.superseded_pnc_id = s.current_pnc_id THEN 'current_pnc_id:merge_to_itself'
  END AS fault
FROM staged_pnc_merge AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TABLE merge_rank AS
SELECT place, superseded_id, current_id, merge_date,
  row_number() OVER newest AS rank,
  current_id = first_value(current_id) OVER newest
    AND merge_date = first_value(merge_date) OVER newest AS same
FROM merge_row
WHERE fault IS NULL
WINDOW newest AS (PARTITION BY superseded_id ORDER BY merge_date DESC, place DESC);

UPDATE merge_row
SET fault = iif(k.same, 'superseded_pnc_id:duplicate', 'superseded_pnc_id:superseded')
FROM merge_rank AS k
WHERE k.place = merge_row.place AND k.rank > 1;

CREATE TEMP TABLE merge_step (
  superseded_id INTEGER PRIMARY KEY,
  current_id INTEGER NOT NULL,
  merge_date TEXT NOT NULL
);
INSERT INTO merge_step (superseded_id, current_id, merge_date)
SELECT superseded_id, current_id, merge_date FROM merge_rank WHERE rank = 1;

-- Who comes back to where they began stands in a circle.
CREATE TEMP TABLE merge_circle AS
WITH RECURSIVE chain (start_id, id) AS (
  SELECT superseded_id, current_id FROM merge_step
  UNION
  SELECT c.start_id, m.current_id
  FROM chain AS c JOIN merge_step AS m ON m.superseded_id = c.id
)
SELECT start_id FROM chain WHERE id = start_id;

UPDATE merge_row SET fault = 'superseded_pnc_id:merge_to_itself'
WHERE fault IS NULL AND superseded_id IN (SELECT start_id FROM merge_circle);

DELETE FROM merge_step WHERE superseded_id IN (SELECT start_id FROM merge_circle);

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

INSERT INTO odd (format, key_column, file_id, file, line, fault, precedence, own, content, row_text)
SELECT 'pnc_merge', 'superseded_pnc_id', file_id, file, line, fault, place, 1, '', row_text
FROM merge_row
WHERE fault IS NOT NULL;

DROP TABLE merge_row;
DROP TABLE merge_rank;
DROP TABLE merge_step;
DROP TABLE merge_circle;
