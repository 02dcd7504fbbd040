-- rate_survival and its steps: errors, NULLs, grouping, the plain share when nobody is censored.
SELECT rate_survival(-1, 1);
SELECT rate_survival('3', 1);
SELECT rate_survival(3, 2);
SELECT * FROM rate_survival_steps;
SELECT * FROM rate_survival_steps('{}');
SELECT * FROM rate_survival_steps(7);
SELECT * FROM rate_survival_steps('{"survival":1,"steps":[[1,1,0]]}', 95);
SELECT rate_survival(1, 1) FROM sqlite_master WHERE 0;
SELECT rate_survival(column1, column2) FROM (VALUES (NULL, 1), (1, NULL));
SELECT count(*) FROM rate_survival_steps(NULL);
CREATE TABLE watched(area, days, reoffended);
INSERT INTO watched VALUES
  ('A', 40, 1), ('A', 90, 1), ('A', 365, 0), ('A', 365, 0),
  ('B', 40, 1), ('B', 60, 0), ('B', 90, 1), ('B', 120, 0), ('B', 90.5, 1);
SELECT c.area, s.time, s.at_risk, s.events, s.censored, round(s.survival, 6),
       round(s.proportion, 6), round(s.std_error, 6), round(s.low, 6), round(s.high, 6)
  FROM (SELECT area, rate_survival(days, reoffended) AS curve FROM watched GROUP BY area) AS c,
       rate_survival_steps(c.curve) AS s
 ORDER BY c.area, s.time;
-- A wider level gives wider limits; where everybody re-offended there are none.
SELECT w.low < n.low AND w.high > n.high
  FROM rate_survival_steps('{"survival":1,"steps":[[1,30,30]]}') AS n
  JOIN rate_survival_steps('{"survival":1,"steps":[[1,30,30]]}', 0.99) AS w;
SELECT survival, std_error, low, high FROM rate_survival_steps('{"survival":1,"steps":[[1,3,0]]}');
-- reoffend_survival: of the small set, a final window (the plain share) and the same three months
-- after it ended, when nobody has been watched to the end; one of which nobody was watched yet.
.read tests/reference/hand_people.sql
CREATE VIRTUAL TABLE final USING reoffend_history(extract_date=2010-07-01);
INSERT INTO final(final) VALUES ('rebuild');
CREATE VIRTUAL TABLE early USING reoffend_history(extract_date=2009-03-31);
INSERT INTO early(early) VALUES ('rebuild');
SELECT time, at_risk, events, censored, round(proportion, 6), round(std_error, 6), round(low, 6),
       round(high, 6), complete
  FROM reoffend_survival('final', '2008-01-01');
SELECT abs(max(s.proportion) - (SELECT avg(reoffended)
                               FROM reoffend_cohort('final', '2008-01-01'))) < 1e-12
  FROM reoffend_survival('final', '2008-01-01') AS s;
SELECT time, at_risk, events, censored, round(proportion, 6), complete
  FROM reoffend_survival('early', '2008-01-01');
SELECT count(*) FROM reoffend_survival('early', '2009-01-01');
SELECT count(*) FROM reoffend_survival(NULL, '2009-01-01');
SELECT low < (SELECT min(low) FROM reoffend_survival('final', '2008-01-01')), level, window_start,
       wait_months
  FROM reoffend_survival('final', '2008-01-01', 0.99) ORDER BY time DESC LIMIT 1;
SELECT * FROM reoffend_survival;
SELECT * FROM reoffend_survival('final');
SELECT * FROM reoffend_survival('final', '2008-01-01', 95);
SELECT * FROM reoffend_survival('final', 'soon');
