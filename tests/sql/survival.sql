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
