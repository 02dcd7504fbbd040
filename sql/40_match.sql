-- 40_match.sql - finds the PNC record of caseload rows that have no PNC id to go by.
--
-- Reads: caseload, person, pnc_merge, assessment, reject, parameter, match_review (its decisions).
-- Writes: caseload (offender_id, matched_by, match_outcome, match_score), match_review, match_rate.
-- Rules: R28, S8, S9.
--   1. A row whose canonical PNC id is valid and belongs to a person is that person: certain.
--   2. The others are compared with everyone in one of their blocks and scored on surname, forename
--      and birth date (match_candidates). The best candidate decides: certain from
--      `match_certain` bits on when it is `match_margin` ahead of the next, possible from
--      `match_possible` on, else unmatched. A row with a valid PNC id of nobody is never certain:
--      the id speaks against. Rows that lack a name or the birth date are not scored.
--   3. What is written the same is compared once, whatever the number of extracts it stands on.
--   4. Nobody is matched twice on one extract: a PNC id stands before a decision, a decision before
--      a score, a higher score before a lower. What loses is unmatched.
--   5. Possible pairs wait in match_review. A decision ('accept' or 'reject'; `reoffend review`
--      takes it) is kept for ever and holds for every extract that lists the person in the same
--      words. A rejected pair is no candidate any more. An accepted id that was merged stands for
--      the current one.

CREATE TEMP TABLE match_setting AS
SELECT
  (SELECT CAST(value AS REAL) FROM parameter WHERE name = 'match_certain') AS certain,
  (SELECT CAST(value AS REAL) FROM parameter WHERE name = 'match_possible') AS possible,
  (SELECT CAST(value AS REAL) FROM parameter WHERE name = 'match_margin') AS margin,
  (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'match_candidates') AS candidates;

-- On the PNC id -----------------------------------------------------------------------------------

UPDATE caseload
SET offender_id = listed_id,
  matched_by = iif(listed_id IN (SELECT offender_id FROM person), 'pnc_id', NULL),
  match_outcome = iif(listed_id IN (SELECT offender_id FROM person), 'certain', 'unmatched'),
  match_score = NULL;

-- On names and birth date -------------------------------------------------------------------------

CREATE TEMP TABLE match_subject (
  subject_id INTEGER PRIMARY KEY,
  surname TEXT NOT NULL,
  forename TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  listed_pnc_id TEXT NOT NULL, -- '': none
  UNIQUE (surname, forename, birth_date, listed_pnc_id)
);
INSERT INTO match_subject (surname, forename, birth_date, listed_pnc_id)
SELECT DISTINCT surname, forename, birth_date, coalesce(pnc_from_number(listed_id), '')
FROM caseload
WHERE matched_by IS NULL AND match_name(surname) IS NOT NULL AND match_name(forename) IS NOT NULL
  AND birth_date IS NOT NULL
ORDER BY 1, 2, 3, 4;

CREATE TEMP TABLE match_row AS
SELECT c.rowid AS caseload_row, s.subject_id, c.extract_date, c.scheme, c.area_code,
  c.nominated_date
FROM caseload AS c
JOIN match_subject AS s ON s.surname = c.surname AND s.forename = c.forename
  AND s.birth_date = c.birth_date AND s.listed_pnc_id = coalesce(pnc_from_number(c.listed_id), '')
WHERE c.matched_by IS NULL;
CREATE INDEX match_row_by_subject ON match_row (subject_id);

-- Everyone passes once; only who has a block in common with a subject is scored.
CREATE TEMP TABLE match_pair (
  subject_id INTEGER NOT NULL,
  offender_id INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (subject_id, offender_id)
) WITHOUT ROWID;
INSERT INTO match_pair (subject_id, offender_id, score)
SELECT listed_id, person_id, score
FROM match_candidates('match_subject', 'person', (SELECT possible FROM match_setting));

-- Decisions taken before: a rejected pair is no candidate, an accepted one needs no score.
CREATE TEMP TABLE match_decision AS
SELECT s.subject_id, coalesce(m.current_id, r.offender_id) AS offender_id, r.decision
FROM match_review AS r
JOIN match_subject AS s ON s.surname = r.listed_surname AND s.forename = r.listed_forename
  AND s.birth_date = r.listed_birth_date AND s.listed_pnc_id = r.listed_pnc_id
LEFT JOIN pnc_merge AS m ON m.superseded_id = r.offender_id
WHERE r.decision IS NOT NULL;

DELETE FROM match_pair
WHERE (subject_id, offender_id) IN (
  SELECT subject_id, offender_id FROM match_decision WHERE decision = 'reject');

CREATE TEMP TABLE match_best (
  subject_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  score REAL,
  outcome TEXT NOT NULL -- accepted, certain, possible
);
INSERT INTO match_best (subject_id, offender_id, score, outcome)
SELECT b.subject_id, b.offender_id, b.score,
  iif(s.listed_pnc_id = '', b.outcome, 'possible')
FROM (
  SELECT p.subject_id, p.offender_id, p.score,
    match_outcome(p.score, coalesce(lead(p.score) OVER best, -1e9), t.certain, t.possible,
      t.margin) AS outcome,
    row_number() OVER best AS place
  FROM match_pair AS p CROSS JOIN match_setting AS t
  WINDOW best AS (PARTITION BY p.subject_id ORDER BY p.score DESC, p.offender_id)
) AS b
JOIN match_subject AS s ON s.subject_id = b.subject_id
WHERE b.place = 1;

INSERT OR REPLACE INTO match_best (subject_id, offender_id, score, outcome)
SELECT d.subject_id, d.offender_id,
  match_score(s.surname, s.forename, s.birth_date, p.surname, p.forename, p.birth_date),
  'accepted'
FROM match_decision AS d
JOIN match_subject AS s ON s.subject_id = d.subject_id
JOIN person AS p ON p.offender_id = d.offender_id
WHERE d.decision = 'accept';

-- Who is on an extract by PNC id; nobody else on it is them.
CREATE TEMP TABLE match_taken (
  extract_date TEXT NOT NULL,
  scheme TEXT NOT NULL,
  offender_id INTEGER NOT NULL,
  PRIMARY KEY (extract_date, scheme, offender_id)
) WITHOUT ROWID;
INSERT INTO match_taken (extract_date, scheme, offender_id)
SELECT extract_date, scheme, offender_id FROM caseload WHERE matched_by = 'pnc_id';

CREATE TEMP TABLE match_claim AS
SELECT r.caseload_row, b.offender_id, b.score, b.outcome,
  row_number() OVER (
    PARTITION BY r.extract_date, r.scheme, b.offender_id
    ORDER BY b.outcome, b.score DESC, r.area_code, r.nominated_date, r.subject_id,
      r.caseload_row) AS place
FROM match_row AS r
JOIN match_best AS b ON b.subject_id = r.subject_id
WHERE b.outcome IN ('accepted', 'certain')
  AND (r.extract_date, r.scheme, b.offender_id) NOT IN (
    SELECT extract_date, scheme, offender_id FROM match_taken);

UPDATE caseload
SET offender_id = k.offender_id, matched_by = iif(k.outcome = 'accepted', 'review', 'name'),
  match_outcome = 'certain', match_score = k.score
FROM match_claim AS k
WHERE k.caseload_row = caseload.rowid AND k.place = 1;

-- For review --------------------------------------------------------------------------------------

-- A candidate who is on the extract already cannot be the person of another row of it.
CREATE TEMP TABLE match_open AS
SELECT r.caseload_row, r.subject_id, r.extract_date, r.area_code, p.offender_id, p.score
FROM match_row AS r
JOIN match_best AS b ON b.subject_id = r.subject_id AND b.outcome = 'possible'
JOIN match_pair AS p ON p.subject_id = r.subject_id
WHERE (r.extract_date, r.scheme, p.offender_id) NOT IN (
  SELECT extract_date, scheme, offender_id FROM match_taken);

UPDATE caseload
SET match_outcome = 'possible', match_score = o.score
FROM (SELECT caseload_row, max(score) AS score FROM match_open GROUP BY caseload_row) AS o
WHERE o.caseload_row = caseload.rowid;

DELETE FROM match_review WHERE decision IS NULL;
INSERT INTO match_review (review_id, listed_surname, listed_forename, listed_birth_date,
  listed_pnc_id, offender_id, pnc_id, surname, forename, birth_date, surname_similarity,
  forename_similarity, birth_date_agreement, score, place, listed_rows, first_listed, last_listed,
  area_codes)
SELECT
  substr(lower(hex(sha3(json_array(s.surname, s.forename, s.birth_date, s.listed_pnc_id,
    p.offender_id), 256))), 1, 12),
  s.surname, s.forename, s.birth_date, s.listed_pnc_id, p.offender_id, p.pnc_id, p.surname,
  p.forename, p.birth_date,
  round(match_jaro_winkler(match_name(s.surname), match_name(p.surname)), 3),
  round(match_jaro_winkler(match_name(s.forename), match_name(p.forename)), 3),
  match_birth_date(s.birth_date, p.birth_date), round(o.score, 2), o.place, o.listed_rows,
  o.first_listed, o.last_listed, o.area_codes
FROM (
  SELECT subject_id, offender_id, score, count(*) AS listed_rows,
    min(extract_date) AS first_listed, max(extract_date) AS last_listed,
    group_concat(DISTINCT area_code) AS area_codes,
    row_number() OVER (
      PARTITION BY subject_id ORDER BY score DESC, offender_id) AS place
  FROM (SELECT * FROM match_open ORDER BY area_code)
  GROUP BY subject_id, offender_id
) AS o
JOIN match_subject AS s ON s.subject_id = o.subject_id
JOIN person AS p ON p.offender_id = o.offender_id
WHERE o.place <= (SELECT candidates FROM match_setting)
ORDER BY s.surname, s.forename, s.birth_date, s.listed_pnc_id, o.place
ON CONFLICT DO NOTHING;

-- Rates -------------------------------------------------------------------------------------------

DELETE FROM match_rate;
INSERT INTO match_rate (source, quarter_start, area_code, listed_rows, matched_by_pnc_id,
  matched_by_name, matched_by_review, possible, unmatched, matched_share)
SELECT source, quarter_start, area_code, count(*),
  count(*) FILTER (WHERE matched_by = 'pnc_id'),
  count(*) FILTER (WHERE matched_by = 'name'),
  count(*) FILTER (WHERE matched_by = 'review'),
  count(*) FILTER (WHERE match_outcome = 'possible'),
  count(*) FILTER (WHERE match_outcome = 'unmatched'),
  1.0 * count(matched_by) / count(*)
FROM (
  SELECT 'jtrack_caseload' AS source, calendar_quarter_start(extract_date) AS quarter_start,
    area_code, matched_by, match_outcome
  FROM caseload
  UNION ALL
  -- Assessments carry no names: they have a PNC id of a person or are unmatched.
  SELECT 'oasys_assessment', calendar_quarter_start(a.assessment_date), NULL,
    iif(p.offender_id IS NULL, NULL, 'pnc_id'), iif(p.offender_id IS NULL, 'unmatched', 'certain')
  FROM assessment AS a LEFT JOIN person AS p ON p.offender_id = a.offender_id
  UNION ALL
  SELECT 'oasys_assessment',
    iif(calendar_is_date(json_extract(row_text, '$.assessment_date')),
      calendar_quarter_start(json_extract(row_text, '$.assessment_date')), NULL),
    NULL, NULL, 'unmatched'
  FROM reject
  WHERE format = 'oasys_assessment' AND column_name = 'pnc_id' AND step = 'clean'
    AND reason_code IN ('empty', 'not_a_pnc_id')
)
GROUP BY source, quarter_start, area_code
ORDER BY source, quarter_start, area_code;

DROP TABLE match_open;
DROP TABLE match_claim;
DROP TABLE match_taken;
DROP TABLE match_best;
DROP TABLE match_decision;
DROP TABLE match_pair;
DROP TABLE match_row;
DROP TABLE match_subject;
DROP TABLE match_setting;
