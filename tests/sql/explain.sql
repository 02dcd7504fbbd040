-- reoffend_explain: one event for each decision, positive and negative, and the counts of the row.
CREATE TABLE appearance(appearance_id, offender_id, appearance_date, kind, ho_code, excluded);
CREATE TABLE offence(offence_id, offender_id, offence_date, offence_date_end, proven_date, ho_code,
  excluded);
CREATE TABLE membership(offender_id, subcohort, start_date, end_date);
-- 1: every decision there is for somebody in the cohort of 2009. Index event 2009-03-31: the
-- follow-up ends on 2010-03-31, the wait for proof on 2010-09-30.
INSERT INTO appearance VALUES
  (10, 1, '2008-12-31', 'caution',    NULL,     NULL),
  (11, 1, '2009-01-01', 'conviction', '046/00', 'immediate custody'),
  (12, 1, '2009-03-31', 'caution',    '046/00', NULL),
  (13, 1, '2009-03-31', 'conviction', '028/00', NULL),
  (14, 1, '2009-03-31', 'release',    NULL,     'remand'),
  (15, 1, '2009-04-01', 'drug_test',  NULL,     NULL),
  (16, 1, '2010-03-31', 'release',    NULL,     NULL),
  (17, 1, '2010-04-01', 'conviction', NULL,     NULL);
INSERT INTO offence VALUES
  (101, 1, '2008-05-01', NULL,         '2008-06-01', '046/00', NULL),
  (102, 1, '2009-03-31', NULL,         '2009-05-01', '046/00', NULL),
  (103, 1, '2009-03-31', '2009-04-01', '2009-05-01', '046/00', NULL),
  (104, 1, '2009-04-01', NULL,         '2010-09-30', '028/00', NULL),
  (105, 1, '2010-03-31', NULL,         '2010-10-01', '046/00', NULL),
  (106, 1, '2010-03-31', NULL,         '2010-09-30', '046/00', NULL),
  (107, 1, '2010-03-31', '2010-04-01', '2010-05-01', '046/00', NULL),
  (108, 1, '2010-04-01', NULL,         '2010-05-01', '046/00', NULL),
  (109, 1, '2009-06-01', NULL,         NULL,         '046/00', NULL),
  (110, 1, '2009-06-01', NULL,         '2009-07-01', '802/00', 'not recordable'),
  (111, 1, NULL,         NULL,         '2009-07-01', '046/00', NULL),
  (112, 1, NULL,         NULL,         '2007-07-01', '046/00', NULL);
INSERT INTO membership VALUES
  (1, 'ppo', '2008-01-01', '2009-01-01'), (1, 'ppo', '2009-12-31', NULL),
  (1, 'class_a', NULL, '2008-12-31'), (1, 'local', '2010-01-01', NULL), (2, 'ppo', NULL, NULL);
-- 2: only a drug test in the window, and an event after it.
INSERT INTO appearance VALUES
  (20, 2, '2009-07-01', 'drug_test', NULL, NULL), (21, 2, '2010-01-01', 'caution', NULL, NULL);
INSERT INTO offence VALUES (201, 2, '2009-08-01', NULL, '2009-09-01', '046/00', NULL);
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2012-01-01);
INSERT INTO history(history) VALUES ('rebuild');

SELECT event, event_id, date, date_end, kind, subcohort, decision, rule, counted, previous
  FROM reoffend_explain('history', 1, '2009-01-01');
SELECT reoffences, reappearances, previous_offences, undated_offences, straddling_offences,
       subcohorts, reoffended FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id = 1;
-- Proven dates, codes and reasons as the source has them.
SELECT event_id, proven_date, ho_code, excluded
  FROM reoffend_explain('history', 1, '2009-01-01') WHERE event_id IN (11, 110, 111) ORDER BY 1;
-- Another choice of kinds: the release on the index day would be chosen, but it is excluded; the
-- caution is chosen with none beside it, the conviction of the day is not of a chosen kind.
SELECT event_id, decision, rule, counted FROM reoffend_explain('history', 1, '2009-01-01')
 WHERE kinds = 'caution,release' AND event = 'appearance';
-- Nobody's index event: the window before and behind, the kind not chosen.
SELECT event_id, date, decision, rule, counted FROM reoffend_explain('history', 2, '2009-01-01')
 WHERE kinds = 'caution';
SELECT event_id, date, decision, rule, counted FROM reoffend_explain('history', 2, '2009-01-01');
-- A shorter follow-up and no wait.
SELECT event_id, decision, rule FROM reoffend_explain('history', 1, '2009-01-01')
 WHERE follow_up_months = 3 AND wait_months = 0 AND event = 'offence' AND date > '2009-03-31';
-- Each decision has its sentence.
SELECT DISTINCT decision, meaning FROM reoffend_explain('history', 1, '2009-01-01') ORDER BY 1, 2;
-- Nobody there, and errors.
SELECT count(*) FROM reoffend_explain('history', 3, '2009-01-01');
SELECT count(*) FROM reoffend_explain('history', -9223372036854775807, '2009-01-01');
SELECT count(*) FROM reoffend_explain('history', 'Okonkwo', '2009-01-01');
SELECT count(*) FROM reoffend_explain('history', 1, '2009-02-29');
SELECT count(*) FROM reoffend_explain('nowhere', 1, '2009-01-01');
SELECT count(*) FROM reoffend_explain(1, 1, '2009-01-01');
SELECT count(*) FROM reoffend_explain('history', 1, '9998-01-01');
SELECT count(*) FROM reoffend_explain('history', 1);
UPDATE offence SET proven_date = '2010-09-30' WHERE offence_id = 105;
SELECT count(*) FROM reoffend_explain('history', 1, '2009-01-01');
