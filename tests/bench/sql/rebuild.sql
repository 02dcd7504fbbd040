-- Ours: the packed history from the clean tables, in one transaction.
DROP TABLE IF EXISTS history;
CREATE VIRTUAL TABLE history USING reoffend_history;
-- timed
INSERT INTO history(history) VALUES ('rebuild');
