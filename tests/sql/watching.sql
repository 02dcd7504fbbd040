-- Changes that are easily missed: each is noted, so that a refresh gives what a rebuild gives.
CREATE TABLE appearance(appearance_id INTEGER PRIMARY KEY, offender_id INTEGER, appearance_date,
  kind, reference);
INSERT INTO appearance VALUES (10, 1, '2009-01-01', 'caution', 'r10'),
  (20, 2, '2009-02-01', 'caution', 'r20'), (30, 3, '2009-03-01', 'release', 'r30');
CREATE TABLE charge(offender_id INTEGER, offence_date);
INSERT INTO charge VALUES (1, '2009-03-01'), (2, '2009-04-01');
CREATE VIEW offence AS SELECT * FROM charge;
CREATE VIRTUAL TABLE history USING reoffend_history(stale=fresh);
INSERT INTO history(history) VALUES ('rebuild');
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');

.print -- an id that is no integer breaks the contract, put right or not: anyone may have changed
CREATE TABLE offender(offender_id, sex);
INSERT INTO history(history) VALUES ('rebuild');
BEGIN;
INSERT INTO appearance VALUES (99, 'none', '2009-05-31', 'caution', 'r99');
DELETE FROM appearance WHERE appearance_id = 99;
UPDATE appearance SET kind = 'release' WHERE offender_id = 1;
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO history(history) VALUES ('refresh');
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO appearance VALUES (99, 1.5, '2009-05-31', 'caution', 'r99');
UPDATE appearance SET offender_id = 2 WHERE appearance_id = 99;
SELECT people_changed, whole_stale FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
INSERT INTO appearance VALUES (98, NULL, '2009-05-31', 'caution', 'r98');
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO history(history) VALUES ('refresh');
ROLLBACK;
INSERT INTO offender VALUES (1, 'M');
INSERT INTO history(history) VALUES ('refresh');
UPDATE offender SET offender_id = '1';
INSERT INTO history(history) VALUES ('refresh');
DROP TABLE offender;
INSERT INTO history(history) VALUES ('rebuild');

.print -- a row of somebody else is replaced: by an index with another collation, by one on an
.print -- expression, by one made after the history, by a rowid that a column hides, by a default
BEGIN;
CREATE UNIQUE INDEX by_reference ON appearance(reference COLLATE NOCASE);
INSERT INTO history(history) VALUES ('rebuild');
INSERT OR REPLACE INTO appearance VALUES (90, 1, '2009-02-01', 'caution', 'R20');
SELECT offender_id FROM history_changed;
INSERT INTO history(history) VALUES ('refresh');
INSERT INTO history(history) VALUES ('integrity-check sources');
ROLLBACK;
BEGIN;
CREATE UNIQUE INDEX by_reference ON appearance(upper(reference));
INSERT INTO history(history) VALUES ('rebuild');
INSERT OR REPLACE INTO appearance VALUES (90, 1, '2009-02-01', 'caution', 'R20');
SELECT whole_stale FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
INSERT INTO history(history) VALUES ('integrity-check sources');
ROLLBACK;
BEGIN;
CREATE UNIQUE INDEX by_reference ON appearance(reference);
SELECT whole_stale FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
INSERT OR REPLACE INTO appearance VALUES (90, 1, '2009-02-01', 'caution', 'r20');
SELECT offender_id FROM history_changed;
DROP INDEX by_reference;
CREATE INDEX by_reference ON appearance(reference);
INSERT INTO history(history) VALUES ('refresh');
CREATE INDEX by_day ON appearance(appearance_date);
SELECT fresh FROM reoffend_status('history');
ROLLBACK;
BEGIN;
CREATE TABLE membership(spell INTEGER PRIMARY KEY, rowid, offender_id, subcohort, start_date,
  end_date);
INSERT INTO membership VALUES (1, 'a', 1, 'ppo', NULL, NULL);
INSERT INTO history(history) VALUES ('rebuild');
INSERT OR REPLACE INTO membership VALUES (1, 'b', 2, 'ppo', NULL, NULL);
SELECT offender_id FROM history_changed;
ROLLBACK;

BEGIN;
CREATE TABLE membership(spell INTEGER NOT NULL DEFAULT '7' UNIQUE, offender_id, subcohort,
  start_date, end_date);
INSERT INTO membership VALUES (7, 1, 'ppo', NULL, NULL);
INSERT INTO history(history) VALUES ('rebuild');
INSERT OR REPLACE INTO membership VALUES (NULL, 2, 'ppo', NULL, NULL);
SELECT offender_id FROM history_changed;
ROLLBACK;

.print -- a table that a view reads has other columns
BEGIN;
ALTER TABLE charge ADD COLUMN proven_date;
SELECT whole_stale FROM reoffend_status('history');
INSERT INTO history(history) VALUES ('refresh');
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
ALTER TABLE charge RENAME COLUMN proven_date TO proved_date;
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO history(history) VALUES ('refresh');
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
ROLLBACK;

.print -- a joined table that SQLite leaves out while it cannot add rows
BEGIN;
CREATE TABLE note(offender_id INTEGER, written);
CREATE UNIQUE INDEX note_person ON note(offender_id);
INSERT INTO note VALUES (1, 'first');
DROP VIEW offence;
CREATE VIEW offence AS SELECT charge.* FROM charge LEFT JOIN note USING (offender_id);
INSERT INTO history(history) VALUES ('rebuild');
DROP INDEX note_person;
INSERT INTO note VALUES (1, 'second');
SELECT offenders, reoffences FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO history(history) VALUES ('refresh');
INSERT INTO note VALUES (1, 'third');
SELECT whole_stale FROM reoffend_status('history');
ROLLBACK;
SELECT fresh FROM reoffend_status('history');
