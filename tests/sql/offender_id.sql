-- Ids may be any integer but the least, which stands for NULL in a packed column.
CREATE TABLE appearance (offender_id, appearance_date TEXT, kind TEXT);
CREATE VIRTUAL TABLE history USING reoffend_history();
INSERT INTO appearance VALUES
  (-9223372036854775807, '2009-01-01', 'caution'), (0, '2009-01-01', 'caution'),
  (9223372036854775807, '2009-01-01', 'caution');
INSERT INTO history(history) VALUES ('rebuild');
INSERT INTO history(history) VALUES ('integrity-check');
SELECT offender_id FROM reoffend_cohort('history', '2009-01-01');
INSERT INTO appearance VALUES (-9223372036854775807 - 1, '2009-01-01', 'caution');
INSERT INTO history(history) VALUES ('refresh');
