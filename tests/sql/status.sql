-- reoffend_status: never built, fresh, stale by people, stale as a whole, of another version.
.mode line
CREATE TABLE appearance(offender_id, appearance_date, kind);
CREATE TABLE offence(offender_id, offence_date);
INSERT INTO appearance VALUES (1, '2009-01-01', 'caution'), (2, '2009-02-01', 'caution');
INSERT INTO offence VALUES (1, '2009-03-01');
CREATE VIRTUAL TABLE history USING reoffend_history();
SELECT * FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('rebuild');
SELECT * FROM reoffend_status('history');
-- Rows of two people change; one of them has none any more.
UPDATE appearance SET kind = 'conviction' WHERE offender_id = 2;
DELETE FROM offence;
SELECT fresh, people_changed, whole_stale, generation, command FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
SELECT fresh, people_changed, generation, people, events, command FROM reoffend_status('history');
-- A source is another one now.
ALTER TABLE offence ADD COLUMN proven_date;
SELECT fresh, people_changed, whole_stale, command FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
SELECT fresh, whole_stale, generation FROM reoffend_status('history');
-- Written by another version: refused with the command that helps, and the command helps.
UPDATE history_meta SET value = 999 WHERE name = 'format';
SELECT fresh, whole_stale, format, command FROM reoffend_status('history');
SELECT count(*) FROM history;
INSERT INTO history(history) VALUES ('rebuild');
SELECT fresh, format = 999 AS other, command FROM reoffend_status('history');
SELECT count(*) FROM history;
-- Nobody at all, a name to quote, another database.
DELETE FROM appearance;
INSERT INTO history(history) VALUES ('refresh');
SELECT extract_date, people, events, blocks, bytes, bytes_per_event FROM reoffend_status('history');
CREATE VIRTUAL TABLE "old ""history" USING reoffend_history(appearance=appearance);
SELECT history, command FROM reoffend_status('old "history');
ATTACH ':memory:' AS archive;
CREATE TABLE archive.appearance(offender_id, appearance_date, kind);
CREATE VIRTUAL TABLE archive.past USING reoffend_history();
SELECT command FROM reoffend_status('past');
SELECT command FROM reoffend_status('archive.past');
-- The WHERE form, NULL, and errors.
SELECT built FROM reoffend_status WHERE history = 'history';
SELECT built FROM reoffend_status('history') WHERE history = 'past';
SELECT built FROM reoffend_status(NULL);
SELECT built FROM reoffend_status('nowhere');
SELECT built FROM reoffend_status(7);
SELECT built FROM reoffend_status;
