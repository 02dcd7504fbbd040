-- 60_result.sql - measures every window by every list of breakdowns that is published.
--
-- Reads: history, parameter, provenance, model_text. Writes: result, provenance (what measured
--   them).
-- Rules: R5 (windows from first_window, every step_months, that had come to their end when the
--   extract was made), R13, R16, R23 to R26, R32. A topic is the list of breakdowns, as in `by`.

CREATE TEMP TABLE topic (topic TEXT PRIMARY KEY);
INSERT INTO topic (topic) VALUES
  (''),
  ('age_group'),
  ('age_band'),
  ('sex'),
  ('ethnicity'),
  ('index_kind'),
  ('index_disposal'),
  ('index_offence_group'),
  ('sentence_band'),
  ('previous_offences_band'),
  ('months_to_reoffence'),
  ('subcohort'),
  ('area_code'),
  ('area_code,age_group'),
  ('area_code,sex'),
  ('area_code,index_kind'),
  ('area_code,index_disposal'),
  ('area_code,index_offence_group'),
  ('area_code,sentence_band'),
  ('area_code,previous_offences_band'),
  ('area_code,months_to_reoffence'),
  ('area_code,subcohort'),
  ('subcohort,age_group'),
  ('subcohort,index_kind'),
  ('subcohort,index_offence_group'),
  ('subcohort,previous_offences_band'),
  ('subcohort,months_to_reoffence');

-- The measure's options in force, and the last window that has ended.
CREATE TEMP TABLE measure AS
SELECT
  max(iif(name = 'first_window', value, NULL)) AS first_window,
  max(iif(name = 'window_months', CAST(value AS INTEGER), NULL)) AS window_months,
  max(iif(name = 'step_months', CAST(value AS INTEGER), NULL)) AS step_months,
  max(iif(name = 'follow_up_months', CAST(value AS INTEGER), NULL)) AS follow_up_months,
  max(iif(name = 'wait_months', CAST(value AS INTEGER), NULL)) AS wait_months,
  max(iif(name = 'kinds', value, NULL)) AS kinds
FROM parameter;
ALTER TABLE measure ADD COLUMN last_window TEXT;
UPDATE measure
SET last_window = calendar_add_months(
  date(coalesce(
    (SELECT value FROM provenance WHERE name = 'extract_date'),
    (SELECT max(appearance_date) FROM appearance),
    first_window), '+1 day'),
  -window_months);

INSERT OR REPLACE INTO provenance (name, value)
VALUES ('software_version', reoffend_version()), ('lookup_version', reoffend_lookup_version());

DELETE FROM result;
INSERT INTO result (topic, window_start, window_end, complete, area_code, age_group, age_band, sex,
  ethnicity, index_kind, index_disposal, index_offence_group, sentence_band,
  previous_offences_band, months_to_reoffence, subcohort, offenders, reoffenders, reoffences,
  proportion, frequency, per_offender, reappearances, reappearing_offenders,
  violent_sexual_reoffences, violent_sexual_reoffenders, serious_acquisitive_reoffences,
  serious_acquisitive_reoffenders, serious_reoffences, serious_reoffenders,
  unclassified_reoffences, previous_offences, predicted, expected, expected_variance,
  scored_offenders, scored_reoffenders, excess, base_proportion, adjusted, adjusted_low,
  adjusted_high)
SELECT t.topic, r.window_start, r.window_end, r.complete, r.area_code, r.age_group, r.age_band,
  r.sex, r.ethnicity, r.index_kind, r.index_disposal, r.index_offence_group, r.sentence_band,
  r.previous_offences_band, r.months_to_reoffence, r.subcohort, r.offenders, r.reoffenders,
  r.reoffences, r.proportion, r.frequency, r.per_offender, r.reappearances,
  r.reappearing_offenders, r.violent_sexual_reoffences, r.violent_sexual_reoffenders,
  r.serious_acquisitive_reoffences, r.serious_acquisitive_reoffenders, r.serious_reoffences,
  r.serious_reoffenders, r.unclassified_reoffences, r.previous_offences, r.predicted,
  r.expected, r.expected_variance, r.scored_offenders, r.scored_reoffenders, r.excess,
  r.base_proportion, r.adjusted, r.adjusted_low, r.adjusted_high
FROM (SELECT * FROM measure WHERE last_window >= first_window) AS m
CROSS JOIN topic AS t
CROSS JOIN reoffend_rates AS r
WHERE r.history = 'history'
  AND r.first_window = m.first_window
  AND r.last_window = m.last_window
  AND r.by = t.topic
  AND r.window_months = m.window_months
  AND r.step_months = m.step_months
  AND r.follow_up_months = m.follow_up_months
  AND r.wait_months = m.wait_months
  AND r.kinds = m.kinds
  AND r.model = (SELECT text FROM model_text);

DROP TABLE topic;
DROP TABLE measure;
