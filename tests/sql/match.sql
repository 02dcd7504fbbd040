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
