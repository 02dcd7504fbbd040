-- 34_offence.sql - offences: when committed, when proven, and whether they count.
--
-- Reads: stage_pnc_offence, pnc_merge, offender, appearance, police_force, load_file, temp.setting.
-- Writes: offence, notice, temp.fault, temp.set_aside.
-- Rules: R1; R17 (not proven, quashed, not final: interim, appeal pending, carried forward); R18
--   (breach, not recordable, outside England and Wales); R10 (under 10); R20 (a missing date stays
--   missing).
-- offence_date is the first day on which it may have been committed, offence_date_end the last:
--   code 1, 5 on, about      the date itself
--   code 2    before         first day not known; last day the day before
--   code 3    after          first day the day after; last day the day it was proven
--   code 4    between        date to end date
--   code 6    on or before   first day not known; last day the date

DELETE FROM offence;
DROP INDEX IF EXISTS offence_by_offender;

CREATE TEMP VIEW pnc_offence_checked AS
SELECT s.rowid AS stage_row, s.*, pnc_number(s.pnc_id, t.pivot_year) AS number,
  -- The flag functions refuse a recorded-crime class ('28C'); no flag is known of one.
  iif(s.ho_code GLOB '*[A-Za-z]', NULL, s.ho_code) AS known_code,
  CASE
    WHEN s.offence_date_code <> '' THEN s.offence_date_code
    WHEN s.offence_date_end <> '' THEN '4'
    ELSE '1'
  END AS date_code,
  CASE
    WHEN s.offence_id = '' THEN 'offence_id:empty'
    WHEN s.offence_id GLOB '*[^0-9]*' OR length(s.offence_id) > 17 THEN
      'offence_id:not_a_whole_number'
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.appearance_id GLOB '*[^0-9]*' OR length(s.appearance_id) > 17 THEN
      'appearance_id:not_a_whole_number'
    WHEN s.offence_date <> '' AND NOT calendar_is_date(s.offence_date) THEN
      'offence_date:not_a_date'
    WHEN s.offence_date > t.last_day THEN 'offence_date:after_extract'
    WHEN s.offence_date_code NOT IN ('', '1', '2', '3', '4', '5', '6') THEN
      'offence_date_code:unknown_code'
    WHEN s.offence_date_end <> '' AND NOT calendar_is_date(s.offence_date_end) THEN
      'offence_date_end:not_a_date'
    WHEN s.offence_date_end <> '' AND s.offence_date_end < s.offence_date THEN
      'offence_date_end:range_reversed'
    WHEN s.proven_date <> '' AND NOT calendar_is_date(s.proven_date) THEN 'proven_date:not_a_date'
    WHEN s.proven_date > t.last_day THEN 'proven_date:after_extract'
    WHEN s.proven_date <> '' AND s.offence_date_code NOT IN ('2', '6')
      AND s.offence_date > s.proven_date THEN 'offence_date:after_proven'
    WHEN verdict_is_proven(s.verdict) IS NULL THEN 'verdict:unknown_code'
  END AS fault
FROM stage_pnc_offence AS s CROSS JOIN setting AS t;

CREATE TEMP VIEW pnc_offence_text AS
SELECT s.rowid AS stage_row, json_object('offence_id', s.offence_id, 'pnc_id', s.pnc_id,
  'appearance_id', s.appearance_id, 'ho_code', s.ho_code, 'offence_date', s.offence_date,
  'offence_date_end', s.offence_date_end, 'offence_date_code', s.offence_date_code,
  'proven_date', s.proven_date, 'verdict', s.verdict, 'disposal_code', s.disposal_code,
  'force_code', s.force_code) AS row_text
FROM stage_pnc_offence AS s;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT CAST(offence_id AS INTEGER) AS id FROM stage_pnc_offence GROUP BY 1 HAVING count(*) > 1
)
SELECT 'pnc_offence', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, x.row_text,
    row_number() OVER newest AS place,
    first_value(x.row_text) OVER newest AS standing
  FROM pnc_offence_checked AS c
  JOIN pnc_offence_text AS x USING (stage_row)
  JOIN load_file AS f USING (file_id)
  WHERE CAST(c.offence_id AS INTEGER) IN (SELECT id FROM twice) AND c.fault IS NULL
  WINDOW newest AS (PARTITION BY CAST(c.offence_id AS INTEGER)
    ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'offence_id:' || a.reason), x.row_text
FROM pnc_offence_checked AS c
JOIN pnc_offence_text AS x USING (stage_row)
LEFT JOIN set_aside AS a ON a.format = 'pnc_offence' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO offence (offence_id, offender_id, offence_date, offence_date_end, proven_date,
  proven_by, ho_code, excluded, appearance_id, force_code)
SELECT CAST(c.offence_id AS INTEGER), coalesce(m.current_id, c.number),
  CASE c.date_code
    WHEN '2' THEN NULL
    WHEN '3' THEN date(nullif(c.offence_date, ''), '+1 day')
    WHEN '6' THEN NULL
    ELSE nullif(c.offence_date, '')
  END,
  CASE c.date_code
    WHEN '2' THEN date(nullif(c.offence_date, ''), '-1 day')
    WHEN '3' THEN max(date(nullif(c.offence_date, ''), '+1 day'), nullif(c.proven_date, ''))
    WHEN '4' THEN nullif(c.offence_date_end, '')
    WHEN '6' THEN nullif(c.offence_date, '')
  END,
  nullif(c.proven_date, ''),
  CASE WHEN c.proven_date = '' THEN NULL WHEN c.verdict = 'G' THEN 'conviction'
    ELSE coalesce(a.kind, 'caution') END,
  nullif(c.ho_code, ''),
  CASE
    WHEN NOT verdict_is_proven(c.verdict) THEN 'not proven'
    WHEN disposal_outcome(c.disposal_code) NOT IN ('sentence', 'sentence varied',
      'sentence quashed', 'appeal dismissed', 'out of court') THEN replace(replace(replace(
        disposal_outcome(c.disposal_code), 'conviction quashed', 'quashed'),
        'breach outcome', 'breach'), 'deceased', 'not proven')
    WHEN offence_is_breach(c.known_code) THEN 'breach'
    WHEN NOT offence_is_recordable(c.known_code) THEN 'not recordable'
    WHEN c.force_code <> '' AND p.force_code IS NULL THEN 'outside England and Wales'
    WHEN calendar_age(o.birth_date, nullif(c.offence_date, '')) < 10 THEN 'under 10'
  END,
  iif(c.appearance_id <> '', CAST(c.appearance_id AS INTEGER) * 10, NULL),
  nullif(c.force_code, '')
FROM pnc_offence_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
LEFT JOIN offender AS o ON o.offender_id = coalesce(m.current_id, c.number)
LEFT JOIN police_force AS p ON p.force_code = c.force_code
LEFT JOIN appearance AS a ON a.appearance_id = CAST(nullif(c.appearance_id, '') AS INTEGER) * 10
WHERE c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_offence');

CREATE INDEX offence_by_offender ON offence (offender_id);

-- Codes no register has: the offence counts, its group is unknown (R29).
INSERT INTO notice (file, line, format, column_name, reason_code)
SELECT f.file, c.line, 'pnc_offence', 'ho_code', 'unknown_code'
FROM stage_pnc_offence AS c
JOIN load_file AS f USING (file_id)
WHERE offence_status(c.ho_code) NOT IN ('classified', 'classified by its class',
    'sub-class not stated', 'exact offence needed', 'in no offence group', 'no Home Office class')
  AND NOT EXISTS (SELECT 1 FROM fault AS x WHERE x.file_id = c.file_id AND x.line = c.line);
