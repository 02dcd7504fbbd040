-- 34_appearance.sql - the four kinds of entry event, each with its disposal, area and offence.
--
-- Reads: temp.staged_pnc_appearance, temp.staged_prison_release, temp.staged_drug_test, offence,
--   offender, area, police_force, parameter, temp.setting, temp.young.
-- Writes: appearance, release, drug_test, offence (proven_by), temp.odd.
-- Rules: R1, R8, R10 (under 10), R11 (home area, else the area of the force), S1; R9 (the gravest
--   offence of an appearance is its index offence; of a release, that of the sentence it ends).
--   Excluded are immediate custody, a result that is no disposal or undecided (R8, R17); remand,
--   recall, fine default, deportation, a release without its sentence on record (R8); a negative
--   test; under 10; an appearance no offence of which is eligible (R17, R18).
-- appearance_id = id of the source * 10 + source: 0 PNC appearance, 1 release, 2 drug test.

DROP INDEX IF EXISTS appearance_by_offender;
DELETE FROM appearance;
DELETE FROM release;
DELETE FROM drug_test;

-- The index offence of each appearance (R9); `excluded` of it: no offence of it is eligible. There
-- is no sort: the offences of an appearance are recorded together and their ids lie close together.
CREATE TEMP TABLE gravest (
  appearance_id INTEGER PRIMARY KEY,
  ho_code TEXT,
  excluded TEXT,
  precedence INTEGER
);
INSERT INTO gravest (appearance_id, ho_code, excluded, precedence)
SELECT appearance_id, ho_code, excluded, offence_index_order(offence_id, ho_code, excluded)
FROM offence
WHERE appearance_id IS NOT NULL
ON CONFLICT (appearance_id) DO UPDATE SET ho_code = excluded.ho_code, excluded = excluded.excluded,
  precedence = excluded.precedence
WHERE excluded.precedence < precedence;

-- PNC appearances ---------------------------------------------------------------------------------

CREATE TEMP VIEW checked_pnc_appearance AS
SELECT s.file_id, s.file, s.line, s.place, s.row_text, s.appearance_id, s.pnc_id,
  s.appearance_date, s.kind, s.disposal_code, s.duration, s.home_area_code, s.force_code,
  s.unknown,
  CASE
    WHEN s.fault IS NOT NULL THEN s.fault
    WHEN s.kind <> 'conviction' THEN NULL
    WHEN s.disposal_code IS NULL THEN 'disposal_code:empty'
    WHEN disposal_label(s.disposal_code) IS NULL THEN 'disposal_code:unknown_code'
  END AS fault
FROM staged_pnc_appearance AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TRIGGER appearance_twice AFTER UPDATE ON appearance BEGIN
  INSERT INTO twice (format, id) VALUES ('pnc_appearance', NEW.appearance_id / 10)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO appearance (appearance_id, offender_id, appearance_date, kind, area_code, disposal,
  sentence_months, ho_code, excluded)
SELECT c.appearance_id * 10, c.pnc_id, c.appearance_date,
  iif(c.kind = 'conviction', 'conviction', 'caution'),
  coalesce(iif(c.unknown IS NULL, c.home_area_code,
      (SELECT h.area_code FROM area AS h WHERE h.area_code = c.home_area_code)),
    (SELECT p.area_code FROM police_force AS p WHERE p.force_code = c.force_code)),
  CASE c.kind
    WHEN 'conviction' THEN disposal_category(c.disposal_code)
    WHEN 'caution' THEN 'caution'
    ELSE 'reprimand_or_warning'
  END,
  c.duration, g.ho_code,
  coalesce(iif(c.kind = 'conviction', disposal_excluded(c.disposal_code), NULL), CASE
    WHEN (c.appearance_date + 0 < c.pnc_id / 10000000
        OR c.pnc_id IN (SELECT offender_id FROM young))
      AND calendar_age((SELECT o.birth_date FROM offender AS o WHERE o.offender_id = c.pnc_id),
        c.appearance_date) < 10 THEN 'under 10'
    WHEN g.excluded IS NOT NULL
      AND (SELECT value FROM parameter WHERE name = 'appearance_needs_offence') = '1' THEN
      'no eligible offence'
  END)
FROM checked_pnc_appearance AS c
LEFT JOIN gravest AS g ON g.appearance_id = c.appearance_id * 10
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (appearance_id) DO UPDATE SET offender_id = excluded.offender_id,
  appearance_date = excluded.appearance_date, kind = excluded.kind, area_code = excluded.area_code,
  disposal = excluded.disposal, sentence_months = excluded.sentence_months,
  ho_code = excluded.ho_code, excluded = excluded.excluded;
DROP TRIGGER appearance_twice;

INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  unknown, row_text)
SELECT 'pnc_appearance', 'appearance_id', file_id, file, line, fault, appearance_id, place, 1,
  row_text, unknown, row_text
FROM checked_pnc_appearance
WHERE fault IS NOT NULL
  OR appearance_id IN (SELECT id FROM twice WHERE format = 'pnc_appearance')
  OR unknown IS NOT NULL;

-- An offence without a guilty verdict may belong to a conviction all the same.
UPDATE offence SET proven_by = 'conviction'
WHERE proven_by = 'caution' AND (
  SELECT a.kind FROM appearance AS a WHERE a.appearance_id = offence.appearance_id) = 'conviction';

-- Releases ----------------------------------------------------------------------------------------

CREATE TEMP VIEW checked_prison_release AS
SELECT s.*
FROM staged_prison_release AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TRIGGER release_twice AFTER UPDATE ON release BEGIN
  INSERT INTO twice (format, id) VALUES ('prison_release', NEW.release_id)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO release (release_id, offender_id, release_date, release_type, sentence_date,
  sentence_months)
SELECT c.release_id, c.pnc_id, c.release_date, c.release_type, c.sentence_date, c.duration
FROM checked_prison_release AS c
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (release_id) DO UPDATE SET offender_id = excluded.offender_id,
  release_date = excluded.release_date, release_type = excluded.release_type,
  sentence_date = excluded.sentence_date, sentence_months = excluded.sentence_months;
DROP TRIGGER release_twice;

INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  unknown, row_text)
SELECT 'prison_release', 'release_id', file_id, file, line, fault, release_id, place, 1, row_text,
  unknown, row_text
FROM checked_prison_release
WHERE fault IS NOT NULL
  OR release_id IN (SELECT id FROM twice WHERE format = 'prison_release')
  OR unknown IS NOT NULL;

-- The sentence a release ends: immediate custody on that day. The lowest id, should there be two.
CREATE TEMP TABLE sentence (
  offender_id INTEGER NOT NULL,
  sentence_date TEXT NOT NULL,
  appearance_id INTEGER NOT NULL,
  PRIMARY KEY (offender_id, sentence_date)
) WITHOUT ROWID;
INSERT INTO sentence (offender_id, sentence_date, appearance_id)
SELECT offender_id, appearance_date, min(appearance_id)
FROM appearance
WHERE kind = 'conviction' AND disposal = 'custody'
GROUP BY offender_id, appearance_date;

INSERT INTO appearance (appearance_id, offender_id, appearance_date, kind, area_code, disposal,
  sentence_months, ho_code, excluded)
SELECT r.release_id * 10 + 1, r.offender_id, r.release_date, 'release', h.area_code, 'custody',
  r.sentence_months, g.ho_code,
  CASE
    WHEN ',' || (SELECT value FROM parameter WHERE name = 'release_types') || ','
      NOT LIKE '%,' || r.release_type || ',%' THEN replace(r.release_type, '_', ' ')
    WHEN (r.release_date + 0 < r.offender_id / 10000000
        OR r.offender_id IN (SELECT offender_id FROM young))
      AND calendar_age((SELECT o.birth_date FROM offender AS o WHERE o.offender_id = r.offender_id),
        r.release_date) < 10 THEN 'under 10'
    WHEN e.appearance_id IS NULL
      AND (SELECT value FROM parameter WHERE name = 'release_needs_sentence') = '1' THEN
      'no sentence on record'
  END
FROM checked_prison_release AS c
CROSS JOIN release AS r ON r.release_id = c.release_id
LEFT JOIN area AS h ON h.area_code = c.home_area_code
LEFT JOIN sentence AS e ON e.offender_id = r.offender_id AND e.sentence_date = r.sentence_date
LEFT JOIN gravest AS g ON g.appearance_id = e.appearance_id
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (appearance_id) DO UPDATE SET area_code = excluded.area_code;

-- Drug tests --------------------------------------------------------------------------------------

CREATE TEMP VIEW checked_drug_test AS
SELECT s.*
FROM staged_drug_test AS s
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

CREATE TEMP TRIGGER drug_test_twice AFTER UPDATE ON drug_test BEGIN
  INSERT INTO twice (format, id) VALUES ('drug_test', NEW.test_id)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO drug_test (test_id, offender_id, test_date, result, substance)
SELECT c.test_id, c.pnc_id, c.test_date, c.result, c.substance
FROM checked_drug_test AS c
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (test_id) DO UPDATE SET offender_id = excluded.offender_id,
  test_date = excluded.test_date, result = excluded.result, substance = excluded.substance;
DROP TRIGGER drug_test_twice;

INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  unknown, row_text)
SELECT 'drug_test', 'test_id', file_id, file, line, fault, test_id, place, 1, row_text,
  unknown, row_text
FROM checked_drug_test
WHERE fault IS NOT NULL
  OR test_id IN (SELECT id FROM twice WHERE format = 'drug_test')
  OR unknown IS NOT NULL;

INSERT INTO appearance (appearance_id, offender_id, appearance_date, kind, area_code, disposal,
  excluded)
SELECT d.test_id * 10 + 2, d.offender_id, d.test_date, 'drug_test',
  coalesce(iif(c.unknown IS NULL, c.home_area_code,
      (SELECT h.area_code FROM area AS h WHERE h.area_code = c.home_area_code)),
    (SELECT p.area_code FROM police_force AS p WHERE p.force_code = c.force_code)),
  'drug_test',
  CASE
    WHEN d.result = 'negative' THEN 'negative test'
    WHEN (d.test_date + 0 < d.offender_id / 10000000
        OR d.offender_id IN (SELECT offender_id FROM young))
      AND calendar_age((SELECT o.birth_date FROM offender AS o WHERE o.offender_id = d.offender_id),
        d.test_date) < 10 THEN 'under 10'
  END
FROM checked_drug_test AS c
CROSS JOIN drug_test AS d ON d.test_id = c.test_id
WHERE c.fault IS NULL
ORDER BY c.place
ON CONFLICT (appearance_id) DO UPDATE SET area_code = excluded.area_code;
