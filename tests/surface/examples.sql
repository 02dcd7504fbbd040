-- What the examples of reoffend_functions read: a small history by its usual name.
CREATE TABLE appearance(offender_id INTEGER, appearance_date TEXT, kind TEXT, appearance_id INTEGER,
                        area_code TEXT);
CREATE TABLE offence(offender_id INTEGER, offence_date TEXT, proven_date TEXT, ho_code TEXT);
INSERT INTO appearance VALUES (1, '2009-02-03', 'conviction', 1, 'E23000001'),
  (2, '2009-05-06', 'caution', 2, 'E23000001'), (3, '2009-07-08', 'release', 3, 'W15000001');
INSERT INTO offence VALUES (1, '2009-03-04', '2009-06-01', '046/00');
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2011-07-01);
INSERT INTO history(history) VALUES ('rebuild');
-- match_candidates: a list and people on record.
CREATE TABLE list(surname TEXT, forename TEXT, birth_date TEXT);
INSERT INTO list VALUES ('Smtih', 'John', '1980-02-01');
CREATE TABLE person(offender_id INTEGER PRIMARY KEY, surname TEXT, forename TEXT, birth_date TEXT);
INSERT INTO person VALUES (7, 'Smith', 'John', '1980-02-01'), (8, 'Jones', 'Ann', '1970-03-04');
-- reoffend_extract: one staged file.
CREATE TABLE load_file AS SELECT 1 AS file_id, 'a.csv' AS file, 'pnc_merge' AS format, '' AS part,
  '' AS as_of, 'current' AS state, 'superseded_pnc_id' AS columns;
CREATE TABLE stage AS SELECT 1 AS stage_id, 1 AS file_id, 2 AS first_line, 1 AS records,
  NULL AS reason, '1979/0163001B' AS content;
-- reoffend_disclosure: two groups and their total.
CREATE TABLE cell AS SELECT column1 AS cell, column2 AS offenders, column3 AS reoffenders
  FROM (VALUES ('men', 40, 12), ('women', 9, 2), ('all', 49, 14));
CREATE TABLE line AS SELECT 'sex' AS line, 'all' AS total, column1 AS part
  FROM (VALUES ('men'), ('women'));
