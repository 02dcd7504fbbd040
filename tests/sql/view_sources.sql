-- Sources that are views which work before they put their rows in order: the history has what a
-- SELECT from them gives.
CREATE TABLE north(offender_id INTEGER, appearance_date, kind);
CREATE TABLE south(offender_id INTEGER, appearance_date, kind);
CREATE INDEX north_person ON north(offender_id);
CREATE INDEX south_person ON south(offender_id);
INSERT INTO north VALUES (1, '2009-01-05', 'caution'), (2, '2009-01-05', 'caution'),
  (3, '2009-01-05', 'caution'), (50, '2009-01-05', 'caution');
INSERT INTO south VALUES (2, '2009-02-05', 'caution'), (40, '2009-01-05', 'caution'),
  (100, '2009-01-05', 'caution');
CREATE TABLE charge(charge_id, offender_id INTEGER, offence_date, part);
CREATE UNIQUE INDEX charge_once ON charge(offender_id, offence_date, charge_id, part);
INSERT INTO charge VALUES (7, 1, '2009-03-01', 1), (7, 1, '2009-03-01', 2), (8, 1, '2009-03-01', 1);

.print -- two tables as one, merged by their indexes
CREATE VIEW appearance AS SELECT * FROM north UNION ALL SELECT * FROM south;
-- each offence once
CREATE VIEW offence AS
  SELECT offender_id, offence_date, charge_id AS offence_id FROM charge
   GROUP BY offender_id, offence_date, charge_id;
CREATE VIRTUAL TABLE history USING reoffend_history();
INSERT INTO history(history) VALUES ('rebuild');
SELECT offender_id, event, date, event_id FROM history;
SELECT offenders, reappearances, reoffences
  FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
INSERT INTO history(history) VALUES ('integrity-check sources');

.print -- the same with DISTINCT
DROP VIEW offence;
CREATE VIEW offence AS SELECT DISTINCT offender_id, offence_date, charge_id AS offence_id
  FROM charge;
INSERT INTO history(history) VALUES ('rebuild');
SELECT offenders, reappearances, reoffences
  FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
