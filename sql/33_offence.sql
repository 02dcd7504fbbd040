-- 33_offence.sql - offences: when committed, when proven, and whether they count.
--
-- Reads: temp.staged_pnc_offence, offender, police_force, temp.setting, temp.young.
-- Writes: offence, temp.odd. What proved an offence without a guilty verdict comes in
--   34_appearance.sql.
-- Rules: R1; R17 (not proven, quashed, not final: interim, appeal pending, carried forward); R18
--   (breach, not recordable, outside England and Wales); R10 (under 10); R20 (a missing date stays
--   missing).
-- offence_date is the first day on which it may have been committed, offence_date_end the last:
--   code 1, 5 on, about      the date itself
--   code 2    before         first day not known; last day the day before
--   code 3    after          first day the day after; last day the day it was proven
--   code 4    between        date to end date
--   code 6    on or before   first day not known; last day the date

DROP INDEX IF EXISTS offence_by_offender;
DELETE FROM offence;

CREATE TEMP VIEW checked_pnc_offence AS
SELECT s.file_id, s.file, s.line, s.place, s.row_text, s.offence_id, s.pnc_id, s.appearance_id,
  s.ho_code, s.offence_date, s.offence_date_end, s.proven_date, s.verdict, s.disposal_code,
  s.force_code, s.entry_date, s.unknown, s.offence_date_code,
  CASE
    WHEN s.fault IS NOT NULL THEN s.fault
    WHEN s.offence_date > s.proven_date AND coalesce(s.offence_date_code, '1') NOT IN ('2', '6')
      THEN 'offence_date:after_proven'
  END AS fault
FROM staged_pnc_offence AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TRIGGER offence_twice AFTER UPDATE ON offence BEGIN
  INSERT INTO twice (format, id) VALUES ('pnc_offence', NEW.offence_id)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO offence (offence_id, offender_id, offence_date, offence_date_end, proven_date,
  proven_by, ho_code, excluded, appearance_id, force_code, entry_date)
SELECT c.offence_id, c.pnc_id,
  CASE c.offence_date_code
    WHEN '2' THEN NULL
    WHEN '3' THEN date(c.offence_date, '+1 day')
    WHEN '6' THEN NULL
    ELSE c.offence_date
  END,
  CASE c.offence_date_code
    WHEN '1' THEN NULL
    WHEN '2' THEN date(c.offence_date, '-1 day')
    WHEN '3' THEN max(date(c.offence_date, '+1 day'), c.proven_date)
    WHEN '5' THEN NULL
    WHEN '6' THEN c.offence_date
    ELSE c.offence_date_end
  END,
  c.proven_date,
  iif(c.proven_date IS NOT NULL, iif(c.verdict = 'G', 'conviction', 'caution'), NULL),
  c.ho_code,
  coalesce(offence_excluded(c.ho_code, c.verdict, c.disposal_code), CASE
    WHEN c.unknown IS NOT NULL AND c.force_code NOT IN (SELECT force_code FROM police_force) THEN
      'outside England and Wales'
    WHEN (c.offence_date + 0 < c.pnc_id / 10000000
        OR c.pnc_id IN (SELECT offender_id FROM young))
      AND calendar_age((SELECT o.birth_date FROM offender AS o WHERE o.offender_id = c.pnc_id),
        c.offence_date) < 10 THEN 'under 10'
  END),
  c.appearance_id * 10, c.force_code, c.entry_date
FROM checked_pnc_offence AS c
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (offence_id) DO UPDATE SET offender_id = excluded.offender_id,
  offence_date = excluded.offence_date, offence_date_end = excluded.offence_date_end,
  proven_date = excluded.proven_date, proven_by = excluded.proven_by, ho_code = excluded.ho_code,
  excluded = excluded.excluded, appearance_id = excluded.appearance_id,
  force_code = excluded.force_code, entry_date = excluded.entry_date;
DROP TRIGGER offence_twice;

-- Codes no register has: the offence counts, its group is unknown (R29).
INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  unknown, row_text)
SELECT 'pnc_offence', 'offence_id', file_id, file, line, fault, offence_id, place, 1, row_text,
  iif(unknown LIKE 'ho_code%', 'ho_code', NULL), row_text
FROM checked_pnc_offence
WHERE fault IS NOT NULL
  OR offence_id IN (SELECT id FROM twice WHERE format = 'pnc_offence')
  OR unknown LIKE 'ho_code%';
