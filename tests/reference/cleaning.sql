-- cleaning.sql - the rules of cleaning a second time, in plain SQL over plain text: slowly, and one
-- row at a time. Run by cleaning.sh on a database that is loaded (`main`).
--
-- Reads: raw_FORMAT (the extracts as .import reads them), disposal, police_force_code.
-- Writes: temp.expected_offence, temp.expected_appearance.
-- Rules: R1, R8 to R11, R17, R18, R20, as sql/README.md words them. PNC ids, merges, people and the
--   flags of an offence code are taken from the database and the extension: others test those.

-- Whether each day is none or one of the calendar, and not after the extract where it must not be.
-- date() alone lets 31 November pass.
CREATE TEMP VIEW day_offence AS
SELECT rowid AS row, o.*,
  offence_date = '' OR (date(offence_date, '+0 days') IS offence_date
    AND offence_date <= '2011-12-31') AS committed_good,
  offence_date_end = '' OR date(offence_date_end, '+0 days') IS offence_date_end AS end_good,
  proven_date = '' OR (date(proven_date, '+0 days') IS proven_date
    AND proven_date <= '2011-12-31') AS proven_good,
  entry_date = '' OR (date(entry_date, '+0 days') IS entry_date
    AND entry_date <= '2011-12-31') AS entry_good
FROM raw_pnc_offence AS o;

CREATE TEMP TABLE person_of AS
SELECT DISTINCT pnc_id AS written, coalesce(
  (SELECT m.current_id FROM pnc_merge AS m WHERE m.superseded_id = pnc_number(pnc_id, 2011)),
  pnc_number(pnc_id, 2011)) AS offender_id
FROM (SELECT pnc_id FROM raw_pnc_offence UNION SELECT pnc_id FROM raw_pnc_appearance
  UNION SELECT pnc_id FROM raw_prison_release UNION SELECT pnc_id FROM raw_drug_test);
CREATE UNIQUE INDEX temp.person_of_written ON person_of (written);

-- Ids are whole numbers of at most 17 digits.
CREATE TEMP TABLE good_offence AS
SELECT d.*, p.offender_id,
  (SELECT b.birth_date FROM person AS b WHERE b.offender_id = p.offender_id) AS birth_date
FROM day_offence AS d JOIN person_of AS p ON p.written = d.pnc_id
WHERE d.offence_id <> '' AND d.offence_id NOT GLOB '*[^0-9]*' AND length(d.offence_id) <= 17
  AND d.appearance_id NOT GLOB '*[^0-9]*' AND length(d.appearance_id) <= 17
  AND p.offender_id IS NOT NULL
  AND committed_good AND end_good AND proven_good AND entry_good
  AND offence_date_code IN ('', '1', '2', '3', '4', '5', '6')
  AND verdict IN ('', 'G', 'NG', 'NA', 'NC')
  AND NOT (offence_date <> '' AND offence_date_end <> '' AND offence_date_end < offence_date)
  AND NOT (proven_date <> '' AND entry_date <> '' AND entry_date < proven_date)
  AND NOT (proven_date <> '' AND offence_date > proven_date
    AND offence_date_code NOT IN ('2', '6'));

CREATE TEMP TABLE good_appearance AS
SELECT a.rowid AS row, a.*, p.offender_id, d.category, d.immediate_custody, d.outcome,
  (SELECT b.birth_date FROM person AS b WHERE b.offender_id = p.offender_id) AS birth_date
FROM raw_pnc_appearance AS a JOIN person_of AS p ON p.written = a.pnc_id
LEFT JOIN disposal AS d ON d.code = a.disposal_code
WHERE a.appearance_id <> '' AND a.appearance_id NOT GLOB '*[^0-9]*'
  AND length(a.appearance_id) <= 17 AND p.offender_id IS NOT NULL
  AND date(appearance_date, '+0 days') IS appearance_date AND appearance_date <= '2011-12-31'
  AND kind IN ('caution', 'reprimand', 'final_warning', 'conviction')
  AND (kind <> 'conviction' OR d.code IS NOT NULL)
  AND (duration = '' OR upper(duration) GLOB '[DWMYHS][0-9]*');

-- Of rows with one id the last stands.
DELETE FROM good_offence
WHERE row NOT IN (SELECT max(row) FROM good_offence GROUP BY offence_id + 0);
DELETE FROM good_appearance
WHERE row NOT IN (SELECT max(row) FROM good_appearance GROUP BY appearance_id + 0);
CREATE INDEX temp.good_appearance_id ON good_appearance (appearance_id + 0);

CREATE TEMP TABLE expected_offence AS
SELECT o.offence_id + 0 AS offence_id, o.offender_id,
  CASE WHEN offence_date = '' OR offence_date_code IN ('2', '6') THEN NULL
    WHEN offence_date_code = '3' THEN date(offence_date, '+1 day')
    ELSE offence_date END AS first_day,
  CASE
    WHEN offence_date_code IN ('1', '5') THEN NULL
    WHEN offence_date_code = '2' THEN date(nullif(offence_date, ''), '-1 day')
    WHEN offence_date_code = '6' THEN nullif(offence_date, '')
    WHEN offence_date_code = '3' AND proven_date <> '' THEN
      max(date(nullif(offence_date, ''), '+1 day'), proven_date)
    WHEN offence_date_code = '3' THEN NULL
    ELSE nullif(offence_date_end, '')
  END AS last_day,
  nullif(proven_date, '') AS proven_date,
  CASE WHEN proven_date = '' THEN NULL
    WHEN verdict = 'G' OR (SELECT a.kind FROM good_appearance AS a
      WHERE a.appearance_id + 0 = o.appearance_id + 0 AND o.appearance_id <> '') = 'conviction'
      THEN 'conviction'
    ELSE 'caution' END AS proven_by,
  nullif(ho_code, '') AS ho_code,
  CASE
    WHEN verdict IN ('NG', 'NA', 'NC') THEN 'not proven'
    WHEN d.outcome = 'conviction quashed' THEN 'quashed'
    WHEN d.outcome = 'breach outcome' THEN 'breach'
    WHEN d.outcome = 'deceased' THEN 'not proven'
    WHEN d.outcome IN ('not proven', 'penalty notice', 'interim', 'carried forward',
      'appeal pending') THEN d.outcome
    WHEN offence_is_breach(nullif(ho_code, '')) THEN 'breach'
    WHEN offence_is_recordable(nullif(ho_code, '')) = 0 THEN 'not recordable'
    WHEN force_code <> '' AND force_code NOT IN (SELECT pnc_code FROM police_force_code) THEN
      'outside England and Wales'
    WHEN substr(offence_date, 1, 4) - substr(birth_date, 1, 4)
      - (substr(offence_date, 6) < substr(birth_date, 6)) < 10 AND offence_date <> ''
      THEN 'under 10'
  END AS excluded,
  (nullif(appearance_id, '') + 0) * 10 AS appearance_id
FROM good_offence AS o LEFT JOIN disposal AS d ON d.code = o.disposal_code;
CREATE INDEX temp.expected_by_appearance ON expected_offence (appearance_id);

-- Entry events of the three sources in one form, in the order of their rows; sentenced_by: the
-- appearance whose offences are those of the event.
CREATE TEMP TABLE event AS
SELECT appearance_id * 10 AS appearance_id, appearance_id * 10 AS sentenced_by, offender_id,
  appearance_date AS day, iif(kind = 'conviction', kind, 'caution') AS kind, home_area_code,
  force_code,
  CASE kind WHEN 'conviction' THEN nullif(category, '') WHEN 'caution' THEN kind
    ELSE 'reprimand_or_warning' END AS disposal,
  CASE WHEN kind <> 'conviction' THEN NULL
    WHEN immediate_custody = 'yes' THEN 'immediate custody'
    WHEN category = '' THEN coalesce(nullif(outcome, ''), 'undecided disposal') END AS first_reason
FROM good_appearance;
CREATE INDEX temp.event_by_offender ON event (offender_id, day);

INSERT INTO event
SELECT r.release_id * 10 + 1,
  (SELECT min(e.appearance_id) FROM event AS e WHERE e.offender_id = p.offender_id
    AND e.day = r.sentence_date AND e.kind = 'conviction' AND e.disposal = 'custody'),
  p.offender_id, r.release_date, 'release', r.home_area_code, '', 'custody',
  iif(r.release_type <> 'sentence', replace(r.release_type, '_', ' '), NULL)
FROM raw_prison_release AS r JOIN person_of AS p ON p.written = r.pnc_id
WHERE r.release_id <> '' AND r.release_id NOT GLOB '*[^0-9]*' AND length(r.release_id) <= 17
  AND p.offender_id IS NOT NULL
  AND date(r.release_date, '+0 days') IS r.release_date AND r.release_date <= '2011-12-31'
  AND r.release_type IN ('sentence', 'remand', 'fine_default', 'recall', 'deportation')
  AND (r.sentence_date = ''
    OR (date(r.sentence_date, '+0 days') IS r.sentence_date AND r.sentence_date <= r.release_date))
  AND (r.duration = '' OR upper(r.duration) GLOB '[DWMYHS][0-9]*')
ORDER BY r.rowid;

INSERT INTO event
SELECT t.test_id * 10 + 2, NULL, p.offender_id, t.test_date, 'drug_test', t.home_area_code,
  t.force_code, 'drug_test', iif(t.result = 'negative', 'negative test', NULL)
FROM raw_drug_test AS t JOIN person_of AS p ON p.written = t.pnc_id
WHERE t.test_id <> '' AND t.test_id NOT GLOB '*[^0-9]*' AND length(t.test_id) <= 17
  AND p.offender_id IS NOT NULL
  AND date(t.test_date, '+0 days') IS t.test_date AND t.test_date <= '2011-12-31'
  AND t.result IN ('positive', 'negative') AND t.substance IN ('', 'cocaine', 'opiates', 'both')
ORDER BY t.rowid;

DELETE FROM event WHERE rowid NOT IN (SELECT max(rowid) FROM event GROUP BY appearance_id);

CREATE TEMP TABLE expected_appearance AS
SELECT e.appearance_id, e.offender_id, e.day, e.kind,
  coalesce((SELECT a.area_code FROM area AS a WHERE a.area_code = e.home_area_code),
    (SELECT f.gss_code FROM police_force_code AS f WHERE f.pnc_code = e.force_code)) AS area_code,
  e.disposal,
  (SELECT o.ho_code FROM expected_offence AS o WHERE o.appearance_id = e.sentenced_by
    ORDER BY o.excluded IS NOT NULL, coalesce(offence_severity_rank(o.ho_code), 255), o.offence_id
    LIMIT 1) AS ho_code,
  CASE
    WHEN e.first_reason IS NOT NULL THEN e.first_reason
    WHEN substr(e.day, 1, 4) - substr(b.birth_date, 1, 4)
      - (substr(e.day, 6) < substr(b.birth_date, 6)) < 10 THEN 'under 10'
    WHEN e.kind = 'release' AND e.sentenced_by IS NULL THEN 'no sentence on record'
    WHEN e.kind IN ('conviction', 'caution') AND EXISTS (
        SELECT 1 FROM expected_offence AS o WHERE o.appearance_id = e.appearance_id)
      AND NOT EXISTS (SELECT 1 FROM expected_offence AS o
        WHERE o.appearance_id = e.appearance_id AND o.excluded IS NULL) THEN 'no eligible offence'
  END AS excluded
FROM event AS e LEFT JOIN person AS b ON b.offender_id = e.offender_id;
