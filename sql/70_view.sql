-- 70_view.sql - views to ask the common questions with.
--
-- Reads: result, area, load_file, reject, reject_reason, notice, caseload. Writes: views only.
-- No extension function: they open anywhere. Ratios are shares from 0 to 1, as in `result`.

DROP VIEW IF EXISTS national_result;
CREATE VIEW national_result AS
SELECT window_start, window_end, complete, offenders, reoffenders, reoffences, proportion,
  frequency, per_offender, violent_sexual_reoffences, serious_acquisitive_reoffences,
  serious_reoffences, previous_offences, predicted, excess, adjusted, adjusted_low, adjusted_high
FROM result
WHERE topic = '';

DROP VIEW IF EXISTS area_result;
CREATE VIEW area_result AS
SELECT r.window_start, r.window_end, r.complete, r.area_code, a.area_name, r.offenders,
  r.reoffenders, r.reoffences, r.proportion, r.frequency, r.per_offender,
  r.violent_sexual_reoffences, r.serious_acquisitive_reoffences, r.serious_reoffences,
  r.previous_offences, r.predicted, r.excess, r.adjusted, r.adjusted_low, r.adjusted_high
FROM result AS r LEFT JOIN area AS a ON a.area_code = r.area_code
WHERE r.topic = 'area_code';

DROP VIEW IF EXISTS subcohort_result;
CREATE VIEW subcohort_result AS
SELECT window_start, window_end, complete, subcohort, offenders, reoffenders, reoffences,
  proportion, frequency, per_offender, violent_sexual_reoffences, serious_acquisitive_reoffences,
  serious_reoffences, previous_offences, predicted, excess, adjusted, adjusted_low, adjusted_high
FROM result
WHERE topic = 'subcohort';

-- What was not accepted, by reason.
DROP VIEW IF EXISTS reject_summary;
CREATE VIEW reject_summary AS
SELECT r.format, r.column_name, r.reason_code, s.meaning, s.remedy, count(*) AS rejected_rows,
  count(DISTINCT r.file) AS files
FROM reject AS r LEFT JOIN reject_reason AS s ON s.reason_code = r.reason_code
GROUP BY r.format, r.column_name, r.reason_code;

-- Why events do not count, by kind of event and reason; NULL: they may count.
DROP VIEW IF EXISTS exclusion_summary;
CREATE VIEW exclusion_summary AS
SELECT 'appearance' AS event, kind, excluded, count(*) AS events
FROM appearance
GROUP BY kind, excluded
UNION ALL
SELECT 'offence', NULL, excluded, count(*)
FROM offence
GROUP BY excluded;

-- Everyone on the newest extract, matched or not (R27): internal, it names people.
DROP VIEW IF EXISTS caseload_newest;
CREATE VIEW caseload_newest AS
SELECT extract_date, scheme, area_code, offender_id, surname, forename, birth_date, status,
  nominated_date, removed_date, removal_reason, matched_by
FROM caseload
WHERE extract_date = (SELECT max(extract_date) FROM caseload);
