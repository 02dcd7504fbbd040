-- A history whose shadow tables were tampered with: refused by every function, healed by a rebuild.
CREATE TABLE appearance(offender_id, appearance_date, kind, area_code);
CREATE TABLE offence(offender_id, offence_date, ho_code);
CREATE TABLE membership(offender_id, subcohort, start_date, end_date);
INSERT INTO appearance VALUES (1, '2009-01-01', 'caution', 'E01'),
  (2, '2009-02-01', 'caution', 'E02');
INSERT INTO offence VALUES (1, '2009-03-01', '028/00'), (2, '2009-03-01', '046/00');
INSERT INTO membership VALUES (2, 'ppo', '2009-01-01', NULL);
CREATE VIRTUAL TABLE history USING reoffend_history();
INSERT INTO history(history) VALUES ('rebuild');
INSERT INTO history(history) VALUES ('integrity-check');
CREATE TABLE sound AS SELECT * FROM history_block;

.print -- one byte of a block
UPDATE history_block
   SET counted = CAST(substr(counted, 1, 230) || x'ff' || substr(counted, 232) AS BLOB);
SELECT count(*) FROM history;
SELECT count(*) FROM history WHERE offender_id = 1;
SELECT offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01');
SELECT count(*) FROM reoffend_explain('history', 1, '2009-01-01');
SELECT count(*) FROM reoffend_attrition('history', '2009-01-01');
INSERT INTO history(history) VALUES ('integrity-check');
DELETE FROM offence WHERE offender_id = 1;
INSERT INTO history(history) VALUES ('refresh');
INSERT INTO history(history) VALUES ('rebuild');
SELECT count(*) FROM history;

.print -- a part that is another block's, or gone
UPDATE history_block SET described = counted;
SELECT count(*) FROM history;
SELECT offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'sentence_band');
INSERT INTO history(history) VALUES ('integrity-check');
UPDATE history_block SET described = '';
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01');
INSERT INTO history(history) VALUES ('rebuild');

.print -- a shorter block, an empty one, a text, a number
UPDATE history_block SET counted = substr(counted, 1, 99);
SELECT count(*) FROM history;
UPDATE history_block SET counted = x'';
SELECT count(*) FROM history;
UPDATE history_block SET counted = 'packed';
SELECT count(*) FROM history;
UPDATE history_block SET counted = 7;
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('rebuild');

.print -- a block that is gone
DELETE FROM history_block;
SELECT offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO history(history) VALUES ('integrity-check');
INSERT INTO history(history) VALUES ('rebuild');

.print -- texts that are gone
DELETE FROM history_dictionary WHERE text = '046/00';
SELECT offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01');
INSERT INTO history(history) VALUES ('integrity-check');
INSERT INTO history(history) VALUES ('rebuild');
DELETE FROM history_dictionary WHERE text = 'ppo';
SELECT offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'subcohort');
INSERT INTO history(history) VALUES ('integrity-check');
INSERT INTO history(history) VALUES ('rebuild');
UPDATE history_dictionary SET code = code + 1 WHERE text = 'ppo';
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('rebuild');
UPDATE history_dictionary SET text = 'E03' WHERE text = 'E02';
SELECT area_code FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code');
INSERT INTO history(history) VALUES ('rebuild');

.print -- a block that stands twice
INSERT INTO history_block SELECT 2, people, events, latest, counted, described FROM history_block;
INSERT INTO history(history) VALUES ('integrity-check');

.print -- tables that are gone
DROP TABLE history_dictionary;
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('rebuild');
DROP TABLE history_meta;
SELECT count(*) FROM history;
SELECT built FROM reoffend_status('history');
DROP TABLE history;
SELECT name FROM sqlite_schema WHERE name LIKE 'history%';

.print -- a membership that ends before it begins
UPDATE membership SET end_date = '2008-01-01';
CREATE VIRTUAL TABLE again USING reoffend_history();
INSERT INTO again(again) VALUES ('rebuild');
SELECT offenders FROM reoffend_rates('again', '2009-01-01', '2009-01-01', 'subcohort');
SELECT subcohorts FROM reoffend_cohort('again', '2009-01-01');
