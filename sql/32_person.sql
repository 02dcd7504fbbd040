-- 32_person.sql - areas, and people with what is known of them.
--
-- Reads: stage_area, stage_pnc_person, pnc_merge, load_file, temp.setting.
-- Writes: area, person, offender, notice, temp.fault, temp.set_aside.
-- Rules: R1 (an impossible date is refused), R12 (one record per canonical PNC id). The record of
-- the current id stands before those of the ids merged into it.

-- Areas -------------------------------------------------------------------------------------------

CREATE TEMP VIEW area_checked AS
SELECT s.rowid AS stage_row, s.file_id, s.line, s.area_code, s.area_name, s.area_type,
  s.parent_code,
  CASE
    WHEN s.area_code = '' THEN 'area_code:empty'
    WHEN s.area_name = '' THEN 'area_name:empty'
    WHEN s.area_type = '' THEN 'area_type:empty'
  END AS fault,
  json_object('area_code', s.area_code, 'area_name', s.area_name, 'area_type', s.area_type,
    'parent_code', s.parent_code) AS row_text
FROM stage_area AS s;

INSERT INTO set_aside (format, stage_row, reason)
SELECT 'area', stage_row, iif(row_text = standing, 'duplicate', 'superseded')
FROM (
  SELECT c.stage_row, c.row_text,
    row_number() OVER newest AS place,
    first_value(c.row_text) OVER newest AS standing
  FROM area_checked AS c JOIN load_file AS f USING (file_id)
  WHERE c.fault IS NULL
  WINDOW newest AS (PARTITION BY c.area_code ORDER BY f.as_of DESC, f.file DESC, c.line DESC)
)
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'area_code:' || a.reason), c.row_text
FROM area_checked AS c
LEFT JOIN set_aside AS a ON a.format = 'area' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

DELETE FROM area;
INSERT INTO area (area_code, area_name, area_type, parent_code)
SELECT area_code, area_name, area_type, nullif(parent_code, '')
FROM area_checked
WHERE fault IS NULL
  AND stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'area');

-- People ------------------------------------------------------------------------------------------

CREATE TEMP VIEW pnc_person_checked AS
SELECT s.rowid AS stage_row, s.file_id, s.line, s.pnc_id, s.surname, s.forename, s.birth_date,
  s.sex, s.ethnicity,
  pnc_number(s.pnc_id, t.pivot_year) AS number,
  CASE
    WHEN s.pnc_id = '' THEN 'pnc_id:empty'
    WHEN pnc_number(s.pnc_id, t.pivot_year) IS NULL THEN 'pnc_id:not_a_pnc_id'
    WHEN s.birth_date <> '' AND NOT calendar_is_date(s.birth_date) THEN 'birth_date:not_a_date'
    WHEN s.birth_date > t.last_day THEN 'birth_date:after_extract'
  END AS fault
FROM stage_pnc_person AS s CROSS JOIN setting AS t;

-- offender_id of every good row, after merges; `own` when the id is the current one itself.
CREATE TEMP TABLE person_row AS
SELECT c.stage_row, coalesce(m.current_id, c.number) AS offender_id, m.current_id IS NULL AS own
FROM pnc_person_checked AS c
LEFT JOIN pnc_merge AS m ON m.superseded_id = c.number
WHERE c.fault IS NULL;

INSERT INTO set_aside (format, stage_row, reason)
WITH twice AS (
  SELECT offender_id FROM person_row GROUP BY offender_id HAVING count(*) > 1
), ranked AS (
  SELECT p.stage_row, p.own,
    row_number() OVER newest AS place,
    first_value(p.own) OVER newest AS standing_own,
    s.birth_date || char(31) || s.sex || char(31) || s.ethnicity || char(31) || s.surname
      || char(31) || s.forename AS content,
    first_value(s.birth_date || char(31) || s.sex || char(31) || s.ethnicity || char(31)
      || s.surname || char(31) || s.forename) OVER newest AS standing
  FROM person_row AS p
  JOIN stage_pnc_person AS s ON s.rowid = p.stage_row
  JOIN load_file AS f USING (file_id)
  WHERE p.offender_id IN (SELECT offender_id FROM twice)
  WINDOW newest AS (
    PARTITION BY p.offender_id ORDER BY p.own DESC, f.as_of DESC, f.file DESC, s.line DESC)
)
SELECT 'pnc_person', stage_row,
  CASE WHEN own <> standing_own THEN 'merged' WHEN content = standing THEN 'duplicate'
    ELSE 'superseded' END
FROM ranked
WHERE place > 1;

INSERT INTO fault (file_id, line, fault, row_text)
SELECT c.file_id, c.line, coalesce(c.fault, 'pnc_id:' || a.reason),
  json_object('pnc_id', c.pnc_id, 'surname', c.surname, 'forename', c.forename,
    'birth_date', c.birth_date, 'sex', c.sex, 'ethnicity', c.ethnicity)
FROM pnc_person_checked AS c
LEFT JOIN set_aside AS a ON a.format = 'pnc_person' AND a.stage_row = c.stage_row
WHERE c.fault IS NOT NULL OR a.reason IS NOT NULL;

INSERT INTO notice (file, line, format, column_name, reason_code)
SELECT f.file, c.line, 'pnc_person', 'sex', 'unknown_code'
FROM pnc_person_checked AS c JOIN load_file AS f USING (file_id)
WHERE c.sex NOT IN ('M', 'F', 'U', '') AND c.fault IS NULL
  AND c.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_person');

DELETE FROM person;
INSERT INTO person (offender_id, pnc_id, surname, forename, birth_date, sex, ethnicity)
SELECT p.offender_id, pnc_from_number(p.offender_id), nullif(s.surname, ''),
  nullif(s.forename, ''), nullif(s.birth_date, ''), iif(s.sex IN ('M', 'F'), s.sex, NULL),
  nullif(s.ethnicity, '')
FROM person_row AS p JOIN stage_pnc_person AS s ON s.rowid = p.stage_row
WHERE p.stage_row NOT IN (SELECT stage_row FROM set_aside WHERE format = 'pnc_person')
ORDER BY p.offender_id;

DELETE FROM offender;
INSERT INTO offender (offender_id, sex, birth_date, ethnicity)
SELECT offender_id, sex, birth_date, ethnicity FROM person;

DROP TABLE person_row;
