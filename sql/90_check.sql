-- 90_check.sql - what must hold of every database that was built. Each row printed is a failure.
--
-- Reads: everything. Writes: nothing.

-- Nothing is lost: accepted + rejected = read, for every file.
SELECT 'accepted + rejected is not read in ' || file
FROM load_file
WHERE state = 'current' AND read IS NOT accepted + rejected
ORDER BY file;

-- What a format's files had accepted is what its clean table holds.
SELECT 'accepted rows of ' || h.format || ' are not those of its table'
FROM (
  SELECT 'area' AS format, count(*) AS held FROM area
  UNION ALL SELECT 'extract', count(*) FROM provenance
    WHERE name NOT IN ('software_version', 'lookup_version')
  UNION ALL SELECT 'pnc_person', count(*) FROM person
  UNION ALL SELECT 'pnc_merge', count(*) FROM pnc_merge
  UNION ALL SELECT 'pnc_appearance', count(*) FROM appearance WHERE appearance_id % 10 = 0
  UNION ALL SELECT 'pnc_offence', count(*) FROM offence
  UNION ALL SELECT 'pnc_arrest', count(*) FROM arrest
  UNION ALL SELECT 'pnc_charge', count(*) FROM charge
  UNION ALL SELECT 'prison_release', count(*) FROM release
  UNION ALL SELECT 'prison_release', count(*) FROM appearance WHERE appearance_id % 10 = 1
  UNION ALL SELECT 'drug_test', count(*) FROM drug_test
  UNION ALL SELECT 'drug_test', count(*) FROM appearance WHERE appearance_id % 10 = 2
  UNION ALL SELECT 'jtrack_caseload', count(*) FROM caseload
  UNION ALL SELECT 'oasys_assessment', count(*) FROM assessment
  UNION ALL SELECT 'cohort', count(*) FROM local_cohort
) AS h
WHERE h.held <> coalesce(
  (SELECT sum(f.accepted) FROM load_file AS f
   WHERE f.format = h.format AND f.state = 'current'), 0);

-- Every reason to reject is explained.
SELECT DISTINCT 'the reason ' || reason_code || ' is not in lookup/reject_reason.csv'
FROM reject
WHERE reason_code NOT IN (SELECT reason_code FROM reject_reason)
ORDER BY 1;

-- Events of nobody: a current id is never one that was given up (R12).
SELECT 'events under a PNC id that was merged: ' || count(*)
FROM (
  SELECT offender_id FROM appearance
  UNION SELECT offender_id FROM offence
  UNION SELECT offender_id FROM membership
)
WHERE offender_id IN (SELECT superseded_id FROM pnc_merge)
HAVING count(*) > 0;

-- R28: one row, one person, on every extract; a listed row has an outcome and a share in a rate.
SELECT 'people matched twice on one extract: ' || count(*)
FROM (
  SELECT 1
  FROM caseload
  WHERE matched_by IS NOT NULL
  GROUP BY extract_date, scheme, offender_id
  HAVING count(*) > 1
)
HAVING count(*) > 0;

SELECT 'caseload rows whose outcome and match differ: ' || count(*)
FROM caseload
WHERE (matched_by IS NOT NULL) <> (match_outcome = 'certain')
  OR match_outcome IS NULL
  OR (matched_by IS NOT NULL AND offender_id IS NULL)
HAVING count(*) > 0;

SELECT 'match rates that do not add up: ' || count(*)
FROM match_rate
WHERE listed_rows <> matched_by_pnc_id + matched_by_name + matched_by_review + possible + unmatched
HAVING count(*) > 0;

SELECT 'caseload rows without a match rate: ' || (SELECT count(*) FROM caseload)
WHERE (SELECT count(*) FROM caseload)
  <> (SELECT coalesce(sum(listed_rows), 0) FROM match_rate WHERE source = 'jtrack_caseload');

-- A spell does not end before it begins.
SELECT 'memberships that end before they begin: ' || count(*)
FROM membership
WHERE end_date < start_date
HAVING count(*) > 0;

-- R24: over groups that share nothing, every count adds up to that of everyone.
SELECT 'by ' || parts.topic || ' the counts do not add up in the window of ' || window_start
FROM (
  SELECT topic, window_start, sum(offenders) AS offenders, sum(reoffenders) AS reoffenders,
    sum(reoffences) AS reoffences, sum(reappearances) AS reappearances,
    sum(violent_sexual_reoffences) AS violent_sexual,
    sum(serious_acquisitive_reoffences) AS serious_acquisitive,
    sum(serious_reoffences) AS serious, sum(previous_offences) AS previous_offences
  FROM result
  WHERE topic <> '' AND topic NOT LIKE '%subcohort%'
  GROUP BY topic, window_start
) AS parts
JOIN result AS whole USING (window_start)
WHERE whole.topic = ''
  AND (parts.offenders <> whole.offenders
    OR parts.reoffenders <> whole.reoffenders
    OR parts.reoffences <> whole.reoffences
    OR parts.reappearances <> whole.reappearances
    OR parts.violent_sexual <> whole.violent_sexual_reoffences
    OR parts.serious_acquisitive <> whole.serious_acquisitive_reoffences
    OR parts.serious <> whole.serious_reoffences
    OR parts.previous_offences <> whole.previous_offences)
ORDER BY parts.topic, window_start;

-- The same for each sub-cohort by itself.
SELECT 'by ' || parts.topic || ' the counts of ' || parts.subcohort
  || ' do not add up in the window of ' || parts.window_start
FROM (
  SELECT topic, window_start, subcohort, sum(offenders) AS offenders,
    sum(reoffenders) AS reoffenders, sum(reoffences) AS reoffences
  FROM result
  WHERE topic LIKE '%,subcohort' OR topic LIKE 'subcohort,%'
  GROUP BY topic, window_start, subcohort
) AS parts
JOIN result AS whole ON whole.topic = 'subcohort' AND whole.window_start = parts.window_start
  AND whole.subcohort = parts.subcohort
WHERE parts.offenders <> whole.offenders
  OR parts.reoffenders <> whole.reoffenders
  OR parts.reoffences <> whole.reoffences
ORDER BY parts.topic, parts.window_start, parts.subcohort;

-- The same of what was predicted: sums of one set of models over groups that share nothing.
SELECT 'by ' || parts.topic || ' what is expected does not add up in the window of '
  || window_start
FROM (
  SELECT topic, window_start, total(expected) AS expected, sum(scored_offenders) AS scored,
    sum(scored_reoffenders) AS scored_reoffenders
  FROM result
  WHERE topic <> '' AND topic NOT LIKE '%subcohort%' AND topic NOT LIKE '%months_to_reoffence%'
  GROUP BY topic, window_start
) AS parts
JOIN result AS whole USING (window_start)
WHERE whole.topic = ''
  AND whole.scored_offenders IS NOT NULL
  AND (parts.scored <> whole.scored_offenders
    OR parts.scored_reoffenders <> whole.scored_reoffenders
    OR abs(parts.expected - coalesce(whole.expected, 0)) > 1e-9 * (1 + parts.expected))
ORDER BY parts.topic, window_start;

-- The parameters of the models are what 55_model.sql can go by.
SELECT 'the parameter ' || name || ' must be ' || wanted || '; it is another text'
FROM (
  SELECT name, value,
    CASE name
      WHEN 'model_fit' THEN '0 or 1'
      WHEN 'model_least' THEN 'a whole number of 1 or more'
      ELSE 'empty or a year from 1900' END AS wanted,
    CASE name
      WHEN 'model_fit' THEN value IN ('0', '1')
      WHEN 'model_least' THEN value GLOB '[1-9]*' AND value NOT GLOB '*[^0-9]*'
      ELSE value = '' OR (value GLOB '[12][0-9][0-9][0-9]' AND value >= '1900') END AS good
  FROM parameter
  WHERE name IN ('model_fit', 'model_least', 'model_base_year', 'model_base_year_ppo')
)
WHERE NOT good
ORDER BY name;

-- R32: of the people a model was fitted on, as many re-offended as it expects.
SELECT 'the model of ' || m.age_group || 's of the series ' || m.series
  || ' does not give its base year back'
FROM model AS m
JOIN model_quality AS q ON q.series = m.series AND q.age_group = m.age_group
  AND q.window_start = m.base_window
WHERE m.converged = 1
  AND (q.scored_offenders <> m.offenders OR q.scored_reoffenders <> m.reoffenders
    OR abs(q.predicted - q.actual) > 1e-9);

-- R23: what the measures can and cannot be.
SELECT 'measures that cannot be, by ' || topic || ' in the window of ' || window_start
FROM result
WHERE reoffenders > offenders
  OR reoffences < reoffenders
  OR reappearing_offenders > offenders
  OR reappearances < reappearing_offenders
  OR violent_sexual_reoffences > reoffences
  OR serious_acquisitive_reoffences > reoffences
  OR serious_reoffences > reoffences
  OR unclassified_reoffences > reoffences
  OR violent_sexual_reoffenders > reoffenders
  OR serious_acquisitive_reoffenders > reoffenders
  OR serious_reoffenders > reoffenders
  OR (frequency IS NULL) <> (reoffenders = 0)
  OR abs(proportion - 1.0 * reoffenders / offenders) > 1e-12
  OR scored_offenders > offenders
  OR scored_reoffenders > min(reoffenders, scored_offenders)
  OR expected > scored_offenders
ORDER BY topic, window_start
LIMIT 20;

-- The rows of one window, person by person, give the same counts as the measure of all windows.
SELECT 'the cohort of ' || r.window_start || ' is not what was measured'
FROM result AS r
JOIN (
  SELECT window_start, count(*) AS offenders, sum(reoffended) AS reoffenders,
    sum(reoffences) AS reoffences
  FROM reoffend_cohort
  WHERE history = 'history'
    AND window_start = (SELECT max(window_start) FROM result WHERE topic = '' AND complete = 1)
    AND window_months =
      (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'window_months')
    AND follow_up_months =
      (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'follow_up_months')
    AND wait_months = (SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'wait_months')
    AND kinds = (SELECT value FROM parameter WHERE name = 'kinds')
  GROUP BY window_start
) AS c ON c.window_start = r.window_start
WHERE r.topic = ''
  AND (r.offenders <> c.offenders OR r.reoffenders <> c.reoffenders
    OR r.reoffences <> c.reoffences);
