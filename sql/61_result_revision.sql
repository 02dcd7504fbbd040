-- 61_result_revision.sql - every figure of the results that is not what the last build had.
--
-- Reads: result, result_previous. Writes: result_revision.
-- Rule: R16 (a final figure changes only when the extracts are revised). Only windows that both
-- builds measured are compared. `breakdown` has the values of a topic, joined by commas.

CREATE TEMP TABLE differing AS
SELECT rtrim(
    iif(instr(topic, 'area_code'), coalesce(area_code, 'unknown') || ', ', '')
    || iif(instr(topic, 'subcohort'), coalesce(subcohort, 'unknown') || ', ', '')
    || iif(instr(topic, 'age_group'), coalesce(age_group, 'unknown') || ', ', '')
    || iif(instr(topic, 'age_band'), coalesce(age_band, 'unknown') || ', ', '')
    || iif(instr(topic, 'sex'), coalesce(sex, 'unknown') || ', ', '')
    || iif(instr(topic, 'ethnicity'), coalesce(ethnicity, 'unknown') || ', ', '')
    || iif(instr(topic, 'index_kind'), coalesce(index_kind, 'unknown') || ', ', '')
    || iif(instr(topic, 'index_disposal'), coalesce(index_disposal, 'unknown') || ', ', '')
    || iif(instr(topic, 'index_offence_group'),
      coalesce(index_offence_group, 'unknown') || ', ', '')
    || iif(instr(topic, 'sentence_band'), coalesce(sentence_band, 'unknown') || ', ', '')
    || iif(instr(topic, 'previous_offences_band'),
      coalesce(previous_offences_band, 'unknown') || ', ', '')
    || iif(instr(topic, 'months_to_reoffence'),
      coalesce(months_to_reoffence, 'unknown') || ', ', ''), ', ') AS breakdown, *
FROM (
  SELECT 1 AS is_new, * FROM (SELECT * FROM result EXCEPT SELECT * FROM result_previous)
  WHERE window_start IN (SELECT window_start FROM result_previous)
  UNION ALL
  SELECT 0, * FROM (SELECT * FROM result_previous EXCEPT SELECT * FROM result)
  WHERE window_start IN (SELECT window_start FROM result)
);
CREATE UNIQUE INDEX temp.differing_by_group ON differing (topic, window_start, breakdown, is_new);

DELETE FROM result_revision;
INSERT INTO result_revision (topic, window_start, breakdown, measure, was_final, old_value,
  new_value)
WITH measure (name) AS (
  VALUES ('complete'), ('offenders'), ('reoffenders'), ('reoffences'), ('proportion'),
    ('frequency'), ('per_offender'), ('reappearances'), ('reappearing_offenders'),
    ('violent_sexual_reoffences'), ('violent_sexual_reoffenders'),
    ('serious_acquisitive_reoffences'), ('serious_acquisitive_reoffenders'),
    ('serious_reoffences'), ('serious_reoffenders'), ('unclassified_reoffences'),
    ('previous_offences'), ('predicted'), ('expected'), ('scored_offenders'),
    ('scored_reoffenders'), ('excess'), ('adjusted')
), figure AS (
  SELECT g.topic, g.window_start, g.breakdown, m.name AS measure, w.was_final,
    CASE m.name
      WHEN 'complete' THEN o.complete
      WHEN 'offenders' THEN o.offenders
      WHEN 'reoffenders' THEN o.reoffenders
      WHEN 'reoffences' THEN o.reoffences
      WHEN 'proportion' THEN o.proportion
      WHEN 'frequency' THEN o.frequency
      WHEN 'per_offender' THEN o.per_offender
      WHEN 'reappearances' THEN o.reappearances
      WHEN 'reappearing_offenders' THEN o.reappearing_offenders
      WHEN 'violent_sexual_reoffences' THEN o.violent_sexual_reoffences
      WHEN 'violent_sexual_reoffenders' THEN o.violent_sexual_reoffenders
      WHEN 'serious_acquisitive_reoffences' THEN o.serious_acquisitive_reoffences
      WHEN 'serious_acquisitive_reoffenders' THEN o.serious_acquisitive_reoffenders
      WHEN 'serious_reoffences' THEN o.serious_reoffences
      WHEN 'serious_reoffenders' THEN o.serious_reoffenders
      WHEN 'unclassified_reoffences' THEN o.unclassified_reoffences
      WHEN 'previous_offences' THEN o.previous_offences
      WHEN 'predicted' THEN o.predicted
      WHEN 'expected' THEN o.expected
      WHEN 'scored_offenders' THEN o.scored_offenders
      WHEN 'scored_reoffenders' THEN o.scored_reoffenders
      WHEN 'excess' THEN o.excess
      WHEN 'adjusted' THEN o.adjusted
    END AS old_value,
    CASE m.name
      WHEN 'complete' THEN n.complete
      WHEN 'offenders' THEN n.offenders
      WHEN 'reoffenders' THEN n.reoffenders
      WHEN 'reoffences' THEN n.reoffences
      WHEN 'proportion' THEN n.proportion
      WHEN 'frequency' THEN n.frequency
      WHEN 'per_offender' THEN n.per_offender
      WHEN 'reappearances' THEN n.reappearances
      WHEN 'reappearing_offenders' THEN n.reappearing_offenders
      WHEN 'violent_sexual_reoffences' THEN n.violent_sexual_reoffences
      WHEN 'violent_sexual_reoffenders' THEN n.violent_sexual_reoffenders
      WHEN 'serious_acquisitive_reoffences' THEN n.serious_acquisitive_reoffences
      WHEN 'serious_acquisitive_reoffenders' THEN n.serious_acquisitive_reoffenders
      WHEN 'serious_reoffences' THEN n.serious_reoffences
      WHEN 'serious_reoffenders' THEN n.serious_reoffenders
      WHEN 'unclassified_reoffences' THEN n.unclassified_reoffences
      WHEN 'previous_offences' THEN n.previous_offences
      WHEN 'predicted' THEN n.predicted
      WHEN 'expected' THEN n.expected
      WHEN 'scored_offenders' THEN n.scored_offenders
      WHEN 'scored_reoffenders' THEN n.scored_reoffenders
      WHEN 'excess' THEN n.excess
      WHEN 'adjusted' THEN n.adjusted
    END AS new_value
  FROM (SELECT DISTINCT topic, window_start, breakdown FROM differing) AS g
  JOIN (
    SELECT window_start, max(complete) AS was_final FROM result_previous GROUP BY window_start
  ) AS w ON w.window_start = g.window_start
  LEFT JOIN differing AS o ON o.topic = g.topic AND o.window_start = g.window_start
    AND o.breakdown = g.breakdown AND o.is_new = 0
  LEFT JOIN differing AS n ON n.topic = g.topic AND n.window_start = g.window_start
    AND n.breakdown = g.breakdown AND n.is_new = 1
  CROSS JOIN measure AS m
)
SELECT topic, window_start, breakdown, measure, was_final, old_value, new_value
FROM figure
WHERE old_value IS NOT new_value
ORDER BY topic, window_start, breakdown, measure;

DROP TABLE differing;
