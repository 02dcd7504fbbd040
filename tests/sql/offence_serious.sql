-- The query of sql/lookup/README.md: which codes make up the serious re-offences, how many each,
-- and that they add up to what the cohort counts.
CREATE TABLE appearance (offender_id INTEGER, appearance_date TEXT, kind TEXT);
CREATE TABLE offence (offender_id INTEGER, offence_date TEXT, offence_date_end TEXT,
  proven_date TEXT, ho_code TEXT, excluded TEXT);
INSERT INTO appearance VALUES (1, '2009-02-01', 'conviction'), (2, '2009-06-30', 'caution');
INSERT INTO offence VALUES
  (1, '2009-05-01', NULL, '2009-09-01', '005/01', NULL),
  (1, '2009-05-02', NULL, '2009-09-01', '005/01', NULL),
  (1, '2009-05-02', NULL, '2009-09-01', '046/00', NULL),          -- not serious
  (1, '2009-05-02', NULL, '2009-09-01', '004/00', NULL),          -- sub-class not stated: unknown
  (1, '2009-02-01', NULL, '2009-09-01', '005/01', NULL),          -- on the index date (R13)
  (1, '2010-02-02', NULL, '2010-03-01', '005/01', NULL),          -- after the follow-up
  (2, '2009-12-01', NULL, '2010-11-01', '019/08', NULL),
  (2, '2009-12-01', NULL, '2011-01-01', '019/08', NULL),          -- proven too late (R15)
  (2, '2009-12-01', NULL, '2010-11-01', '019/08', 'not proven'),  -- excluded
  (2, '2010-06-01', '2010-07-30', '2010-11-01', '019/08', NULL);  -- range ends after follow-up
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date='2012-01-01');
INSERT INTO history(history) VALUES ('rebuild');
.headers on
SELECT o.ho_code, offence_label(o.ho_code) AS offence, count(*) AS reoffences,
       count(DISTINCT o.offender_id) AS reoffenders
FROM reoffend_cohort('history', '2009-01-01') AS c
JOIN offence AS o ON o.offender_id = c.offender_id
WHERE o.excluded IS NULL AND offence_is_serious(o.ho_code)
  AND o.offence_date > c.index_date
  AND coalesce(o.offence_date_end, o.offence_date) <= c.follow_up_end
  AND o.proven_date <= calendar_add_months(c.index_date, 18)
GROUP BY o.ho_code ORDER BY reoffences DESC, o.ho_code;
SELECT sum(serious_reoffences) AS serious FROM reoffend_cohort('history', '2009-01-01');
