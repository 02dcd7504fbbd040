-- logit_data.sql - made-up people for the comparison of logit_fit with R: table `person`.
--
-- Whole numbers from linear congruential generators and quotients of them, so that every machine
-- makes the same rows. Nobody is described. `kind` says what `disposal` may be, `doubled` follows
-- from age and prior, `rare` nearly separates, `steep` leans hard on the outcome.

CREATE TABLE person AS
WITH RECURSIVE draw(i, a, b, c, d, e) AS (
  VALUES (1, 12345, 67890, 13579, 24680, 97531)
  UNION ALL
  SELECT i + 1, (a * 1103515245 + 12345) % 2147483648, (b * 69069 + 1) % 4294967296,
    (c * 1664525 + 1013904223) % 4294967296, (d * 22695477 + 1) % 4294967296,
    (e * 134775813 + 1) % 4294967296
  FROM draw WHERE i < 6000
), part AS (
  SELECT i, 10 + (a >> 12) % 51 AS age, iif((b >> 20) % 5 = 0, 'F', 'M') AS sex,
    (c >> 20) % 100 AS ethnic, (d >> 20) % 4 AS way, (e >> 18) % 97 AS thing,
    ((a >> 20) % 30) * ((b >> 12) % 30) / 30 AS prior, (c >> 12) % 25 AS years,
    (d >> 12) % 1000 AS chance, (e >> 12) % 200 AS odd, 1 + (b >> 16) % 4 AS w
  FROM draw
)
SELECT
  i, w, age, sex,
  CASE WHEN age < 15 THEN '10-14' WHEN age < 18 THEN '15-17' WHEN age < 21 THEN '18-20'
    WHEN age < 25 THEN '21-24' WHEN age < 30 THEN '25-29' WHEN age < 40 THEN '30-39'
    ELSE '40+' END AS band,
  CASE WHEN ethnic < 70 THEN 'White' WHEN ethnic < 82 THEN 'Black' WHEN ethnic < 92 THEN 'Asian'
    WHEN ethnic < 96 THEN 'Other' ELSE 'unknown' END AS ethnicity,
  CASE way WHEN 0 THEN 'caution' WHEN 1 THEN 'conviction' WHEN 2 THEN 'conviction'
    ELSE 'release' END AS kind,
  CASE way WHEN 0 THEN iif(age < 18, 'reprimand', 'caution') WHEN 1 THEN 'fine'
    WHEN 2 THEN 'community' ELSE 'custody' END AS disposal,
  'group ' || char(65 + CASE WHEN thing < 40 THEN thing % 3 WHEN thing < 90 THEN 3 + thing % 6
    ELSE 9 + thing % 3 END) AS offence,
  prior, 1.0 * (1 + prior) / (10 + years) AS rate, 2 * age - prior AS doubled,
  2000 + i % 10 AS year, 1000000 + i % 977 AS far,
  CASE odd WHEN 0 THEN 'nearly never' WHEN 1 THEN 'nearly always' ELSE 'often' END AS rare,
  CASE
    WHEN odd = 0 THEN i = (SELECT min(i) FROM part WHERE odd = 0)
    WHEN odd = 1 THEN i <> (SELECT min(i) FROM part WHERE odd = 1)
    ELSE chance < 120 + 14 * prior + iif(age < 21, 150, 0) - iif(sex = 'F', 60, 0)
      + iif(way = 3, 130, 0) + 10 * (thing % 7) - 2 * years
  END AS y,
  chance < 120 + 14 * prior + iif(age < 21, 150, 0) AND chance % 2 = 0 AS y_seldom,
  chance / 10 + 15 * (prior + way > 9) - 15 * (odd > 150) AS steep
FROM part;
ALTER TABLE person ADD COLUMN y_steep;
UPDATE person SET y_steep = steep + i % 5 > 60;
