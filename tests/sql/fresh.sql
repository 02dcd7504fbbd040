-- A stale history that answers fresh, patches, what an integrity-check sees, what a rebuild says.
CREATE TABLE appearance(offender_id, appearance_date, kind, area_code);
CREATE TABLE offence(offender_id, offence_date, ho_code);
CREATE TABLE membership(offender_id, subcohort, start_date, end_date);
INSERT INTO appearance VALUES (1, '2009-01-01', 'caution', 'E01'),
  (2, '2009-02-01', 'caution', 'E02'), (4, '2009-02-01', 'release', 'E02');
INSERT INTO offence VALUES (1, '2009-03-01', '028/00'), (2, '2009-03-01', '046/00');
CREATE VIRTUAL TABLE history USING reoffend_history(stale=fresh);
CREATE VIRTUAL TABLE strict USING reoffend_history;
CREATE VIRTUAL TABLE wrong USING reoffend_history(stale=often);
.print -- never built
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('rebuild progress');
INSERT INTO strict(strict) VALUES ('rebuild');

.print -- people who are new, changed, gone; an area and a sub-cohort that the dictionary lacks
BEGIN;
INSERT INTO appearance VALUES (3, '2009-05-01', 'conviction', 'W15');
INSERT INTO offence VALUES (3, '2009-06-01', '034/00'), (2, '2010-01-01', '046/00');
INSERT INTO membership VALUES (3, 'new list', '2009-01-01', NULL);
DELETE FROM appearance WHERE offender_id = 1;
DELETE FROM offence WHERE offender_id = 1;
SELECT count(*) FROM strict;
SELECT offender_id, area_code, reoffences, subcohorts, complete
  FROM reoffend_cohort('history', '2009-01-01');
SELECT offender_id FROM reoffend_cohort('history', '2009-01-01') ORDER BY offender_id;
SELECT area_code, offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01',
                                                            'area_code');
SELECT offender_id, event, date FROM history;
SELECT count(*) FROM history WHERE offender_id = 1;
SELECT count(*) FROM history WHERE offender_id = 3;
SELECT event, decision FROM reoffend_explain('history', 3, '2009-01-01');
SELECT people FROM reoffend_attrition('history', '2009-01-01') LIMIT 1;
SELECT fresh, people_changed, people, extract_date FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('integrity-check');
INSERT INTO history(history) VALUES ('integrity-check sources');
INSERT INTO history(history) VALUES ('refresh');
INSERT INTO history(history) VALUES ('integrity-check sources');
SELECT fresh, people_changed, people, events, extract_date, sorted_sources
  FROM reoffend_status('history');
SELECT offender_id, area_code, reoffences, subcohorts
  FROM reoffend_cohort('history', '2009-01-01');
.print -- a second patch takes over from the first
UPDATE appearance SET area_code = 'E99' WHERE offender_id = 3;
SELECT area_code, offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code');
INSERT INTO history(history) VALUES ('refresh');
SELECT area_code, offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code');
SELECT count(*) FROM history_patch;
ROLLBACK;
SELECT offender_id, area_code, reoffences FROM reoffend_cohort('history', '2009-01-01');
SELECT count(*) FROM strict;

.print -- an extract date follows the latest event that is left
DELETE FROM appearance WHERE offender_id = 4;
UPDATE offence SET offence_date = '2009-02-20' WHERE offender_id = 2;
SELECT extract_date FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
SELECT extract_date FROM reoffend_status('history');
DELETE FROM offence WHERE offender_id = 1;
INSERT INTO history(history) VALUES ('refresh');
SELECT extract_date FROM reoffend_status('history');

.print -- whom the patch replaces is checked too
DELETE FROM history_replaced WHERE offender_id = 2;
SELECT offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO history(history) VALUES ('refresh');
INSERT INTO history(history) VALUES ('integrity-check');
INSERT INTO history(history) VALUES ('rebuild');

.print -- a change that no trigger saw
.dbconfig enable_trigger off
DELETE FROM offence WHERE offender_id = 2;
.dbconfig enable_trigger on
INSERT INTO history(history) VALUES ('integrity-check');
INSERT INTO history(history) VALUES ('integrity-check sources');
INSERT INTO history(history) VALUES ('rebuild');
INSERT INTO history(history) VALUES ('integrity-check sources');

.print -- when anyone may have changed it has to be rebuilt
DROP TRIGGER "history_track_offence_AFTER DELETE";
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('refresh progress');
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('renew');

.print -- an older history lacks what is kept now: a rebuild adds it
DROP TABLE history_patch;
DROP TABLE history_replaced;
DELETE FROM history_meta WHERE name IN ('replaced', 'blocks');
UPDATE history_meta SET value = 1 WHERE name = 'format';
SELECT count(*) FROM history;
SELECT format, people, command FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('integrity-check sources');
CREATE INDEX appearance_person ON appearance(offender_id);
SELECT sorted_sources FROM reoffend_status('history');
