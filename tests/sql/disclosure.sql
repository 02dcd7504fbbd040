-- reoffend_disclosure: a table of two areas and three ages with totals, and every error.
CREATE TABLE cell(cell, offenders, reoffenders);
INSERT INTO cell VALUES
  ('A|10-14', 40, 12), ('A|15-17', 9, 2), ('A|18+', 90, 30), ('A', 139, 44),
  ('B|10-14', 35, 10), ('B|15-17', 30, 11), ('B|18+', 70, 25), ('B', 135, 46),
  ('10-14', 75, 22), ('15-17', 39, 13), ('18+', 160, 55), ('all', 274, 90);
CREATE TABLE line(line, total, part);
INSERT INTO line VALUES
  ('area A', 'A', 'A|10-14'), ('area A', 'A', 'A|15-17'), ('area A', 'A', 'A|18+'),
  ('area B', 'B', 'B|10-14'), ('area B', 'B', 'B|15-17'), ('area B', 'B', 'B|18+'),
  ('10-14', '10-14', 'A|10-14'), ('10-14', '10-14', 'B|10-14'),
  ('15-17', '15-17', 'A|15-17'), ('15-17', '15-17', 'B|15-17'),
  ('18+', '18+', 'A|18+'), ('18+', '18+', 'B|18+'),
  ('areas', 'all', 'A'), ('areas', 'all', 'B'),
  ('ages', 'all', '10-14'), ('ages', 'all', '15-17'), ('ages', 'all', '18+');
SELECT * FROM reoffend_disclosure('cell', 'line');
SELECT cell, offenders, reoffenders
  FROM reoffend_disclosure('cell', 'line', 5, 10) WHERE status = 'shown' AND cell LIKE '%A%';
SELECT count(*) FROM reoffend_disclosure('cell', 'line', 0) WHERE status <> 'shown';
-- Offenders alone; a remainder nobody publishes (disclosure.h, note 4).
CREATE VIEW people AS
  SELECT 'everyone' AS cell, 44 AS offenders, 1 AS published UNION ALL SELECT 'ppo', 40, 1
   UNION ALL SELECT 'not ppo', 4, 0;
CREATE VIEW split AS
  SELECT 1 AS line, 'everyone' AS total, 'ppo' AS part UNION ALL SELECT 1, 'everyone', 'not ppo';
SELECT cell, status, offenders, reoffenders, line, beside
  FROM reoffend_disclosure('people', 'split');
-- Outcomes of re-offenders who are known, and what is decided already.
CREATE VIEW did AS
  SELECT 'A' AS cell, 20 AS offenders, 1 AS published, 0 AS outcome, 'shown' AS decided
   UNION ALL SELECT 'A violent', 0, 1, 1, NULL UNION ALL SELECT 'A others', 20, 0, 1, NULL
   UNION ALL SELECT 'B', 30, 1, 0, 'shown' UNION ALL SELECT 'B violent', 12, 1, 1, NULL
   UNION ALL SELECT 'B others', 18, 0, 1, NULL UNION ALL SELECT 'C', 4, 1, 0, 'shown'
   UNION ALL SELECT 'D', 50, 1, 1, 'hidden';
CREATE VIEW did_line AS
  SELECT 1 AS line, 'A' AS total, 'A violent' AS part UNION ALL SELECT 1, 'A', 'A others'
   UNION ALL SELECT 2, 'B', 'B violent' UNION ALL SELECT 2, 'B', 'B others';
SELECT cell, status, offenders, reason FROM reoffend_disclosure('did', 'did_line');
-- Errors.
SELECT * FROM reoffend_disclosure;
SELECT * FROM reoffend_disclosure('cell');
SELECT * FROM reoffend_disclosure(NULL, 'line');
SELECT * FROM reoffend_disclosure('nowhere', 'line');
SELECT * FROM reoffend_disclosure('cell', 'cell');
SELECT * FROM reoffend_disclosure('line', 'line');
SELECT * FROM reoffend_disclosure('cell', 'line', -1);
SELECT * FROM reoffend_disclosure('cell', 'line', 5, 0);
INSERT INTO cell VALUES ('A', 1, 1);
SELECT * FROM reoffend_disclosure('cell', 'line');
DELETE FROM cell WHERE offenders = 1;
UPDATE cell SET reoffenders = 56 WHERE cell = '18+';
SELECT * FROM reoffend_disclosure('cell', 'line');
UPDATE cell SET reoffenders = 300 WHERE cell = '18+';
SELECT * FROM reoffend_disclosure('cell', 'line');
UPDATE cell SET reoffenders = 55, offenders = 160.5 WHERE cell = '18+';
SELECT * FROM reoffend_disclosure('cell', 'line');
UPDATE cell SET offenders = 160 WHERE cell = '18+';
INSERT INTO line VALUES ('ages', 'all', '19+');
SELECT * FROM reoffend_disclosure('cell', 'line');
UPDATE line SET part = '18+' WHERE part = '19+';
SELECT * FROM reoffend_disclosure('cell', 'line');
CREATE VIEW some AS SELECT cell, offenders, iif(cell = 'A', 'yes', 1) AS outcome FROM cell;
SELECT * FROM reoffend_disclosure('some', 'line');
CREATE VIEW other AS SELECT cell, offenders, iif(cell = 'A', 'maybe', NULL) AS decided FROM cell;
SELECT * FROM reoffend_disclosure('other', 'line');
