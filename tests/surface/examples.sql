-- What the examples of reoffend_functions read: a small history by its usual name.
CREATE TABLE appearance(offender_id INTEGER, appearance_date TEXT, kind TEXT, appearance_id INTEGER,
                        area_code TEXT);
CREATE TABLE offence(offender_id INTEGER, offence_date TEXT, proven_date TEXT, ho_code TEXT);
INSERT INTO appearance VALUES (1, '2009-02-03', 'conviction', 1, 'E23000001'),
  (2, '2009-05-06', 'caution', 2, 'E23000001'), (3, '2009-07-08', 'release', 3, 'W15000001');
INSERT INTO offence VALUES (1, '2009-03-04', '2009-06-01', '046/00');
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2011-07-01);
INSERT INTO history(history) VALUES ('rebuild');
