-- primary_only.sql - shows again what is hidden only to protect others: what an attack must find.
--
-- Reads: disclosure, result. Writes: published, as if there were no secondary suppression.

CREATE TEMP TABLE shown_again AS
SELECT p.rowid AS published_row, r.rowid AS result_row
FROM disclosure AS d
JOIN published AS p ON p.window_start = d.window_start AND p.status = 'hidden'
  AND d.area_code = iif(p.topic LIKE '%area_code%', coalesce(p.area_code, 'unknown'), 'all')
  AND d.subcohort = iif(p.topic LIKE '%subcohort%', p.subcohort, 'all')
  AND d.breakdown_topic = coalesce(nullif(trim(replace(replace(p.topic, 'area_code', ''),
    'subcohort', ''), ','), ''), 'total')
  AND d.breakdown IN ('total', coalesce(p.age_group, p.age_band, p.sex, p.ethnicity, p.index_kind,
    p.index_disposal, p.index_offence_group, p.sentence_band, p.previous_offences_band, 'unknown'))
JOIN result AS r ON r.topic = p.topic AND r.window_start = p.window_start
  AND r.area_code IS p.area_code AND r.subcohort IS p.subcohort AND r.age_group IS p.age_group
  AND r.age_band IS p.age_band AND r.sex IS p.sex AND r.ethnicity IS p.ethnicity
  AND r.index_kind IS p.index_kind AND r.index_disposal IS p.index_disposal
  AND r.index_offence_group IS p.index_offence_group AND r.sentence_band IS p.sentence_band
  AND r.previous_offences_band IS p.previous_offences_band
WHERE d.figure = 'people' AND d.reason LIKE 'so that%';

UPDATE published
SET (status, offenders, reoffenders, reoffences, proportion, frequency, per_offender,
    unclassified_reoffences) =
  (SELECT 'shown', r.offenders, r.reoffenders, r.reoffences, r.proportion, r.frequency,
     r.per_offender, r.unclassified_reoffences
   FROM shown_again AS s JOIN result AS r ON r.rowid = s.result_row
   WHERE s.published_row = published.rowid)
WHERE rowid IN (SELECT published_row FROM shown_again);
SELECT count(*) FROM shown_again;
