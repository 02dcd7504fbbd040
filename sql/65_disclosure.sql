-- 65_disclosure.sql - the one step between the results and anything published (R35).
--
-- Reads: result, model, model_quality, model_decile, parameter, hidden_before. Writes: published,
--   published_months, published_model, published_quality, published_decile, disclosure.
-- Rule: R35, by reoffend_disclosure (ext/disclosure.h). Publications read the tables named
--   `published…` and nothing else of the results, so what is hidden here is nowhere.
--
-- A cell is a figure of a group: (window_start, area, list, breakdown, part, figure). The integer 0
-- stands for everybody (all areas, no sub-cohort, no breakdown), an empty blob for the unknown. The
-- figure 'people' (offenders and re-offenders of a group) is decided first, with those of them who
-- are scored; then, knowing which groups are shown, outcomes of whole groups: re-offenders with an
-- offence of a kind, people who reappeared, previous offences, people who first re-offended in a
-- step of so many months, re-offenders in a tenth of those scored.
--
-- What predictions tell about people, and what is done about it:
-- 1. They add up like the people they are made for: of a hidden group too it can be worked out how
--    many re-offenders are expected. Nobody is expected more than once, so at least so many people
--    are in it; and at least (sum of p)^2 / sum of p^2 where the variance is published as well, in
--    the interval of a whole group. What is hidden stays hidden from who knows that (`least`).
-- 2. `excess` and `adjusted` compare those who are scored, so they tell how many of these
--    re-offended, and with the group's own figures how many of the others. They are published of
--    whole groups, where neither is few and neither gives another away: figure 'scored'. In large
--    groups the rounding to three decimals leaves as many numbers possible as the threshold asks;
--    that rests on nobody being told how many are scored.
-- 3. A mean of fewer people than the threshold is not published. Where a group without a score is
--    hidden in a table, the predictions for the table's other groups would tell how many people it
--    has, so none stands there.

-- The groups --------------------------------------------------------------------------------------

CREATE TEMP TABLE topic AS
SELECT topic,
  ',' || topic || ',' LIKE '%,area\_code,%' ESCAPE '\' AS by_area,
  ',' || topic || ',' LIKE '%,subcohort,%' AS by_list,
  trim(replace(replace(topic, 'area_code', ''), 'subcohort', ''), ',') AS breakdown
FROM (SELECT DISTINCT topic FROM result);

CREATE TEMP TABLE grouped AS
SELECT r.rowid AS result_row, r.window_start,
  iif(t.by_area, coalesce(r.area_code, x''), 0) AS area,
  iif(t.by_list, coalesce(r.subcohort, x''), 0) AS list,
  iif(t.breakdown = '', 0, t.breakdown) AS breakdown,
  CASE t.breakdown
    WHEN '' THEN 0
    WHEN 'age_group' THEN coalesce(r.age_group, x'')
    WHEN 'age_band' THEN coalesce(r.age_band, x'')
    WHEN 'sex' THEN coalesce(r.sex, x'')
    WHEN 'ethnicity' THEN coalesce(r.ethnicity, x'')
    WHEN 'index_kind' THEN coalesce(r.index_kind, x'')
    WHEN 'index_disposal' THEN coalesce(r.index_disposal, x'')
    WHEN 'index_offence_group' THEN coalesce(r.index_offence_group, x'')
    WHEN 'sentence_band' THEN coalesce(r.sentence_band, x'')
    WHEN 'previous_offences_band' THEN coalesce(r.previous_offences_band, x'')
    WHEN 'months_to_reoffence' THEN coalesce(r.months_to_reoffence, x'')
  END AS part,
  r.offenders, r.reoffenders, r.scored_offenders, r.scored_reoffenders, r.expected,
  r.expected_variance
FROM result AS r JOIN topic AS t ON t.topic = r.topic;
CREATE INDEX temp.grouped_by_group ON grouped (window_start, area, list, breakdown, part);

-- People: the cells -------------------------------------------------------------------------------

CREATE TEMP TABLE cell (
  cell INTEGER PRIMARY KEY,
  window_start TEXT NOT NULL,
  area NOT NULL,
  list NOT NULL,
  breakdown NOT NULL,
  part NOT NULL,
  figure TEXT NOT NULL,
  offenders INTEGER NOT NULL,
  reoffenders INTEGER,
  published INTEGER NOT NULL DEFAULT 0,
  outcome INTEGER NOT NULL DEFAULT 0,
  decided TEXT,
  least INTEGER,
  expected REAL,
  variance REAL,
  result_row INTEGER
);
CREATE INDEX temp.cell_by_group ON cell (window_start, figure, breakdown, area, list, part);
CREATE TEMP TABLE line (
  line TEXT NOT NULL,
  total INTEGER NOT NULL,
  part INTEGER NOT NULL
);

-- Those without a sentence length are not the ones released: published nowhere.
INSERT INTO cell (window_start, area, list, breakdown, part, figure, offenders, reoffenders,
  published, decided, expected, variance, result_row)
SELECT g.window_start, g.area, g.list, g.breakdown, g.part, 'people', g.offenders, g.reoffenders,
  NOT (g.breakdown = 'sentence_band' AND g.part = x''),
  iif(b.window_start IS NULL, NULL, 'hidden'), g.expected, g.expected_variance, g.result_row
FROM grouped AS g
LEFT JOIN hidden_before AS b ON b.window_start = g.window_start
  AND b.area_code = iif(g.area = 0, 'all', iif(g.area = x'', 'unknown', g.area))
  AND b.subcohort = iif(g.list = 0, 'all', g.list)
  AND b.breakdown_topic = iif(g.breakdown = 0, 'total', g.breakdown)
  AND b.breakdown = iif(g.breakdown = 0, 'total', iif(g.part = x'', 'unknown', g.part))
  AND b.figure = 'people'
WHERE g.breakdown <> 'months_to_reoffence'
ORDER BY g.result_row;

-- People: how they hang together ------------------------------------------------------------------

-- The parts of a breakdown make up the group.
INSERT INTO line (line, total, part)
SELECT t.cell || ' by ' || p.breakdown, t.cell, p.cell
FROM cell AS p
JOIN cell AS t ON t.window_start = p.window_start AND t.figure = p.figure AND t.breakdown = 0
  AND t.area = p.area AND t.list = p.list
WHERE p.breakdown <> 0;

-- The areas, the unknown one among them, make up the nation.
INSERT INTO line (line, total, part)
SELECT t.cell || ' by area_code', t.cell, p.cell
FROM cell AS p
JOIN cell AS t ON t.window_start = p.window_start AND t.figure = p.figure AND t.area = 0
  AND t.list = p.list AND t.breakdown = p.breakdown AND t.part = p.part
WHERE p.area <> 0;

-- Whoever is not in a sub-cohort, total less sub-cohort: published nowhere.
CREATE TEMP TABLE rest AS
SELECT t.cell AS total, p.cell AS part, p.window_start, p.area, p.list, p.breakdown,
  p.part AS of_part, t.offenders - p.offenders AS offenders,
  t.reoffenders - p.reoffenders AS reoffenders, t.expected - coalesce(p.expected, 0) AS expected,
  t.variance - coalesce(p.variance, 0) AS variance
FROM cell AS p
JOIN cell AS t ON t.window_start = p.window_start AND t.figure = p.figure AND t.area = p.area
  AND t.list = 0 AND t.breakdown = p.breakdown AND t.part = p.part
WHERE p.list <> 0;
INSERT INTO cell (window_start, area, list, breakdown, part, figure, offenders, reoffenders,
  expected, variance)
SELECT window_start, area, list, breakdown, of_part, 'rest', offenders, reoffenders, expected,
  variance
FROM rest;
INSERT INTO line (line, total, part)
SELECT total || ' by ' || list, total, part
FROM rest
UNION ALL
SELECT r.total || ' by ' || r.list, r.total, p.cell
FROM rest AS r
JOIN cell AS p ON p.window_start = r.window_start AND p.figure = 'rest'
  AND p.breakdown = r.breakdown AND p.area = r.area AND p.list = r.list AND p.part = r.of_part;

-- One group of people in two tables: parts of one breakdown that make up, or are among, a part of
-- another. part NULL: every known one. list: the sub-cohort that is the whole, else NULL.
CREATE TEMP TABLE same_people (whole_breakdown, whole, list, breakdown, part);
INSERT INTO same_people (whole_breakdown, whole, list, breakdown, part) VALUES
  ('index_kind', 'release', NULL, 'sentence_band', NULL),
  ('index_kind', 'release', NULL, 'index_disposal', 'custody'),
  ('index_kind', 'drug_test', NULL, 'index_disposal', 'drug_test'),
  ('index_kind', 'caution', NULL, 'index_disposal', 'caution'),
  ('index_kind', 'caution', NULL, 'index_disposal', 'reprimand_or_warning'),
  ('index_kind', 'conviction', NULL, 'index_disposal', 'suspended_sentence'),
  ('index_kind', 'conviction', NULL, 'index_disposal', 'community_sentence'),
  ('index_kind', 'conviction', NULL, 'index_disposal', 'fine'),
  ('index_kind', 'conviction', NULL, 'index_disposal', 'conditional_discharge'),
  ('index_kind', 'conviction', NULL, 'index_disposal', 'absolute_discharge'),
  ('index_kind', 'conviction', NULL, 'index_disposal', 'other'),
  ('index_offence_group', x'', NULL, 'index_kind', 'drug_test'),
  ('age_group', 'juvenile', NULL, 'age_band', '10-14'),
  ('age_group', 'juvenile', NULL, 'age_band', '15-17'),
  ('age_group', 'adult', NULL, 'age_band', '18-20'),
  ('age_group', 'adult', NULL, 'age_band', '21-24'),
  ('age_group', 'adult', NULL, 'age_band', '25-29'),
  ('age_group', 'adult', NULL, 'age_band', '30-34'),
  ('age_group', 'adult', NULL, 'age_band', '35-39'),
  ('age_group', 'adult', NULL, 'age_band', '40-44'),
  ('age_group', 'adult', NULL, 'age_band', '45-49'),
  ('age_group', 'adult', NULL, 'age_band', '50+'),
  (0, 0, 'class_a', 'index_kind', 'drug_test');
CREATE TEMP TABLE nested AS
SELECT w.cell AS total, p.cell AS part, s.breakdown || ' in ' || s.whole_breakdown AS name
FROM same_people AS s
CROSS JOIN (SELECT DISTINCT window_start FROM cell) AS x
CROSS JOIN cell AS w ON w.window_start = x.window_start AND w.figure = 'people'
  AND w.breakdown = s.whole_breakdown AND w.part = s.whole
  AND (s.list IS NULL OR w.list = s.list)
CROSS JOIN cell AS p ON p.window_start = w.window_start AND p.figure = 'people'
  AND p.breakdown = s.breakdown AND p.area = w.area
  AND p.list = iif(s.list IS NULL, w.list, 0)
  AND iif(s.part IS NULL, p.part <> x'', p.part = s.part);
-- What is left over, where the parts do fit into the whole: published nowhere.
CREATE TEMP TABLE fitting AS
SELECT n.total, n.name, w.window_start, w.area, w.list, w.breakdown, w.part,
  w.offenders - sum(p.offenders) AS offenders, w.reoffenders - sum(p.reoffenders) AS reoffenders,
  w.expected - total(p.expected) AS expected
FROM nested AS n JOIN cell AS w ON w.cell = n.total JOIN cell AS p ON p.cell = n.part
GROUP BY n.total, n.name
HAVING w.reoffenders >= sum(p.reoffenders)
  AND w.offenders - w.reoffenders >= sum(p.offenders - p.reoffenders);
INSERT INTO cell (window_start, area, list, breakdown, part, figure, offenders, reoffenders,
  expected)
SELECT window_start, area, list, breakdown, part, 'left over: ' || name, offenders, reoffenders,
  expected
FROM fitting
WHERE offenders > 0;
INSERT INTO line (line, total, part)
SELECT f.total || ' by ' || f.name, f.total, n.part
FROM fitting AS f JOIN nested AS n ON n.total = f.total AND n.name = f.name
UNION ALL
SELECT f.total || ' by ' || f.name, f.total, c.cell
FROM fitting AS f
JOIN cell AS c ON c.window_start = f.window_start AND c.figure = 'left over: ' || f.name
  AND c.breakdown = f.breakdown AND c.area = f.area AND c.list = f.list AND c.part = f.part;

-- People who are scored: the cells ----------------------------------------------------------------

-- Whole groups, and the adults and juveniles the models were fitted on and tried on: one row each.
-- `told`: the width in which a proportion of them is told, of `excess` and `predicted`, both
-- rounded, or of `actual` alone. How many a model was fitted on is told to the last person: 0.
CREATE TEMP TABLE scored AS
SELECT c.cell AS people, 0.002 AS told, c.window_start, c.area, c.list, c.breakdown, c.part,
  g.scored_offenders AS offenders, g.scored_reoffenders AS reoffenders,
  c.offenders - g.scored_offenders AS other_offenders,
  c.reoffenders - g.scored_reoffenders AS other_reoffenders,
  iif(b.window_start IS NULL, NULL, 'hidden') AS decided, c.expected, c.variance
FROM cell AS c
JOIN grouped AS g ON g.result_row = c.result_row
LEFT JOIN hidden_before AS b ON b.window_start = c.window_start
  AND b.area_code = iif(c.area = 0, 'all', iif(c.area = x'', 'unknown', c.area))
  AND b.subcohort = iif(c.list = 0, 'all', c.list)
  AND b.breakdown_topic = 'total' AND b.breakdown = 'total' AND b.figure = 'excess'
WHERE c.breakdown = 0 AND (c.area = 0 OR c.list = 0) AND g.scored_offenders IS NOT NULL
UNION ALL
SELECT c.cell, iif(q.window_start = m.base_window, 0, 0.001), q.window_start, 0,
  coalesce(m.subcohort, 0), 'age_group', q.age_group, q.scored_offenders, q.scored_reoffenders,
  q.offenders - q.scored_offenders, q.reoffenders - q.scored_reoffenders, NULL,
  q.predicted * q.scored_offenders, NULL
FROM model_quality AS q
JOIN model AS m ON m.series = q.series AND m.age_group = q.age_group
LEFT JOIN cell AS c ON c.window_start = q.window_start AND c.figure = 'people'
  AND c.breakdown = 'age_group' AND c.area = 0 AND c.list = coalesce(m.subcohort, 0)
  AND c.part = q.age_group AND c.offenders = q.offenders AND c.reoffenders = q.reoffenders;
CREATE INDEX temp.scored_by_group ON scored (window_start, area, list, breakdown, part);
INSERT INTO cell (window_start, area, list, breakdown, part, figure, offenders, reoffenders,
  published, decided, expected, variance)
SELECT window_start, area, list, breakdown, part, 'scored', offenders, reoffenders,
  decided IS NOT NULL OR offenders * told < (SELECT CAST(value AS INTEGER) FROM parameter
                                             WHERE name = 'disclosure_threshold'),
  decided, expected, variance
FROM scored;
INSERT INTO cell (window_start, area, list, breakdown, part, figure, offenders, reoffenders)
SELECT window_start, area, list, breakdown, part, 'unscored', other_offenders, other_reoffenders
FROM scored
WHERE people IS NOT NULL;

-- People who are scored: how they hang together ---------------------------------------------------

-- They and the others are the group.
INSERT INTO line (line, total, part)
SELECT s.people || ' by who is scored', s.people, c.cell
FROM scored AS s
JOIN cell AS c ON c.window_start = s.window_start AND c.figure IN ('scored', 'unscored')
  AND c.breakdown = s.breakdown AND c.area = s.area AND c.list = s.list AND c.part = s.part
WHERE s.people IS NOT NULL;

-- Those of the areas are those of the nation; of adults and juveniles, those of all: others have no
-- model. Where the models were tried on other people than the results count, the sums differ.
INSERT INTO line (line, total, part)
SELECT t.cell || ' scored by area_code', t.cell, p.cell
FROM cell AS p
JOIN cell AS t ON t.window_start = p.window_start AND t.figure = p.figure AND t.area = 0
  AND t.list = 0 AND t.breakdown = 0
WHERE p.figure = 'scored' AND p.area <> 0 AND t.published;
INSERT INTO line (line, total, part)
SELECT t.cell || ' scored by age_group', t.cell, p.cell
FROM (
  SELECT window_start, list, sum(offenders) AS offenders, sum(reoffenders) AS reoffenders
  FROM cell
  WHERE figure = 'scored' AND breakdown = 'age_group'
  GROUP BY window_start, list
) AS s
JOIN cell AS t ON t.window_start = s.window_start AND t.figure = 'scored' AND t.breakdown = 0
  AND t.area = 0 AND t.list = s.list AND t.offenders = s.offenders
  AND t.reoffenders = s.reoffenders AND t.published
JOIN cell AS p ON p.window_start = s.window_start AND p.figure = 'scored'
  AND p.breakdown = 'age_group' AND p.area = 0 AND p.list = s.list;

-- Those scored who are not in a sub-cohort, and the others: published nowhere. (A sub-cohort with
-- models of its own may have more people scored than everyone has.)
CREATE TEMP TABLE scored_rest AS
SELECT t.cell AS total, p.cell AS part, r.cell AS people, p.window_start, p.list,
  t.offenders - p.offenders AS offenders, t.reoffenders - p.reoffenders AS reoffenders,
  r.offenders - t.offenders + p.offenders AS other_offenders,
  r.reoffenders - t.reoffenders + p.reoffenders AS other_reoffenders
FROM cell AS p
JOIN cell AS t ON t.window_start = p.window_start AND t.figure = 'scored' AND t.breakdown = 0
  AND t.area = 0 AND t.list = 0
JOIN cell AS r ON r.window_start = p.window_start AND r.figure = 'rest' AND r.breakdown = 0
  AND r.area = 0 AND r.list = p.list
WHERE p.figure = 'scored' AND p.breakdown = 0 AND p.list <> 0;
DELETE FROM scored_rest
WHERE NOT (reoffenders BETWEEN 0 AND offenders AND other_reoffenders BETWEEN 0 AND other_offenders);
INSERT INTO cell (window_start, area, list, breakdown, part, figure, offenders, reoffenders)
SELECT window_start, 0, list, 0, 0, 'scored rest', offenders, reoffenders
FROM scored_rest
UNION ALL
SELECT window_start, 0, list, 0, 0, 'unscored rest', other_offenders, other_reoffenders
FROM scored_rest;
INSERT INTO line (line, total, part)
SELECT r.total || ' scored by ' || r.list, r.total, r.part
FROM scored_rest AS r
UNION ALL
SELECT r.total || ' scored by ' || r.list, r.total, c.cell
FROM scored_rest AS r
JOIN cell AS c ON c.window_start = r.window_start AND c.figure = 'scored rest' AND c.list = r.list
UNION ALL
SELECT r.people || ' by who is scored', r.people, c.cell
FROM scored_rest AS r
JOIN cell AS c ON c.window_start = r.window_start
  AND c.figure IN ('scored rest', 'unscored rest') AND c.list = r.list;

-- Groups of which nobody is scored (drug tests, where the base year had none): the others of the
-- whole group are they, and who is left over.
CREATE TEMP TABLE never_scored AS
SELECT u.cell AS total, u.window_start, u.area, u.list, p.breakdown,
  u.offenders - sum(p.offenders) AS offenders, u.reoffenders - sum(p.reoffenders) AS reoffenders
FROM cell AS u
JOIN cell AS p ON p.window_start = u.window_start AND p.figure = 'people' AND p.area = u.area
  AND p.list = u.list
JOIN grouped AS g ON g.result_row = p.result_row
WHERE u.figure = 'unscored' AND u.breakdown = 0 AND p.breakdown <> 0 AND g.scored_offenders = 0
GROUP BY u.cell, p.breakdown;
INSERT INTO cell (window_start, area, list, breakdown, part, figure, offenders, reoffenders)
SELECT window_start, area, list, 0, 0, 'unscored in no group of ' || breakdown, offenders,
  reoffenders
FROM never_scored;
INSERT INTO line (line, total, part)
SELECT n.total || ' by ' || n.breakdown, n.total, p.cell
FROM never_scored AS n
JOIN cell AS p ON p.window_start = n.window_start AND p.figure = 'people' AND p.area = n.area
  AND p.list = n.list AND p.breakdown = n.breakdown
JOIN grouped AS g ON g.result_row = p.result_row
WHERE g.scored_offenders = 0
UNION ALL
SELECT n.total || ' by ' || n.breakdown, n.total, c.cell
FROM never_scored AS n
JOIN cell AS c ON c.window_start = n.window_start
  AND c.figure = 'unscored in no group of ' || n.breakdown AND c.breakdown = 0 AND c.area = n.area
  AND c.list = n.list;

-- How many people the sums of probabilities show to be there (note 1), whole numbers.
UPDATE cell
SET least = min(offenders, CAST(0.999999 + max(expected, iif(
  breakdown = 0 AND (area = 0 OR list = 0) AND variance > 0 AND expected > variance,
  expected * expected / (expected - variance), 0)) AS INTEGER))
WHERE expected > 0;

CREATE TEMP TABLE verdict (
  cell INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  offenders INTEGER,
  reoffenders INTEGER,
  reason TEXT NOT NULL,
  line TEXT,
  beside INTEGER,
  exposed INTEGER NOT NULL
);
INSERT INTO verdict (cell, status, offenders, reoffenders, reason, line, beside, exposed)
SELECT d.cell, d.status, d.offenders, d.reoffenders, d.reason, d.line, d.beside, d.exposed
FROM reoffend_disclosure('cell', 'line',
  (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'disclosure_threshold'),
  (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'disclosure_rounding')) AS d;

-- Outcomes: the cells -----------------------------------------------------------------------------

CREATE TEMP TABLE outcome_cell (
  cell INTEGER PRIMARY KEY,
  window_start TEXT NOT NULL,
  area NOT NULL,
  list NOT NULL,
  part NOT NULL DEFAULT 0,
  figure TEXT NOT NULL,
  step NOT NULL,
  offenders INTEGER NOT NULL,
  published INTEGER NOT NULL,
  outcome INTEGER NOT NULL DEFAULT 1,
  decided TEXT
);
CREATE INDEX temp.outcome_by_group ON outcome_cell (window_start, figure, step, area, list);
CREATE TEMP TABLE outcome_line (line TEXT NOT NULL, total INTEGER NOT NULL, part INTEGER NOT NULL);

-- Whole groups: whether they are shown, and what says too much: the mean number of previous
-- offences would, about a hidden band of them.
CREATE TEMP TABLE whole AS
SELECT c.window_start, c.area, c.list, c.result_row, c.reoffenders, v.status = 'shown' AS is_shown,
  coalesce((
    SELECT max(b.status <> 'shown')
    FROM cell AS p JOIN verdict AS b ON b.cell = p.cell
    WHERE p.window_start = c.window_start AND p.figure = 'people'
      AND p.breakdown = 'previous_offences_band' AND p.area = c.area AND p.list = c.list
  ), 0) AS band_hidden
FROM cell AS c JOIN verdict AS v ON v.cell = c.cell
WHERE c.figure = 'people' AND c.breakdown = 0 AND (c.area = 0 OR c.list = 0);

-- The re-offenders of a group are known where it is shown.
INSERT INTO outcome_cell (window_start, area, list, figure, step, offenders, published, decided)
SELECT window_start, area, list, 're-offenders', 0, reoffenders, 1, iif(is_shown, 'shown', 'hidden')
FROM whole;

INSERT INTO outcome_cell (window_start, area, list, figure, step, offenders, published, decided)
SELECT w.window_start, w.area, w.list, f.figure, 0,
  CASE f.figure
    WHEN 'violent_sexual' THEN r.violent_sexual_reoffenders
    WHEN 'serious_acquisitive' THEN r.serious_acquisitive_reoffenders
    WHEN 'serious' THEN r.serious_reoffenders
    WHEN 'reappearances' THEN r.reappearing_offenders
    ELSE r.previous_offences
  END, 1,
  iif(NOT w.is_shown OR w.band_hidden AND f.figure = 'previous_offences'
    OR b.window_start IS NOT NULL, 'hidden', NULL)
FROM whole AS w
JOIN result AS r ON r.rowid = w.result_row
CROSS JOIN (SELECT column1 AS figure FROM (VALUES ('violent_sexual'), ('serious_acquisitive'),
  ('serious'), ('reappearances'), ('previous_offences'))) AS f
LEFT JOIN hidden_before AS b ON b.window_start = w.window_start
  AND b.area_code = iif(w.area = 0, 'all', iif(w.area = x'', 'unknown', w.area))
  AND b.subcohort = iif(w.list = 0, 'all', w.list)
  AND b.breakdown_topic = 'total' AND b.breakdown = 'total' AND b.figure = f.figure;

-- Re-offenders without such an offence: published nowhere.
INSERT INTO outcome_cell (window_start, area, list, figure, step, offenders, published)
SELECT w.window_start, w.area, w.list, 'not ' || c.figure, 0, w.reoffenders - c.offenders, 0
FROM whole AS w
JOIN outcome_cell AS c ON c.window_start = w.window_start AND c.area = w.area AND c.list = w.list
WHERE c.figure IN ('violent_sexual', 'serious_acquisitive', 'serious');

-- First re-offences in steps of one, three and six months. The shortest step in which never fewer
-- people than the threshold are added is published; where there is none, none.
CREATE TEMP TABLE step AS
WITH RECURSIVE month (month) AS (
  SELECT 1 UNION ALL SELECT month + 1 FROM month
  WHERE month < (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'follow_up_months')
)
SELECT w.window_start, w.area, w.list, w.is_shown, s.width,
  (m.month + s.width - 1) / s.width * s.width AS step, sum(coalesce(g.offenders, 0)) AS offenders
FROM whole AS w
CROSS JOIN month AS m
CROSS JOIN (SELECT column1 AS width FROM (VALUES (1), (3), (6))) AS s
LEFT JOIN grouped AS g ON g.window_start = w.window_start AND g.area = w.area AND g.list = w.list
  AND g.breakdown = 'months_to_reoffence' AND g.part = m.month
WHERE (SELECT max(month) FROM month) % 6 = 0
GROUP BY w.window_start, w.area, w.list, w.is_shown, s.width, 6;
CREATE TEMP TABLE chosen_width AS
SELECT s.window_start, s.area, s.list, min(s.width) AS width
FROM (
  SELECT window_start, area, list, width
  FROM step
  WHERE is_shown
  GROUP BY window_start, area, list, width
  HAVING min(offenders) >= (SELECT CAST(value AS INTEGER) FROM parameter
                            WHERE name = 'disclosure_threshold')
) AS s
LEFT JOIN hidden_before AS b ON b.window_start = s.window_start
  AND b.area_code = iif(s.area = 0, 'all', iif(s.area = x'', 'unknown', s.area))
  AND b.subcohort = iif(s.list = 0, 'all', s.list)
  AND b.breakdown_topic = 'total' AND b.breakdown = 'total' AND b.figure = 'months'
WHERE b.window_start IS NULL
GROUP BY s.window_start, s.area, s.list;
INSERT INTO outcome_cell (window_start, area, list, figure, step, offenders, published)
SELECT s.window_start, s.area, s.list, 'by ' || s.width, s.step, s.offenders,
  coalesce(c.width = s.width, 0)
FROM step AS s
LEFT JOIN chosen_width AS c ON c.window_start = s.window_start AND c.area = s.area
  AND c.list = s.list
ORDER BY s.window_start, s.area, s.list, s.width, s.step;

-- Re-offenders in each tenth of those a model was tried on (part: the model's age group), and the
-- others. How many are in a tenth everybody knows.
CREATE TEMP TABLE tenth AS
SELECT d.window_start, coalesce(m.subcohort, 0) AS list, d.age_group AS part, d.decile,
  d.offenders, d.reoffenders, v.status <> 'hidden' AS is_shown
FROM model_decile AS d
JOIN model AS m ON m.series = d.series AND m.age_group = d.age_group
JOIN cell AS c ON c.window_start = d.window_start AND c.figure = 'scored'
  AND c.breakdown = 'age_group' AND c.area = 0 AND c.list = coalesce(m.subcohort, 0)
  AND c.part = d.age_group
JOIN verdict AS v ON v.cell = c.cell;
INSERT INTO outcome_cell (window_start, area, list, part, figure, step, offenders, published,
  outcome, decided)
SELECT window_start, 0, list, part, 'all tenths', 0, sum(reoffenders), 1, 1,
  iif(is_shown, 'shown', 'hidden')
FROM tenth
GROUP BY window_start, list, part
UNION ALL
SELECT window_start, 0, list, part, 'in tenth', decile, offenders, 1, 1, 'shown'
FROM tenth
UNION ALL
SELECT window_start, 0, list, part, 'tenth', decile, reoffenders, 1, 1,
  iif(is_shown, NULL, 'hidden')
FROM tenth
UNION ALL
SELECT window_start, 0, list, part, 'not tenth', decile, offenders - reoffenders, 0, 1, NULL
FROM tenth;

-- Outcomes: how they hang together ----------------------------------------------------------------

-- The areas make up the nation. (Of longer steps it follows from that of months.)
INSERT INTO outcome_line (line, total, part)
SELECT t.cell || ' by area_code', t.cell, p.cell
FROM outcome_cell AS p
JOIN outcome_cell AS t ON t.window_start = p.window_start AND t.figure = p.figure
  AND t.step = p.step AND t.area = 0 AND t.list = p.list AND t.part = p.part
WHERE p.area <> 0 AND p.figure NOT IN ('by 3', 'by 6');

-- Those not in a sub-cohort.
CREATE TEMP TABLE outcome_rest AS
SELECT t.cell AS total, p.cell AS part, p.window_start, p.area, p.list, p.figure, p.step,
  t.offenders - p.offenders AS offenders
FROM outcome_cell AS p
JOIN outcome_cell AS t ON t.window_start = p.window_start AND t.figure = p.figure
  AND t.step = p.step AND t.area = p.area AND t.list = 0
WHERE p.list <> 0 AND p.part = 0 AND p.figure NOT IN ('by 3', 'by 6');
INSERT INTO outcome_cell (window_start, area, list, figure, step, offenders, published)
SELECT window_start, area, list, 'rest ' || figure, step, offenders, 0
FROM outcome_rest;
INSERT INTO outcome_line (line, total, part)
SELECT total || ' by ' || list, total, part
FROM outcome_rest
UNION ALL
SELECT r.total || ' by ' || r.list, r.total, c.cell
FROM outcome_rest AS r
JOIN outcome_cell AS c ON c.window_start = r.window_start AND c.figure = 'rest ' || r.figure
  AND c.step = r.step AND c.area = r.area AND c.list = r.list;

-- Re-offenders with such an offence and without; months in longer steps, and these in all.
INSERT INTO outcome_line (line, total, part)
SELECT t.cell || ' by ' || replace(p.figure, 'not ', ''), t.cell, p.cell
FROM outcome_cell AS p
JOIN outcome_cell AS t ON t.window_start = p.window_start AND t.figure = 're-offenders'
  AND t.step = 0 AND t.area = p.area AND t.list = p.list
WHERE p.figure IN ('violent_sexual', 'serious_acquisitive', 'serious', 'not violent_sexual',
  'not serious_acquisitive', 'not serious')
UNION ALL
SELECT t.cell || ' by months', t.cell, p.cell
FROM outcome_cell AS p
JOIN outcome_cell AS t ON t.window_start = p.window_start AND t.area = p.area AND t.list = p.list
  AND t.figure = CASE p.figure WHEN 'by 1' THEN 'by 3' WHEN 'by 3' THEN 'by 6'
    ELSE 're-offenders' END
  AND t.step = CASE p.figure WHEN 'by 1' THEN (p.step + 2) / 3 * 3
    WHEN 'by 3' THEN (p.step + 5) / 6 * 6 ELSE 0 END
WHERE p.figure IN ('by 1', 'by 3', 'by 6');

-- The tenths make up all; who re-offended in one and who did not, the people in it.
INSERT INTO outcome_line (line, total, part)
SELECT t.cell || ' by tenth', t.cell, p.cell
FROM outcome_cell AS p
JOIN outcome_cell AS t ON t.window_start = p.window_start AND t.list = p.list AND t.part = p.part
  AND t.area = 0 AND t.figure = 'all tenths'
WHERE p.figure = 'tenth'
UNION ALL
SELECT t.cell || ' by who re-offended', t.cell, p.cell
FROM outcome_cell AS p
JOIN outcome_cell AS t ON t.window_start = p.window_start AND t.list = p.list AND t.part = p.part
  AND t.area = 0 AND t.figure = 'in tenth' AND t.step = p.step
WHERE p.figure IN ('tenth', 'not tenth');

CREATE TEMP TABLE outcome_verdict (
  cell INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  offenders INTEGER,
  reason TEXT NOT NULL,
  line TEXT,
  beside INTEGER,
  exposed INTEGER NOT NULL
);
INSERT INTO outcome_verdict (cell, status, offenders, reason, line, beside, exposed)
SELECT d.cell, d.status, d.offenders, d.reason, d.line, d.beside, d.exposed
FROM reoffend_disclosure('outcome_cell', 'outcome_line',
  (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'disclosure_threshold'),
  (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'disclosure_rounding')) AS d;

-- What is published -------------------------------------------------------------------------------

-- Which outcomes of whole groups are shown.
CREATE TEMP TABLE outcome_shown AS
SELECT c.window_start, c.area, c.list,
  max(c.figure = 'violent_sexual' AND v.status = 'shown') AS violent_sexual,
  max(c.figure = 'serious_acquisitive' AND v.status = 'shown') AS serious_acquisitive,
  max(c.figure = 'serious' AND v.status = 'shown') AS serious,
  max(c.figure = 'reappearances' AND v.status = 'shown') AS reappearances,
  max(c.figure = 'previous_offences' AND v.status = 'shown') AS previous_offences
FROM outcome_cell AS c JOIN outcome_verdict AS v ON v.cell = c.cell
GROUP BY c.window_start, c.area, c.list;
CREATE INDEX temp.outcome_shown_by_group ON outcome_shown (window_start, area, list);

-- What is published of predictions (notes 2 and 3), by row of `result`; why not, or NULL.
CREATE TEMP TABLE untellable AS
SELECT c.window_start, c.area, c.list, c.breakdown
FROM cell AS c
JOIN verdict AS v ON v.cell = c.cell
JOIN grouped AS g ON g.result_row = c.result_row
WHERE c.figure = 'people' AND c.breakdown <> 0
  AND iif(v.status = 'hidden', g.scored_offenders = 0, v.status = 'shown' AND g.scored_offenders > 0
    AND g.scored_offenders < (SELECT CAST(value AS INTEGER) FROM parameter
                              WHERE name = 'disclosure_threshold'))
GROUP BY c.window_start, c.area, c.list, c.breakdown;
CREATE TEMP TABLE prediction AS
SELECT c.result_row, c.cell, g.scored_offenders, g.scored_reoffenders,
  CASE
    WHEN g.scored_offenders < (SELECT CAST(value AS INTEGER) FROM parameter
                               WHERE name = 'disclosure_threshold')
      THEN 'fewer people with a prediction than the threshold'
    WHEN u.window_start IS NOT NULL
      THEN 'so that a group of few with a prediction, or of few without, cannot be worked out'
    WHEN b.window_start IS NOT NULL THEN 'hidden in an earlier publication'
  END AS predicted_hidden,
  CASE
    WHEN s.status <> 'hidden' THEN NULL
    WHEN x.decided IS NOT NULL THEN 'hidden in an earlier publication'
    WHEN s.reason LIKE 'fewer %' THEN s.reason || ', of those with a prediction'
    ELSE s.reason
  END AS excess_hidden, s.line, s.beside
FROM cell AS c
JOIN verdict AS v ON v.cell = c.cell AND v.status = 'shown'
JOIN grouped AS g ON g.result_row = c.result_row AND g.scored_offenders > 0
LEFT JOIN untellable AS u ON u.window_start = c.window_start AND u.area = c.area
  AND u.list = c.list AND u.breakdown = c.breakdown
LEFT JOIN cell AS x ON x.window_start = c.window_start AND x.figure = 'scored'
  AND x.breakdown = c.breakdown AND x.area = c.area AND x.list = c.list AND x.part = c.part
  AND c.breakdown = 0
LEFT JOIN verdict AS s ON s.cell = x.cell
LEFT JOIN hidden_before AS b ON b.window_start = c.window_start
  AND b.area_code = iif(c.area = 0, 'all', iif(c.area = x'', 'unknown', c.area))
  AND b.subcohort = iif(c.list = 0, 'all', c.list)
  AND b.breakdown_topic = iif(c.breakdown = 0, 'total', c.breakdown)
  AND b.breakdown = iif(c.breakdown = 0, 'total', iif(c.part = x'', 'unknown', c.part))
  AND b.figure = 'predicted'
WHERE c.figure = 'people';
CREATE UNIQUE INDEX temp.prediction_by_row ON prediction (result_row);

-- What is made of them. Rounded to a tenth of a percentage point: at full length a mean would say
-- of how many people it is one. With rounding of counts those scored are rounded too. `excess`
-- stands where it is published of whole groups; in tables there is none.
CREATE TEMP TABLE comparison AS
SELECT p.result_row, iif(p.predicted_hidden IS NULL, round(r.predicted, 3), NULL) AS predicted,
  iif(p.predicted_hidden IS NULL, 'shown', 'hidden') AS predicted_status,
  iif(x.status = 'shown', round(1.0 * x.scored_reoffenders / x.scored_offenders - r.predicted, 3),
    NULL) AS excess,
  iif(x.status = 'shown', rate_adjusted_low(x.scored_reoffenders, x.scored_offenders, r.predicted,
    0, r.expected_variance), NULL) AS low,
  iif(x.status = 'shown', rate_adjusted_high(x.scored_reoffenders, x.scored_offenders, r.predicted,
    0, r.expected_variance), NULL) AS high,
  r.base_proportion, x.status AS excess_status
FROM prediction AS p
JOIN result AS r ON r.rowid = p.result_row
LEFT JOIN (
  SELECT p.result_row, iif(p.predicted_hidden IS NULL AND p.excess_hidden IS NULL, 'shown',
      'hidden') AS status,
    nullif(reoffend_rounded(p.scored_offenders, b.base), 0) AS scored_offenders,
    reoffend_rounded(p.scored_reoffenders, b.base) AS scored_reoffenders
  FROM prediction AS p
  JOIN cell AS c ON c.cell = p.cell AND c.breakdown = 0 AND (c.area = 0 OR c.list = 0)
  CROSS JOIN (SELECT CAST(value AS INTEGER) AS base FROM parameter
              WHERE name = 'disclosure_rounding') AS b
) AS x ON x.result_row = p.result_row;
CREATE UNIQUE INDEX temp.comparison_by_row ON comparison (result_row);

-- A group's row: what names it, then figures of f, o and p, which are NULL where it is hidden.
-- Ratios are made of what is published, so that they tell no more.
DELETE FROM published;
INSERT INTO published (topic, window_start, window_end, complete, area_code, age_group, age_band,
  sex, ethnicity, index_kind, index_disposal, index_offence_group, sentence_band,
  previous_offences_band, subcohort, status, offenders, reoffenders, reoffences, proportion,
  frequency, per_offender, reappearances, violent_sexual_reoffences,
  serious_acquisitive_reoffences, serious_reoffences, unclassified_reoffences, previous_offences,
  predicted, predicted_status, excess, excess_low, excess_high, adjusted, adjusted_low,
  adjusted_high, excess_status)
SELECT r.topic, r.window_start, r.window_end, r.complete, r.area_code, r.age_group, r.age_band,
  r.sex, r.ethnicity, r.index_kind, r.index_disposal, r.index_offence_group, r.sentence_band,
  r.previous_offences_band, r.subcohort, v.status, v.offenders, v.reoffenders,
  f.reoffences, 1.0 * v.reoffenders / nullif(v.offenders, 0),
  1.0 * f.reoffences / nullif(v.reoffenders, 0), 1.0 * f.reoffences / nullif(v.offenders, 0),
  iif(o.reappearances, f.reappearances, NULL),
  iif(o.violent_sexual, f.violent_sexual_reoffences, NULL),
  iif(o.serious_acquisitive, f.serious_acquisitive_reoffences, NULL),
  iif(o.serious, f.serious_reoffences, NULL),
  f.unclassified_reoffences,
  iif(o.previous_offences, f.previous_offences, NULL),
  p.predicted, p.predicted_status, p.excess, round(p.low, 3), round(p.high, 3),
  round(p.excess + p.base_proportion, 3), round(p.low + p.base_proportion, 3),
  round(p.high + p.base_proportion, 3), p.excess_status
FROM cell AS c
JOIN verdict AS v ON v.cell = c.cell AND v.status <> 'withheld'
JOIN result AS r ON r.rowid = c.result_row
LEFT JOIN (
  SELECT x.rowid AS result_row,
    reoffend_rounded(x.reoffences, b.base) AS reoffences,
    reoffend_rounded(x.reappearances, b.base) AS reappearances,
    reoffend_rounded(x.violent_sexual_reoffences, b.base) AS violent_sexual_reoffences,
    reoffend_rounded(x.serious_acquisitive_reoffences, b.base) AS serious_acquisitive_reoffences,
    reoffend_rounded(x.serious_reoffences, b.base) AS serious_reoffences,
    reoffend_rounded(x.unclassified_reoffences, b.base) AS unclassified_reoffences,
    reoffend_rounded(x.previous_offences, b.base) AS previous_offences
  FROM result AS x
  CROSS JOIN (SELECT CAST(value AS INTEGER) AS base FROM parameter
              WHERE name = 'disclosure_rounding') AS b
) AS f ON f.result_row = c.result_row AND v.status = 'shown'
LEFT JOIN outcome_shown AS o ON o.window_start = c.window_start AND o.area = c.area
  AND o.list = c.list AND c.breakdown = 0 AND v.status = 'shown'
LEFT JOIN comparison AS p ON p.result_row = c.result_row
ORDER BY c.cell;

-- The curves all of whose steps are shown.
DELETE FROM published_months;
INSERT INTO published_months (topic, window_start, complete, area_code, subcohort, month, width,
  newly, reoffended_by)
WITH curve AS (
  SELECT c.window_start, c.area, c.list, CAST(replace(c.figure, 'by ', '') AS INTEGER) AS width
  FROM outcome_cell AS c JOIN outcome_verdict AS v ON v.cell = c.cell
  WHERE c.published AND c.figure IN ('by 1', 'by 3', 'by 6')
  GROUP BY c.window_start, c.area, c.list, c.figure
  HAVING min(v.status = 'shown')
)
SELECT iif(k.area <> 0, 'area_code', iif(k.list <> 0, 'subcohort', '')), k.window_start, w.complete,
  iif(k.area IN (0, x''), NULL, k.area), iif(k.list = 0, NULL, k.list), c.step, k.width,
  v.offenders, reoffend_rounded(
    sum(c.offenders) OVER (PARTITION BY k.window_start, k.area, k.list ORDER BY c.step),
    (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'disclosure_rounding'))
FROM curve AS k
JOIN (SELECT window_start, complete FROM result WHERE topic = '') AS w
  ON w.window_start = k.window_start
JOIN outcome_cell AS c ON c.window_start = k.window_start AND c.figure = 'by ' || k.width
  AND c.area = k.area AND c.list = k.list
JOIN outcome_verdict AS v ON v.cell = c.cell
ORDER BY k.window_start, k.area, k.list, c.step;

-- The people a model was fitted on. What the model explains of the deviance goes with their number,
-- which it would nearly tell.
DELETE FROM published_model;
INSERT INTO published_model (series, age_group, status, offenders, reoffenders, proportion,
  explained)
SELECT m.series, m.age_group, iif(v.status <> 'hidden', 'shown', 'hidden'),
  iif(v.status <> 'hidden', reoffend_rounded(m.offenders, b.base), NULL),
  iif(v.status <> 'hidden', reoffend_rounded(m.reoffenders, b.base), NULL),
  iif(v.status <> 'hidden', round(1.0 * reoffend_rounded(m.reoffenders, b.base)
    / nullif(reoffend_rounded(m.offenders, b.base), 0), 3), NULL),
  iif(v.status <> 'hidden', round(1 - m.deviance / m.null_deviance, 3), NULL)
FROM model AS m
JOIN cell AS c ON c.window_start = m.base_window AND c.figure = 'scored'
  AND c.breakdown = 'age_group' AND c.area = 0 AND c.list = coalesce(m.subcohort, 0)
  AND c.part = m.age_group
JOIN verdict AS v ON v.cell = c.cell
CROSS JOIN (SELECT CAST(value AS INTEGER) AS base FROM parameter
            WHERE name = 'disclosure_rounding') AS b;

-- How the models did: whole years, and the tenths of some. Rounded: what is published of people
-- stands in the results.
DELETE FROM published_quality;
INSERT INTO published_quality (series, age_group, window_start, status, actual, predicted, excess,
  excess_low, excess_high, auc, auc_low, auc_high, brier, brier_of_actual)
SELECT q.series, q.age_group, q.window_start, iif(v.status <> 'hidden', 'shown', 'hidden'),
  iif(v.status <> 'hidden', round(q.actual, 3), NULL),
  iif(v.status <> 'hidden', round(q.predicted, 3), NULL),
  iif(v.status <> 'hidden', round(q.excess, 3), NULL),
  iif(v.status <> 'hidden', round(q.excess_low, 3), NULL),
  iif(v.status <> 'hidden', round(q.excess_high, 3), NULL),
  iif(v.status <> 'hidden', round(q.auc, 3), NULL),
  iif(v.status <> 'hidden', round(q.auc_low, 3), NULL),
  iif(v.status <> 'hidden', round(q.auc_high, 3), NULL),
  iif(v.status <> 'hidden', round(q.brier, 3), NULL),
  iif(v.status <> 'hidden', round(q.brier_of_actual, 3), NULL)
FROM model_quality AS q
JOIN model AS m ON m.series = q.series AND m.age_group = q.age_group
JOIN cell AS c ON c.window_start = q.window_start AND c.figure = 'scored'
  AND c.breakdown = 'age_group' AND c.area = 0 AND c.list = coalesce(m.subcohort, 0)
  AND c.part = q.age_group
JOIN verdict AS v ON v.cell = c.cell;
DELETE FROM published_decile;
INSERT INTO published_decile (series, age_group, window_start, decile, status, predicted,
  proportion, proportion_low, proportion_high)
SELECT d.series, d.age_group, d.window_start, d.decile, v.status,
  iif(v.status = 'shown', round(d.predicted, 2), NULL),
  iif(v.status = 'shown', round(d.proportion, 2), NULL),
  iif(v.status = 'shown', round(d.proportion_low, 2), NULL),
  iif(v.status = 'shown', round(d.proportion_high, 2), NULL)
FROM model_decile AS d
JOIN model AS m ON m.series = d.series AND m.age_group = d.age_group
JOIN outcome_cell AS c ON c.window_start = d.window_start AND c.figure = 'tenth'
  AND c.step = d.decile AND c.area = 0 AND c.list = coalesce(m.subcohort, 0)
  AND c.part = d.age_group
JOIN outcome_verdict AS v ON v.cell = c.cell;

-- What was hidden, and why: internal, for it says which groups are small --------------------------

CREATE TEMP TABLE named AS
SELECT cell, window_start,
  iif(area = 0, 'all', iif(area = x'', 'unknown', area)) AS area_code,
  iif(list = 0, 'all', list) AS subcohort,
  iif(breakdown = 0, 'total', breakdown) AS breakdown_topic,
  iif(breakdown = 0, 'total', iif(part = x'', 'unknown', part)) AS breakdown,
  figure,
  iif(area = 0, 'all', iif(area = x'', 'unknown', area)) || ', ' || iif(list = 0, 'all', list)
    || ', ' || iif(breakdown = 0, 'total', breakdown || ' ' || iif(part = x'', 'unknown', part))
    AS name
FROM cell;
CREATE UNIQUE INDEX temp.named_by_cell ON named (cell);
CREATE TEMP TABLE outcome_named AS
SELECT cell, window_start,
  iif(area = 0, 'all', iif(area = x'', 'unknown', area)) AS area_code,
  iif(list = 0, 'all', list) AS subcohort,
  iif(part = 0, 'total', 'age_group') AS breakdown_topic, iif(part = 0, 'total', part) AS breakdown,
  CASE WHEN figure IN ('by 1', 'by 3', 'by 6') THEN 'months'
    WHEN figure = 'tenth' THEN 'tenth ' || step ELSE figure END AS figure,
  iif(area = 0, 'all', iif(area = x'', 'unknown', area)) || ', ' || iif(list = 0, 'all', list)
    || iif(part = 0, '', ', age_group ' || part) || ', ' || figure
    || iif(part = 0 OR step = 0, '', ' ' || step) AS name
FROM outcome_cell;
CREATE UNIQUE INDEX temp.outcome_named_by_cell ON outcome_named (cell);

DELETE FROM disclosure;
INSERT INTO disclosure (window_start, area_code, subcohort, breakdown_topic, breakdown, figure,
  reason, in_sum, beside, exposed)
SELECT n.window_start, n.area_code, n.subcohort, n.breakdown_topic, n.breakdown, n.figure,
  iif(v.reason = 'kept hidden', 'hidden in an earlier publication', v.reason),
  t.name || ':' || substr(v.line, instr(v.line, ' ')),
  b.name || iif(b.figure = 'people', '', ', ' || b.figure), v.exposed
FROM verdict AS v
JOIN named AS n ON n.cell = v.cell
LEFT JOIN named AS t ON t.cell = CAST(substr(v.line, 1, instr(v.line, ' ') - 1) AS INTEGER)
LEFT JOIN named AS b ON b.cell = v.beside
WHERE v.status = 'hidden' AND n.figure = 'people'
UNION ALL
SELECT n.window_start, n.area_code, n.subcohort, n.breakdown_topic, n.breakdown, f.figure,
  iif(f.figure = 'predicted', p.predicted_hidden,
    iif(p.excess_hidden IS NULL, 'its predicted proportion is hidden', p.excess_hidden)),
  iif(f.figure = 'predicted', NULL, t.name || ':' || substr(p.line, instr(p.line, ' '))),
  iif(f.figure = 'predicted', NULL, b.name || ', ' || b.figure), 0
FROM prediction AS p
JOIN comparison AS x ON x.result_row = p.result_row
JOIN named AS n ON n.cell = p.cell
CROSS JOIN (SELECT column1 AS figure FROM (VALUES ('predicted'), ('excess'))) AS f
LEFT JOIN named AS t ON t.cell = CAST(substr(p.line, 1, instr(p.line, ' ') - 1) AS INTEGER)
LEFT JOIN named AS b ON b.cell = p.beside
WHERE iif(f.figure = 'predicted', x.predicted_status, x.excess_status) = 'hidden'
UNION ALL
SELECT n.window_start, n.area_code, n.subcohort, n.breakdown_topic, n.breakdown, 'model',
  iif(v.reason LIKE 'fewer %', v.reason || ', of those with a prediction', v.reason),
  t.name || ':' || substr(v.line, instr(v.line, ' ')), b.name || ', ' || b.figure, v.exposed
FROM verdict AS v
JOIN named AS n ON n.cell = v.cell
LEFT JOIN named AS t ON t.cell = CAST(substr(v.line, 1, instr(v.line, ' ') - 1) AS INTEGER)
LEFT JOIN named AS b ON b.cell = v.beside
WHERE v.status = 'hidden' AND n.figure = 'scored' AND n.breakdown_topic = 'age_group'
UNION ALL
SELECT n.window_start, n.area_code, n.subcohort, n.breakdown_topic, n.breakdown, n.figure,
  CASE
    WHEN c.part <> 0 AND v.reason = 'kept hidden' THEN 'its year is hidden'
    WHEN c.part <> 0 THEN v.reason
    WHEN NOT w.is_shown THEN 'its group is hidden'
    WHEN v.reason <> 'kept hidden' THEN v.reason
    WHEN w.band_hidden AND n.figure = 'previous_offences'
      THEN 'says too much about a hidden group by previous offences'
    ELSE 'hidden in an earlier publication'
  END,
  t.name || ':' || substr(v.line, instr(v.line, ' ')), b.name, v.exposed
FROM outcome_verdict AS v
JOIN outcome_named AS n ON n.cell = v.cell
JOIN outcome_cell AS c ON c.cell = v.cell
LEFT JOIN whole AS w ON w.window_start = c.window_start AND w.area = c.area AND w.list = c.list
LEFT JOIN outcome_named AS t ON t.cell = CAST(substr(v.line, 1, instr(v.line, ' ') - 1) AS INTEGER)
LEFT JOIN outcome_named AS b ON b.cell = v.beside
WHERE v.status = 'hidden' AND n.figure NOT IN ('re-offenders', 'months', 'all tenths')
UNION ALL
SELECT w.window_start, iif(w.area = 0, 'all', iif(w.area = x'', 'unknown', w.area)),
  iif(w.list = 0, 'all', w.list), 'total', 'total', 'months',
  CASE
    WHEN NOT w.is_shown THEN 'its group is hidden'
    WHEN h.window_start IS NULL THEN 'few in a step of six months, or hidden before'
    ELSE 'so that another cell cannot be worked out'
  END, NULL, NULL, 0
FROM whole AS w
LEFT JOIN chosen_width AS h ON h.window_start = w.window_start AND h.area = w.area
  AND h.list = w.list
LEFT JOIN published_months AS m ON m.window_start = w.window_start AND m.month = 12
  AND m.topic = iif(w.area <> 0, 'area_code', iif(w.list <> 0, 'subcohort', ''))
  AND m.area_code IS iif(w.area IN (0, x''), NULL, w.area)
  AND m.subcohort IS iif(w.list = 0, NULL, w.list)
WHERE m.window_start IS NULL;

DROP TABLE topic;
DROP TABLE grouped;
DROP TABLE cell;
DROP TABLE line;
DROP TABLE rest;
DROP TABLE same_people;
DROP TABLE nested;
DROP TABLE fitting;
DROP TABLE scored;
DROP TABLE scored_rest;
DROP TABLE never_scored;
DROP TABLE verdict;
DROP TABLE outcome_cell;
DROP TABLE outcome_line;
DROP TABLE outcome_rest;
DROP TABLE whole;
DROP TABLE step;
DROP TABLE chosen_width;
DROP TABLE tenth;
DROP TABLE untellable;
DROP TABLE prediction;
DROP TABLE comparison;
DROP TABLE outcome_verdict;
DROP TABLE outcome_shown;
DROP TABLE named;
DROP TABLE outcome_named;
