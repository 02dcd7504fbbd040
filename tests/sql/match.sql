-- Matching functions: what they give, NULL in NULL out, and what they refuse.
.mode list
SELECT match_name('St. John-Smythe'), match_name('Zoë'), match_name('?!'), match_name('');
SELECT round(match_jaro_winkler('MARTHA', 'MARHTA'), 4),
  round(match_jaro_winkler('DIXON', 'DICKSONX'), 4),
  round(match_jaro_winkler('DWAYNE', 'DUANE'), 4),
  match_jaro_winkler('', ''), match_jaro_winkler('A', 'a');
SELECT match_birth_date('1980-02-01', '1980-02-01'), match_birth_date('1980-02-01', '1980-01-02'),
  match_birth_date('1980-02-01', '1980-02-02'), match_birth_date('1980-02-01', '1980-09-30'),
  match_birth_date('1980-02-01', '1962-11-23');
SELECT round(match_score('Smith', 'John', '1980-02-01', 'SMITH', 'JOHN', '1980-02-01'), 3),
  round(match_score('Smith', 'John', '1980-02-01', 'O''Neill', 'Zoë', '1962-11-23'), 3);
SELECT match_outcome(20, -1e9, 20, 14, 5), match_outcome(27, 27, 20, 14, 5),
  match_outcome(13, -1e9, 20, 14, 5);
SELECT match_block(1, 'Smith', 'John', '1980-02-01') = match_block(1, 'Sykes', 'Ann', '1980-01-02'),
  match_block(4, 'Smith', 'John', '1980-02-01') = match_block(4, 'SMI', 'Joe', '1999-02-01'),
  match_block(1, 'Smith', 'John', '1980-02-01') = match_block(2, 'Smith', 'Sam', '1980-02-01');
-- NULL in, NULL out; nothing left of a name counts as NULL.
SELECT match_name(NULL), match_jaro_winkler(NULL, 'A'), match_birth_date('1980-02-01', NULL),
  match_score('A', 'B', NULL, 'A', 'B', '1980-02-01'),
  match_score('A', '-', '1980-02-01', 'A', 'B', '1980-02-01'),
  match_outcome(NULL, 1, 20, 14, 5), match_outcome(20, NULL, 20, 14, 5),
  match_block(1, 'A', NULL, '1980-02-01');
-- Refused, and the values are not shown.
SELECT match_name(7);
SELECT match_birth_date('1980-02-30', '1980-02-01');
SELECT match_score('A', 'B', '01/02/1980', 'A', 'B', '1980-02-01');
SELECT match_outcome('high', -1e9, 20, 14, 5);
SELECT match_block(5, 'A', 'B', '1980-02-01');
SELECT match_block(1, x'41', 'B', '1980-02-01');

-- match_candidates: the pairs match_block and match_score give, and what it refuses.
CREATE TABLE list(id INTEGER PRIMARY KEY, surname TEXT, forename TEXT, birth_date TEXT);
INSERT INTO list VALUES (1, 'Smtih', 'John', '1980-02-01'), (2, 'SMITH', 'Jon', '1980-01-02'),
  (3, NULL, 'John', '1980-02-01'), (4, 'Smith', '-', '1980-02-01'), (5, 'Smith', 'John', NULL),
  (6, 'Smith', 'John', '1980-02-30'), (7, 'O''Neill', 'Zoë', '1990-12-31');
CREATE TABLE people(id INTEGER PRIMARY KEY, surname TEXT, forename TEXT, birth_date TEXT);
INSERT INTO people VALUES (11, 'Smith', 'John', '1980-02-01'), (12, 'O NEILL', 'Zoe', '1990-12-31'),
  (13, 'Jones', 'Ann', '1980-02-01'), (14, 'Smith', 'John', ''), (15, '', 'John', '1980-02-01');
SELECT listed_id, person_id, round(score, 1) FROM match_candidates('list', 'people', 0)
ORDER BY 1, 2;
SELECT count(*) FROM match_candidates('list', 'people', -1e9);
SELECT count(*) FROM match_candidates('list', 'people', 25);
SELECT count(*) FROM match_candidates('list', NULL, 14);
SELECT count(*) FROM match_candidates('people', 'list', 0);
SELECT count(*) FROM match_candidates('list', 'list', 27);
SELECT * FROM match_candidates('list', 'people');
SELECT * FROM match_candidates('nowhere', 'people', 14);
SELECT * FROM match_candidates('list', 'nowhere', 14);
SELECT * FROM match_candidates('list', 'people', 'high');
CREATE VIEW listed_view AS SELECT * FROM list;
SELECT * FROM match_candidates('listed_view', 'people', 14);
SELECT * FROM match_candidates('list', 'listed_view', 14);

-- On people of few names and days: the same pairs and scores as match_block and match_score give.
CREATE TABLE name(n INTEGER, surname TEXT, forename TEXT);
INSERT INTO name VALUES (0, 'Ash', 'Ann'), (1, 'Ashe', 'Anna'), (2, 'Birch', 'Ben'),
  (3, 'Brich', 'Bne'), (4, 'Elm', 'Annabel'), (5, 'O''Birch', 'Zoë'), (6, '', 'Bo'),
  (7, 'Elm', NULL);
CREATE TABLE many(id INTEGER PRIMARY KEY, surname TEXT, forename TEXT, birth_date TEXT);
INSERT INTO many SELECT value, s.surname, f.forename,
  printf('19%02d-%02d-%02d', 78 + value % 3, 1 + value * 7 % 12, 1 + value * 5 % 28)
FROM generate_series(1, 800) JOIN name AS s ON s.n = value * 31 % 97 % 8
JOIN name AS f ON f.n = value * 17 % 89 % 8;
CREATE TABLE fast AS SELECT listed_id, person_id, score
FROM match_candidates('many', 'many', -1e9);
CREATE TABLE slow AS
SELECT a.id AS listed_id, b.id AS person_id, match_score(a.surname, a.forename, a.birth_date,
  b.surname, b.forename, b.birth_date) AS score
FROM many AS a CROSS JOIN many AS b
WHERE score IS NOT NULL AND EXISTS (
  SELECT 1 FROM generate_series(1, 4)
  WHERE match_block(value, a.surname, a.forename, a.birth_date)
    = match_block(value, b.surname, b.forename, b.birth_date));
SELECT (SELECT count(*) FROM fast) > 2000, (SELECT count(*) FROM fast) - count(*) FROM slow;
SELECT count(*) FROM (SELECT * FROM fast EXCEPT SELECT * FROM slow);
SELECT count(*) FROM (SELECT * FROM slow EXCEPT SELECT * FROM fast);

ALTER TABLE people DROP COLUMN forename;
SELECT * FROM match_candidates('list', 'people', 14);
