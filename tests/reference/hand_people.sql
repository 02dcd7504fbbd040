-- People whose answers can be worked out with a calendar; see hand_cases.sql, tests/sql/hand.sql.
-- Window 2008 (12 months), follow-up 12, wait 6, all kinds, extract 2010-07-01.
CREATE TABLE appearance(offender_id, appearance_date, kind, appearance_id, area_code, disposal,
                        sentence_months, ho_code, excluded);
CREATE TABLE offence(offender_id, offence_date, offence_id, offence_date_end, proven_date,
                     proven_by, ho_code, excluded);
CREATE TABLE offender(offender_id, sex, birth_date, ethnicity);
CREATE TABLE membership(offender_id, subcohort, start_date, end_date);

-- 1: the leap day: follow-up to 2009-02-28, proof to 2009-08-29. Of five offences the one on the
--    index day, the one of 1 March and the one proven on 30 August do not count.
INSERT INTO appearance VALUES
  (1, '2008-02-29', 'conviction', 11, 'A', 'fine', NULL, '028/03', NULL);
INSERT INTO offender VALUES (1, 'M', '1988-02-29', NULL);
INSERT INTO offence VALUES
  (1, '2008-02-29', 1, NULL, '2008-03-10', NULL, '028/03', NULL),
  (1, '2008-03-01', 2, NULL, '2009-08-29', NULL, '028/03', NULL),
  (1, '2009-02-28', 3, NULL, '2009-03-01', NULL, '019/08', NULL),
  (1, '2009-03-01', 4, NULL, '2009-03-02', NULL, '028/03', NULL),
  (1, '2008-12-01', 5, NULL, '2009-08-30', NULL, '028/03', NULL);
-- 2: three appearances on one day: the release is the index event, whatever the ids; the excluded
--    one before it and the conviction of 2007 are none. Two later appearances count as such.
INSERT INTO appearance VALUES
  (2, '2007-12-31', 'conviction', 20, 'A', 'fine', NULL, NULL, NULL),
  (2, '2008-05-01', 'caution', 21, 'A', 'caution', NULL, NULL, 'remand'),
  (2, '2008-05-02', 'caution', 22, 'A', 'caution', NULL, NULL, NULL),
  (2, '2008-05-02', 'conviction', 23, 'B', 'fine', NULL, NULL, NULL),
  (2, '2008-05-02', 'release', 24, 'C', 'custody', 12, '028/03', NULL),
  (2, '2009-05-02', 'drug_test', 25, 'A', NULL, NULL, NULL, NULL),
  (2, '2008-05-03', 'drug_test', 26, 'A', NULL, NULL, NULL, NULL),
  (2, '2009-05-03', 'caution', 27, 'A', 'caution', NULL, NULL, NULL);
-- 3: offence dates that are ranges or missing: wholly inside; to the day after the follow-up's end;
--    straddling the index; missing; excluded. Two offences proven on one day before the index.
INSERT INTO appearance VALUES (3, '2008-06-30', 'caution', 31, 'A', 'caution', NULL, NULL, NULL);
INSERT INTO offender VALUES (3, 'F', '1998-07-01', 'asian');
INSERT INTO offence VALUES
  (3, '2008-07-01', 1, '2009-06-30', '2009-07-01', NULL, NULL, NULL),
  (3, '2008-07-01', 2, '2009-07-01', '2009-07-02', NULL, '028/03', NULL),
  (3, '2008-06-29', 3, '2008-07-05', '2008-07-10', NULL, '028/03', NULL),
  (3, NULL, 4, NULL, '2008-08-01', NULL, '028/03', NULL),
  (3, '2008-08-01', 5, NULL, '2008-08-02', NULL, '028/03', 'breach'),
  (3, '2005-01-01', 6, NULL, '2005-06-30', NULL, '028/03', NULL),
  (3, '2005-01-02', 7, NULL, '2005-06-30', NULL, '028/03', NULL),
  (3, '2008-06-01', 8, NULL, '2008-06-30', NULL, '028/03', NULL);
-- 4: not in the window. Spells of 2: ends on the window's first day; begins the day after its last.
INSERT INTO appearance VALUES (4, '2009-01-01', 'caution', 41, 'A', 'caution', NULL, NULL, NULL);
INSERT INTO membership VALUES (2, 'ppo', '2005-01-01', '2008-01-01'), (2, 'list', NULL, NULL),
  (2, 'late', '2009-01-01', NULL), (2, 'ppo', '2008-12-31', NULL), (4, 'ppo', NULL, NULL);
