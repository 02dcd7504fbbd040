-- logit_cases.sql - the regressions compared with R: one view each: y, w, then the variables.
--
-- Reads: person (logit_data.sql). Numbers are covariates and texts are factors, in R as well.

CREATE VIEW case_plain AS
SELECT y, 1 AS w, age, sex, ethnicity, kind, offence, prior, rate FROM person;
-- A row is so many rows.
CREATE VIEW case_weighted AS
SELECT y, w, age, sex, ethnicity, kind, offence, prior, rate FROM person;
-- Interactions by joining labels; the covariates of R32.
CREATE VIEW case_interactions AS
SELECT y, 1 AS w, band || '*' || sex AS band_sex, ethnicity, kind || '*' || disposal AS way,
  offence, prior, rate FROM person;
-- Aliased: a number that follows from two, levels that follow from another factor's, a factor said
-- twice, a constant.
CREATE VIEW case_aliased AS
SELECT y, 1 AS w, age, prior, doubled, kind, disposal, sex, iif(sex = 'F', 'she', 'he') AS again,
  7 AS constant, rate FROM person;
-- Main effects and their interaction: the last levels follow from the others.
CREATE VIEW case_crossed AS
SELECT y, 1 AS w, band, sex, band || '*' || sex AS band_sex, age FROM person;
-- Two levels all but one of whom have the same outcome.
CREATE VIEW case_near_separated AS
SELECT y, 1 AS w, rare, sex, age, prior FROM person;
-- A number that all but tells the outcome.
CREATE VIEW case_steep AS SELECT y_steep, 1 AS w, steep, sex, age FROM person;
-- Seldom; and numbers far from nought, with little spread.
CREATE VIEW case_seldom AS SELECT y_seldom, w, sex, prior, year, far, rate FROM person;
-- Powers lean on each other.
CREATE VIEW case_powers AS
SELECT y, 1 AS w, age, age * age AS second, age * age * age AS third, sex FROM person;
-- Few rows, many terms.
CREATE VIEW case_few AS SELECT y, 1 AS w, band, offence, prior FROM person WHERE i <= 150;
CREATE VIEW case_intercept AS SELECT y, 1 AS w FROM person;
