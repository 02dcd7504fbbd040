-- Every table-valued function in every form a query can ask for it: the answers must be the same,
-- whichever way the planner goes about it.
CREATE TABLE appearance(appearance_id, offender_id, appearance_date, kind, area_code);
CREATE TABLE offence(offence_id, offender_id, offence_date, proven_date);
CREATE TABLE membership(offender_id, subcohort, start_date, end_date);
INSERT INTO appearance VALUES
  (1, 1, '2009-01-31', 'conviction', 'E01'), (2, 2, '2009-03-01', 'release', 'E02'),
  (3, 3, '2009-05-01', 'caution', NULL), (4, 1, '2009-09-01', 'caution', 'E01'),
  (5, 4, '2009-10-01', 'caution', 'E02'), (6, 2, '2010-02-01', 'drug_test', 'E01');
INSERT INTO offence VALUES
  (1, 1, '2009-04-01', '2009-05-01'), (2, 2, '2009-08-01', '2009-09-01'),
  (3, 2, '2010-03-05', '2010-04-01'), (4, 3, '2008-01-01', '2008-02-01');
INSERT INTO membership VALUES (2, 'ppo', '2008-01-01', NULL), (3, 'ppo', '2012-01-01', NULL);
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2012-01-01);
INSERT INTO history(history) VALUES ('rebuild');
CREATE TABLE wanted(name, window_start, area_code, offender_id);
INSERT INTO wanted VALUES ('history', '2009-01-01', 'E01', 1), ('history', '2009-04-01', 'E02', 2),
  ('history', '2009-04-01', 'E03', 9), (NULL, '2009-01-01', 'E01', 1);

.print -- function form and WHERE form
SELECT offenders, reoffenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '');
SELECT offenders, reoffenders FROM reoffend_rates WHERE by = '' AND last_window = '2009-01-01'
   AND first_window = '2009-01-01' AND history = 'history';
SELECT offenders, reoffenders FROM reoffend_rates('history', '2009-01-01') AS r
 WHERE r.by = '' AND r.last_window = '2009-01-01';
SELECT offender_id, reoffences FROM reoffend_cohort('history', '2009-01-01') ORDER BY 1;
SELECT offender_id, reoffences FROM reoffend_cohort WHERE history = 'history'
   AND window_start = '2009-01-01' ORDER BY 1;
SELECT offender_id, reoffences FROM reoffend_cohort('history') WHERE wanted_window = '2009-01-01'
 ORDER BY offender_id DESC;
SELECT count(*), sum(counted) FROM reoffend_explain('history', 2, '2009-01-01');
SELECT count(*), sum(counted) FROM reoffend_explain WHERE window_start = '2009-01-01'
   AND offender_id = 2 AND history = 'history';
SELECT people, events FROM reoffend_attrition('history', '2009-01-01') WHERE step = 7;
SELECT people, events FROM reoffend_attrition WHERE step = 7 AND window_start = '2009-01-01'
   AND history = 'history';
SELECT fresh, people FROM reoffend_status('history');
SELECT fresh, people FROM reoffend_status WHERE wanted_history = 'history';

.print -- the arguments come back as columns
SELECT history, first_window, last_window, by, window_months, kinds
  FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '', 3);
SELECT history, wanted_window, window_start, window_months, step_months, follow_up_months,
       wait_months, kinds
  FROM reoffend_cohort('history', '2009-01-01', 12, 3, 24, 0, 'caution, release') LIMIT 1;
SELECT DISTINCT history, offender_id, window_start, follow_up_months, kinds
  FROM reoffend_explain('history', 2, '2009-01-01', 12, 3, 6);
SELECT DISTINCT history, window_start, wait_months FROM reoffend_attrition('history', '2009-01-01');

.print -- contradictions give no rows, agreement gives them once
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') WHERE window_start = '2009-04-01';
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') WHERE window_start = '2009-01-01';
SELECT count(*) FROM reoffend_explain('history', 2, '2009-01-01') WHERE offender_id = 1;
SELECT count(*) FROM reoffend_rates('history', '2009-01-01', '2010-01-01', '')
 WHERE window_start = '2009-02-01';
SELECT count(*) FROM reoffend_rates('history', '2009-01-01', '2010-01-01', '')
 WHERE window_start = 'no date';

.print -- constraints that are used while counting
SELECT window_start, area_code, offenders FROM reoffend_rates('history', '2008-10-01', '2009-10-01',
  'area_code') WHERE window_start BETWEEN '2009-01-01' AND '2009-04-01' AND area_code = 'E02';
SELECT window_start, offenders
  FROM reoffend_rates('history', '2008-10-01', '2009-10-01', 'area_code')
 WHERE window_start > '2009-01-01' AND window_start <> '2009-07-01' AND area_code IS NULL;
SELECT offenders FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'subcohort')
 WHERE subcohort IS 'ppo';
SELECT count(*) FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'subcohort')
 WHERE subcohort = 'nobody';
SELECT count(*) FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '')
 WHERE area_code = 'E01';
SELECT reoffences FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id = 2;
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id = 9;
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id IS NULL;
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id > 2;
SELECT event, date FROM history WHERE offender_id = 2;
SELECT count(*) FROM history WHERE offender_id = 'two';

.print -- IN lists
SELECT window_start, area_code, offenders FROM reoffend_rates('history', '2008-10-01', '2009-10-01',
  'area_code') WHERE window_start IN ('2009-01-01', '2009-07-01', 'x', NULL)
   AND area_code IN ('E02', 'E01') ORDER BY 1, 2;
SELECT window_start, count(*) FROM reoffend_cohort('history')
 WHERE window_start IN ('2009-01-01', '2009-04-01', '2009-01-01') GROUP BY 1;
SELECT offender_id FROM reoffend_cohort('history', '2009-01-01')
 WHERE offender_id IN (4, 9, 1, NULL)
 ORDER BY offender_id;
SELECT offender_id, count(*) FROM reoffend_explain('history') WHERE offender_id IN (2, 1, 9)
   AND window_start IN ('2009-01-01', '2009-04-01') GROUP BY 1;
SELECT window_start, people FROM reoffend_attrition('history') WHERE step = 7
   AND window_start IN (SELECT window_start FROM wanted) ORDER BY 1;
SELECT offender_id, count(*) FROM history WHERE offender_id IN (SELECT offender_id FROM wanted)
 GROUP BY 1;

.print -- joins, both ways round
SELECT w.area_code, c.offender_id FROM wanted AS w JOIN reoffend_cohort(w.name, w.window_start) AS c
    ON c.offender_id = w.offender_id ORDER BY 1;
SELECT w.area_code, c.offender_id FROM reoffend_cohort(w.name, w.window_start) AS c JOIN wanted AS w
    ON c.offender_id = w.offender_id ORDER BY 1;
SELECT w.area_code, c.offender_id FROM reoffend_cohort AS c, wanted AS w
 WHERE c.history = w.name AND c.window_start = w.window_start AND c.offender_id = w.offender_id
 ORDER BY 1;
SELECT c.offender_id, e.date, e.decision
  FROM reoffend_cohort('history', '2009-01-01') AS c
  JOIN reoffend_explain('history', c.offender_id, c.window_start) AS e
 WHERE c.reoffended AND e.counted ORDER BY c.offender_id, e.date, e.event;
SELECT c.offender_id, count(*)
  FROM reoffend_explain('history', c.offender_id, c.window_start) AS e
  JOIN reoffend_cohort('history', '2009-01-01') AS c GROUP BY 1;
SELECT r.window_start, r.area_code, r.offenders
  FROM wanted AS w JOIN reoffend_rates(w.name, w.window_start, w.window_start, 'area_code') AS r
    ON r.area_code = w.area_code ORDER BY 1, 2;
SELECT r.window_start, r.area_code, r.offenders
  FROM reoffend_rates(w.name, w.window_start, w.window_start, 'area_code') AS r
  JOIN wanted AS w ON r.area_code = w.area_code ORDER BY 1, 2;
SELECT a.offender_id, b.offender_id FROM reoffend_cohort('history', '2009-01-01') AS a
  JOIN reoffend_cohort('history', '2009-04-01') AS b USING (offender_id) ORDER BY 1;

.print -- LEFT JOIN keeps those without an answer
SELECT w.area_code, c.offender_id, c.reoffences FROM wanted AS w
  LEFT JOIN reoffend_cohort('history', w.window_start) AS c ON c.offender_id = w.offender_id
 ORDER BY w.rowid;
SELECT w.area_code, r.offenders FROM wanted AS w
  LEFT JOIN reoffend_rates(w.name, w.window_start, w.window_start, 'area_code') AS r
    ON r.area_code = w.area_code ORDER BY w.rowid;
SELECT w.offender_id, count(e.event) FROM wanted AS w
  LEFT JOIN reoffend_explain(w.name, w.offender_id, w.window_start) AS e GROUP BY w.rowid;
SELECT w.offender_id, s.fresh FROM wanted AS w LEFT JOIN reoffend_status(w.name) AS s
 ORDER BY w.rowid;
SELECT c.offender_id, w.area_code FROM reoffend_cohort('history', '2009-01-01') AS c
  LEFT JOIN wanted AS w ON w.offender_id = c.offender_id AND w.name IS NOT NULL ORDER BY 1;

.print -- NULL arguments give no rows
SELECT count(*) FROM reoffend_rates(NULL, '2009-01-01', '2009-01-01', '');
SELECT count(*) FROM reoffend_rates('history', '2009-01-01', '2009-01-01', NULL);
SELECT count(*) FROM reoffend_rates('history', '2009-01-01', '2009-01-01', '', NULL);
SELECT count(*) FROM reoffend_cohort('history', NULL);
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') WHERE kinds = NULL;
SELECT count(*) FROM reoffend_explain('history', NULL, '2009-01-01');
SELECT count(*) FROM reoffend_explain('history', 1, NULL);
SELECT count(*) FROM reoffend_attrition(NULL, '2009-01-01');
SELECT count(*) FROM reoffend_status(NULL);
SELECT count(*) FROM history WHERE offender_id = NULL;

.print -- OR: SQLite plans each side without the arguments
SELECT count(*) FROM reoffend_cohort('history', '2009-01-01') WHERE sex = 'M' OR offender_id = 1;
SELECT count(*) FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')
 WHERE offenders < 30 OR area_code IS NULL;
SELECT count(*) FROM reoffend_attrition('history', '2009-01-01') WHERE step = 1 OR step = 2;
SELECT count(*) FROM reoffend_status('history') WHERE built = 1 OR fresh = 1;

.print -- the window as a result column that another table is joined by
SELECT count(*) > 0 FROM reoffend_cohort('history', '2009-01-01') AS c
  JOIN reoffend_explain AS e ON e.history = c.history AND e.offender_id = c.offender_id
   AND e.window_start = c.window_start;

.print -- missing arguments say what to write
SELECT * FROM reoffend_rates;
SELECT * FROM reoffend_rates('history', '2009-01-01');
SELECT * FROM reoffend_rates('history', '2009-01-01', '2009-01-01');
SELECT * FROM reoffend_cohort;
SELECT * FROM reoffend_cohort('history');
SELECT * FROM reoffend_cohort WHERE window_start > '2009-01-01' AND history = 'history';
SELECT * FROM reoffend_explain('history');
SELECT * FROM reoffend_explain('history', 1);
SELECT * FROM reoffend_attrition;
SELECT * FROM reoffend_status;
SELECT * FROM reoffend_cohort WHERE sex = 'M' OR sex = 'F';

.print -- what an index would be, in words: arguments and constraints, by operator and column
EXPLAIN QUERY PLAN SELECT * FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')
 WHERE area_code = 'E01' AND window_start >= '2009-01-01';
EXPLAIN QUERY PLAN SELECT * FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id = 1;
EXPLAIN QUERY PLAN SELECT offender_id FROM reoffend_cohort('history', '2009-01-01')
 ORDER BY offender_id;
EXPLAIN QUERY PLAN SELECT offender_id FROM reoffend_cohort('history', '2009-01-01')
 ORDER BY offender_id DESC;
EXPLAIN QUERY PLAN SELECT e.* FROM reoffend_explain('history', c.offender_id, c.window_start) AS e
  JOIN reoffend_cohort('history', '2009-01-01') AS c;
EXPLAIN QUERY PLAN SELECT * FROM history WHERE offender_id = 1;
EXPLAIN QUERY PLAN SELECT count(*) FROM history;
