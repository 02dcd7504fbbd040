-- reoffend_attrition: each step loses what it should, and ends at the figures of reoffend_rates.
CREATE TABLE appearance(appearance_id, offender_id, appearance_date, kind, excluded);
CREATE TABLE offence(offence_id, offender_id, offence_date, offence_date_end, proven_date,
  excluded);
INSERT INTO appearance VALUES
  (10, 1, '2009-03-31', 'caution', NULL), (11, 1, '2009-06-01', 'caution', NULL),
  (12, 1, '2008-01-01', 'caution', NULL),
  (20, 2, '2009-01-01', 'drug_test', NULL),            -- in the window, of a kind not chosen below
  (30, 3, '2009-12-31', 'conviction', 'immediate custody'),
  (40, 4, '2008-12-31', 'conviction', NULL),           -- the day before the window
  (50, 5, '2009-12-31', 'release', NULL),
  (60, 6, '2010-01-01', 'caution', NULL);              -- the day after
INSERT INTO offence VALUES
  (101, 1, '2009-04-01', NULL, '2009-05-01', NULL),            -- a re-offence
  (102, 1, '2009-04-01', NULL, '2009-05-01', 'not recordable'),
  (103, 1, NULL, NULL, '2009-05-01', NULL),
  (104, 1, '2009-03-31', NULL, '2009-05-01', NULL),
  (105, 1, '2009-03-30', '2009-04-02', '2009-05-01', NULL),
  (106, 1, '2010-04-01', NULL, '2010-05-01', NULL),
  (107, 1, '2009-05-01', NULL, NULL, NULL),
  (108, 1, '2009-05-01', NULL, '2010-10-01', NULL),
  (109, 1, '2009-05-01', NULL, '2010-09-30', NULL),            -- a re-offence
  (501, 5, '2009-01-01', NULL, '2009-02-01', NULL),
  (701, 7, '2009-02-01', NULL, '2009-02-01', NULL);            -- somebody without an appearance
CREATE VIRTUAL TABLE history USING reoffend_history();
INSERT INTO history(history) VALUES ('rebuild');

SELECT * FROM reoffend_attrition('history', '2009-01-01');
SELECT offenders, reoffenders, reoffences
  FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
-- Fewer kinds, and other lengths.
SELECT step, what, people, events, people_lost, events_lost
  FROM reoffend_attrition('history', '2009-01-01')
 WHERE kinds = 'caution,conviction,release' AND follow_up_months = 1 AND wait_months = 0;
SELECT offenders, reoffenders, reoffences
  FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '')
 WHERE kinds = 'caution,conviction,release' AND follow_up_months = 1 AND wait_months = 0;
SELECT people, events FROM reoffend_attrition('history', '2008-10-01', 3)
 WHERE what = 'index events';
-- A window without anybody keeps its rows.
SELECT step, people, events FROM reoffend_attrition('history', '1999-01-01') WHERE step >= 4;
-- An empty history, and errors.
DELETE FROM appearance; DELETE FROM offence;
SELECT count(*) FROM reoffend_attrition('history', '2009-01-01');
INSERT INTO history(history) VALUES ('refresh');
SELECT count(*), sum(people), sum(events_lost) FROM reoffend_attrition('history', '2009-01-01');
SELECT count(*) FROM reoffend_attrition('history');
SELECT count(*) FROM reoffend_attrition('history', 2009);
SELECT count(*) FROM reoffend_attrition('history', '2009-01-01', 0);
SELECT count(*) FROM reoffend_attrition('history', '2009-01-01', 12, 3, 12, 6, 'fine');
