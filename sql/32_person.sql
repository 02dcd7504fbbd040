-- 32_person.sql - areas, and people with what is known of them.
--
-- Reads: temp.staged_area, temp.staged_pnc_person, pnc_merge, temp.setting.
-- Writes: area, person, offender, temp.odd, temp.young.
-- Rules: R1 (an impossible date is refused), R12 (one record per canonical PNC id). The record of
-- the current id stands before those of the ids merged into it.

-- Areas -------------------------------------------------------------------------------------------

INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  row_text)
SELECT 'area', 'area_code', file_id, file, line, fault, dense_rank() OVER (ORDER BY area_code),
  place, 1, row_text, row_text
FROM staged_area;

DELETE FROM area;
INSERT INTO area (area_code, area_name, area_type, parent_code)
SELECT area_code, area_name, area_type, parent_code
FROM staged_area
WHERE fault IS NULL
ORDER BY area_code, place
ON CONFLICT (area_code) DO UPDATE SET area_name = excluded.area_name,
  area_type = excluded.area_type, parent_code = excluded.parent_code;

-- People ------------------------------------------------------------------------------------------

CREATE TEMP VIEW checked_pnc_person AS
SELECT coalesce(m.current_id, s.pnc_id) AS offender_id, m.current_id IS NULL AS own, s.*
FROM staged_pnc_person AS s
LEFT JOIN pnc_merge AS m ON m.superseded_id = s.pnc_id
WHERE s.last_day = (SELECT last_day FROM setting)
  AND s.pivot_year = (SELECT pivot_year FROM setting);

DELETE FROM person;
CREATE TEMP TRIGGER person_twice AFTER UPDATE ON person BEGIN
  INSERT INTO twice (format, id) VALUES ('pnc_person', NEW.offender_id)
  ON CONFLICT DO NOTHING;
END;
INSERT INTO person (offender_id, pnc_id, surname, forename, birth_date, sex, ethnicity)
SELECT offender_id, pnc_from_number(offender_id), surname, forename, birth_date,
  iif(sex IN ('M', 'F'), sex, NULL), ethnicity
FROM checked_pnc_person
WHERE fault IS NULL
ORDER BY offender_id, own, place
ON CONFLICT (offender_id) DO UPDATE SET surname = excluded.surname, forename = excluded.forename,
  birth_date = excluded.birth_date, sex = excluded.sex, ethnicity = excluded.ethnicity;
DROP TRIGGER person_twice;

-- Two records of one person say the same when nothing but the written form of the id differs.
INSERT INTO odd (format, key_column, file_id, file, line, fault, id, precedence, own, content,
  unknown, row_text)
SELECT 'pnc_person', 'pnc_id', file_id, file, line, fault, offender_id,
  own * 1000000000000000 + place, own,
  json_array(surname, forename, birth_date, sex, ethnicity),
  iif(sex NOT IN ('M', 'F', 'U'), 'sex', NULL), row_text
FROM checked_pnc_person
WHERE fault IS NOT NULL
  OR offender_id IN (SELECT id FROM twice WHERE format = 'pnc_person')
  OR sex NOT IN ('M', 'F', 'U');

DELETE FROM offender;
INSERT INTO offender (offender_id, sex, birth_date, ethnicity)
SELECT offender_id, sex, birth_date, ethnicity FROM person;

-- Who may have been under 10 at some event (R10). The year of a PNC id is that of the record: who
-- turned 10 in a year before it was not under 10 at any event of that year or later. So a birth
-- date has to be looked up for events from before the record and for the few people here alone,
-- which spares the steps below a look at `offender` for nearly every row. A date + 0 is its year.
CREATE TEMP TABLE young (offender_id INTEGER PRIMARY KEY);
INSERT INTO young (offender_id)
SELECT offender_id FROM offender WHERE birth_date + 10 >= offender_id / 10000000;
