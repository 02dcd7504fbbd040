-- logit_*: errors, NULLs, factors; unknown levels give NULL and can be counted.
CREATE TABLE person(y, age, sex);
INSERT INTO person VALUES
  (1, 18, 'F'), (0, 19, 'M'), (1, 25, 'F'), (0, 33, 'F'), (1, 41, 'M'), (0, 50, 'M'),
  (1, 22, 'M'), (0, 28, 'F'), (NULL, 30, 'F'), (1, NULL, 'M'), (0, 44, NULL);
SELECT logit_fit(y, age || '', 3, x'00') FROM person;
SELECT logit_fit(age, y) FROM person WHERE age IS NOT NULL;
SELECT logit_fit(y, CASE WHEN age < 20 THEN age ELSE sex END) FROM person;
SELECT logit_fit(y, 9e999) FROM person;
SELECT logit_fit_weighted(-1, y, age) FROM person WHERE y = 1;
SELECT logit_fit() FROM person;
SELECT logit_predict('{"logit":1}', 1);
SELECT logit_predict(logit_fit(y, age)) FROM person;
SELECT logit_predict(logit_fit(y, age), '20') FROM person;
SELECT logit_predict(3, 1);
SELECT * FROM logit_terms;
SELECT * FROM logit_terms('x');
-- No row, no model; NULL in, NULL out; rows with a NULL are counted.
SELECT logit_fit(y, age) FROM person WHERE 0;
SELECT logit_predict(NULL, 1), (SELECT count(*) FROM logit_terms(NULL));
SELECT json_extract(logit_fit(y, age, sex), '$.n', '$.dropped', '$.converged') FROM person;
-- The second model is of the same people, half of them as weights.
SELECT a.term, a.estimate = 0 OR abs(a.estimate / b.estimate - 1) < 1e-9, b.state
  FROM logit_terms((SELECT logit_fit(y, age, sex)
                      FROM (SELECT * FROM person UNION ALL SELECT * FROM person)), 'age,sex') AS a
  JOIN logit_terms((SELECT logit_fit_weighted(2, y, age, sex) FROM person), 'age,sex') AS b
       USING (term);
SELECT count(*) AS asked, count(logit_predict(model, sex)) AS known
  FROM (SELECT logit_fit(y, sex) AS model FROM person),
       (SELECT sex FROM person UNION ALL VALUES ('X'));
-- Mean prediction equals the share, over all and in each level.
SELECT sex, abs(avg(y) - avg(logit_predict(model, age, sex))) < 1e-9
  FROM (SELECT logit_fit(y, age, sex) AS model FROM person), person
 WHERE y IS NOT NULL AND age IS NOT NULL AND sex IS NOT NULL
 GROUP BY sex;
-- What R calls NA, and separation: reported, not failed.
SELECT term, estimate IS NULL, state
  FROM logit_terms((SELECT logit_fit(y, age, 2 * age) FROM person));
SELECT json_extract(logit_fit(y, y || ''), '$.warnings[0]', '$.converged') FROM person;
-- How well predictions do: NULL where there is nothing to say; rows with a NULL are left out.
SELECT logit_auc(1, 0.5), logit_auc_low(1, 0.5), logit_brier(1, 0.5), logit_brier(NULL, 0.5);
SELECT logit_auc(y, p), logit_auc_low(y, p), logit_auc_high(y, p)
  FROM (SELECT column1 AS y, column2 AS p FROM (VALUES (1, 0.7), (0, 0.2), (NULL, 1), (0, NULL)));
SELECT logit_auc(2, 0.5);
SELECT logit_auc(1, 'much');
SELECT logit_auc_low(1, 0.5, 1);
SELECT logit_brier(1, 1.5);
-- The AUC takes any score; it is that of the ranks.
SELECT logit_auc(y, age) = logit_auc(y, -100.0 / age), round(logit_auc(y, age), 6) FROM person;
SELECT logit_unseen(model, sex), logit_unseen(model, 'X'), logit_unseen(NULL, 'X')
  FROM (SELECT logit_fit(y, sex) AS model FROM person),
       (SELECT sex FROM person UNION ALL VALUES ('X'));
SELECT logit_unseen('{}', 1);
SELECT logit_unseen(model, 'old') FROM (SELECT logit_fit(y, age) AS model FROM person);
SELECT logit_unseen(model, 1, 2) FROM (SELECT logit_fit(y, age) AS model FROM person);
-- Two models by turns.
SELECT round(logit_predict(model, 30), 6) FROM (
  SELECT logit_fit(y, age) AS model FROM person UNION ALL
  SELECT logit_fit(1 - y, age) FROM person UNION ALL SELECT logit_fit(y, age) FROM person);
