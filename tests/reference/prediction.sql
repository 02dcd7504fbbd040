-- prediction.sql - what models predict a second time, in plain SQL: run after reference.sql.
--
-- reads   cohort, cohort_subcohort (reference.sql); model, model_covariate, model_part,
--         model_level, model_pooled (random_model.h)
-- writes  score(window_start, offender_id, subcohort, probability)   by the models of everyone
--                                       (subcohort NULL) and by those of each sub-cohort that has
--                                       its own; probability NULL: it has none (R32)
--         scored_cohort, scored_subcohort   the cohort with the probability of a group's rows and
--                                       the base-year actual: base of all models of the set,
--                                       own_base of those of the member's age group

-- A factor's label is that of the breakdown; 'unknown' stands for NULL.
CREATE TABLE cohort_label AS
  SELECT window_start, offender_id, 'area_code' AS name, coalesce(area_code, 'unknown') AS label
    FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'age_band', coalesce(age_band, 'unknown') FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'sex', coalesce(sex, 'unknown') FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'ethnicity', coalesce(ethnicity, 'unknown') FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'index_kind', index_kind FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'index_disposal', coalesce(index_disposal, 'unknown')
    FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'index_offence_group', coalesce(index_offence_group, 'unknown')
    FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'sentence_band', coalesce(sentence_band, 'unknown') FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'previous_offences_band', previous_offences_band FROM cohort;
CREATE INDEX cohort_label_by_member ON cohort_label (window_start, offender_id, name);

CREATE TABLE cohort_number AS
  SELECT window_start, offender_id, 'age' AS name, age AS value FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'previous_offences', previous_offences FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'ln_previous_offences', ln_previous_offences FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'previous_sanctions', previous_sanctions FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'previous_custody', previous_custody FROM cohort
   UNION ALL
  SELECT window_start, offender_id, 'copas_rate', copas_rate FROM cohort;
CREATE INDEX cohort_number_by_member ON cohort_number (window_start, offender_id, name);

-- What each covariate adds for each member; NULL: their level was not there at the fit.
CREATE TABLE contribution AS
  SELECT c.window_start, c.offender_id, m.model, v.slope * n.value AS part
    FROM cohort AS c
    JOIN model AS m ON m.age_group = c.age_group
    JOIN model_covariate AS v ON v.model = m.model AND v.slope IS NOT NULL
    JOIN cohort_number AS n ON n.window_start = c.window_start AND n.offender_id = c.offender_id
                           AND n.name = v.covariate
   UNION ALL
  SELECT window_start, offender_id, model,
         (SELECT l.coefficient FROM model_level AS l
           WHERE l.model = f.model AND l.variable = f.variable
             AND l.level = coalesce((SELECT p.into_level FROM model_pooled AS p
                                      WHERE p.model = f.model AND p.variable = f.variable
                                        AND p.level = f.level), f.level))
    FROM (SELECT c.window_start, c.offender_id, v.model, v.variable,
                 (SELECT group_concat(label, '*') FROM (
                    SELECT l.label
                      FROM model_part AS p
                      JOIN cohort_label AS l ON l.name = p.name
                                            AND l.window_start = c.window_start
                                            AND l.offender_id = c.offender_id
                     WHERE p.model = v.model AND p.variable = v.variable
                     ORDER BY p.part)) AS level
            FROM cohort AS c
            JOIN model AS m ON m.age_group = c.age_group
            JOIN model_covariate AS v ON v.model = m.model AND v.slope IS NULL) AS f;
CREATE INDEX contribution_by_member ON contribution (window_start, offender_id, model);

-- Who is of no age group, or of one without a model, has no row.
CREATE TABLE score AS
  SELECT c.window_start, c.offender_id, m.subcohort,
         (SELECT CASE WHEN count(*) = count(part)
                      THEN 1.0 / (1.0 + exp(-(m.intercept + total(part)))) END
            FROM contribution AS p
           WHERE p.window_start = c.window_start AND p.offender_id = c.offender_id
             AND p.model = m.model) AS probability
    FROM cohort AS c
    JOIN model AS m ON m.age_group = c.age_group;

CREATE VIEW scored_cohort AS
  SELECT c.*, s.probability,
         (SELECT 1.0 * sum(events) / sum(n) FROM model WHERE subcohort IS NULL) AS base,
         (SELECT 1.0 * events / n FROM model
           WHERE subcohort IS NULL AND age_group = c.age_group) AS own_base
    FROM cohort AS c
    LEFT JOIN score AS s ON s.window_start = c.window_start AND s.offender_id = c.offender_id
                        AND s.subcohort IS NULL;

-- Members of a sub-cohort, scored by its own models where it has any.
CREATE VIEW scored_subcohort AS
  SELECT c.*, i.subcohort, s.probability,
         (SELECT 1.0 * sum(events) / sum(n) FROM model WHERE subcohort IS i.scored_as) AS base,
         (SELECT 1.0 * events / n FROM model
           WHERE subcohort IS i.scored_as AND age_group = c.age_group) AS own_base
    FROM cohort AS c
    JOIN (SELECT *, (SELECT max(subcohort) FROM model AS m WHERE m.subcohort = i.subcohort)
                    AS scored_as
            FROM cohort_subcohort AS i) AS i USING (window_start, offender_id)
    LEFT JOIN score AS s ON s.window_start = c.window_start AND s.offender_id = c.offender_id
                        AND s.subcohort IS i.scored_as;
