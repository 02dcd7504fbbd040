-- 40_membership.sql - who belongs to which sub-cohort, from which day to which.
--
-- Reads: caseload, assessment, drug_test, local_cohort, parameter. Writes: membership.
-- Rules: R26, S8, S9, S19.
--   ppo       A spell begins with its nomination, or with the first extract that lists the person.
--             It ends on the day of removal; without one, on the last extract that lists them,
--             unless that extract is the newest or at most `caseload_gap` before it: then it is
--             open. Another nomination, a return after removal or (where no nomination is given) a
--             gap of more than `caseload_gap` extracts begins a new spell.
--   class_a   `oasys_months` from an assessment that says Class A misuse (the flag, or where it is
--             empty a score of at least `oasys_score`); `drug_test_months` from a positive test.
--   local     as listed.
-- Spells that touch or overlap are joined. An end of NULL is open.

CREATE TEMP TABLE spell (
  offender_id INTEGER NOT NULL,
  subcohort TEXT NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT NOT NULL -- the last day; '9999-12-31' while it is being joined: open
);

CREATE TEMP TABLE extract_number AS
SELECT scheme, extract_date,
  row_number() OVER (PARTITION BY scheme ORDER BY extract_date) AS number,
  count(*) OVER (PARTITION BY scheme) AS newest
FROM (SELECT DISTINCT scheme, extract_date FROM caseload);

INSERT INTO spell (offender_id, subcohort, start_date, end_date)
WITH listed AS (
  SELECT c.offender_id, c.scheme, c.extract_date, c.status, c.nominated_date, c.removed_date,
    e.number, e.newest,
    lag(e.number) OVER before AS number_before,
    lag(c.status) OVER before AS status_before,
    lag(c.nominated_date) OVER before AS nominated_before,
    lag(c.removed_date) OVER before AS removed_before
  FROM caseload AS c
  JOIN extract_number AS e ON e.scheme = c.scheme AND e.extract_date = c.extract_date
  WHERE c.offender_id IS NOT NULL
  WINDOW before AS (PARTITION BY c.offender_id, c.scheme ORDER BY c.extract_date)
), begun AS (
  SELECT *,
    CASE
      WHEN number_before IS NULL THEN 1
      WHEN status_before = 'removed' THEN
        NOT (status = 'removed' AND removed_date IS removed_before)
      WHEN nominated_date IS NOT NULL AND nominated_before IS NOT NULL THEN
        nominated_date <> nominated_before
      ELSE number - number_before
        > 1 + (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'caseload_gap')
    END AS begins,
    iif(nominated_date IS NULL OR (status_before = 'removed' AND nominated_date <= removed_before),
      extract_date, nominated_date) AS start_date
  FROM listed
), numbered AS (
  SELECT *, sum(begins) OVER (
    PARTITION BY offender_id, scheme ORDER BY extract_date) AS spell_number
  FROM begun
), ended AS (
  SELECT offender_id, scheme, min(start_date) AS start_date,
    max(iif(status = 'removed', coalesce(removed_date, extract_date), NULL)) AS removed_date,
    max(extract_date) AS last_listed,
    max(number) + (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'caseload_gap')
      >= max(newest) AS still_listed
  FROM numbered
  GROUP BY offender_id, scheme, spell_number
)
SELECT offender_id, lower(scheme), start_date,
  CASE
    WHEN removed_date IS NOT NULL THEN max(removed_date, start_date)
    WHEN still_listed THEN '9999-12-31'
    ELSE last_listed
  END
FROM ended;

INSERT INTO spell (offender_id, subcohort, start_date, end_date)
SELECT offender_id, 'class_a', assessment_date,
  date(calendar_add_months(assessment_date,
    (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'oasys_months')), '-1 day')
FROM assessment
WHERE class_a_drug_use = 1
  OR (class_a_drug_use IS NULL AND drug_score
    >= (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'oasys_score'));

INSERT INTO spell (offender_id, subcohort, start_date, end_date)
SELECT offender_id, 'class_a', test_date,
  date(calendar_add_months(test_date,
    (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'drug_test_months')), '-1 day')
FROM drug_test
WHERE result = 'positive';

INSERT INTO spell (offender_id, subcohort, start_date, end_date)
SELECT offender_id, subcohort, start_date, coalesce(end_date, '9999-12-31')
FROM local_cohort;

DROP INDEX IF EXISTS membership_by_offender;
DELETE FROM membership;
INSERT INTO membership (offender_id, subcohort, start_date, end_date)
WITH ordered AS (
  SELECT *,
    max(end_date) OVER (
      PARTITION BY offender_id, subcohort ORDER BY start_date, end_date
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
  FROM spell
), numbered AS (
  SELECT *,
    sum(reached IS NULL OR start_date > coalesce(date(reached, '+1 day'), reached)) OVER (
      PARTITION BY offender_id, subcohort ORDER BY start_date, end_date
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
  FROM ordered
)
SELECT offender_id, subcohort, min(start_date), nullif(max(end_date), '9999-12-31')
FROM numbered
GROUP BY offender_id, subcohort, island
ORDER BY offender_id, subcohort, min(start_date);
CREATE INDEX membership_by_offender ON membership (offender_id);

DROP TABLE spell;
DROP TABLE extract_number;
