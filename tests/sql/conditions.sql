-- Conditions in WHERE find what they find in a table of the same rows.
CREATE TABLE appearance(offender_id INTEGER, appearance_date, kind, area_code);
INSERT INTO appearance VALUES (1, '2009-01-01', 'caution', 'E01'),
  (2, '2009-02-01', 'caution', 'e01'), (3, '2009-02-01', 'caution', 'E02'),
  (9007199254740993, '2009-02-01', 'caution', NULL);
CREATE VIRTUAL TABLE history USING reoffend_history();
INSERT INTO history(history) VALUES ('rebuild');

.print -- texts by another collation
SELECT area_code FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')
 WHERE area_code = 'E01';
SELECT area_code FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')
 WHERE area_code COLLATE NOCASE = 'E01';
SELECT area_code FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')
 WHERE area_code = 'E01  ' COLLATE RTRIM;
CREATE TABLE region(code COLLATE NOCASE);
INSERT INTO region VALUES ('E01');
SELECT area_code FROM region
  CROSS JOIN reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')
    ON area_code IS code;
SELECT area_code FROM region
  CROSS JOIN reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')
    ON code = area_code;

.print -- an offender_id that is a text or a real number, as an INTEGER column takes it
SELECT offender_id FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id = '1';
SELECT offender_id FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id = 2.0;
SELECT offender_id FROM reoffend_cohort('history', '2009-01-01')
 WHERE offender_id IN ('1', 3.0, 'x');
SELECT offender_id FROM history WHERE offender_id = ' 3 ';
SELECT count(*) FROM history WHERE offender_id IN (1.5, '2.5', x'31', 'x', NULL, 1e300, -1e300);
SELECT offender_id FROM history WHERE offender_id = 9007199254740992.0;
SELECT offender_id FROM history WHERE offender_id = '9007199254740993';
CREATE TABLE list(id TEXT);
INSERT INTO list VALUES ('1'), ('3');
SELECT offender_id FROM list CROSS JOIN history ON offender_id = id;
SELECT id, c.offender_id FROM list LEFT JOIN reoffend_cohort('history', '2009-01-01') c
    ON c.offender_id = id;

.print -- the name of a history in other letters
SELECT offenders FROM reoffend_rates('HISTORY', '2009-01-01', '2009-01-01', '');
SELECT offenders FROM reoffend_rates('Main.History', '2009-01-01', '2009-01-01', '');
SELECT fresh FROM reoffend_status('History');
