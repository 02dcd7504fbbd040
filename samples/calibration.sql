-- calibration.sql - the demonstration beside the results published for 2009.
--
-- Run: sqlite3 build/demo/reoffend.db ".read samples/calibration.sql"
-- Reads: result, caseload, offence, provenance. Needs no extension. Counts are those of the sample
-- divided by its scale. Published figures: Ministry of Justice, first release of October 2011 and
-- the bulletins after it; Home Office, report on the PPO cohort of 2009.

.mode column
.headers on
.width 46 12 12

WITH scale (value) AS (SELECT CAST(value AS REAL) FROM provenance WHERE name = 'scale'),
of_2009 AS (SELECT * FROM result WHERE window_start = '2009-01-01'),
line (place, measure, published, sample) AS (
  SELECT 1, 'offenders', '700,000', printf('%,d', CAST(offenders / scale.value AS INTEGER))
    FROM of_2009, scale WHERE topic = ''
  UNION ALL
  SELECT 2, 're-offend, %', '26.3', printf('%.1f', 100 * proportion) FROM of_2009 WHERE topic = ''
  UNION ALL
  SELECT 3, 're-offences per re-offender', '2.79', printf('%.2f', frequency)
    FROM of_2009 WHERE topic = ''
  UNION ALL
  SELECT 4, 're-offences by adults, %', '79',
    printf('%.1f', 100.0 * sum(reoffences) FILTER (WHERE age_group = 'adult') / sum(reoffences))
    FROM of_2009 WHERE topic = 'age_group'
  UNION ALL
  SELECT 5, 'serious violent or sexual, % of re-offences', '0.7',
    printf('%.2f', 100.0 * serious_reoffences / reoffences) FROM of_2009 WHERE topic = ''
  UNION ALL
  SELECT 6, 're-offend in the window 2000, %', '27.9', printf('%.1f', 100 * proportion)
    FROM result WHERE topic = '' AND window_start = '2000-01-01'
  UNION ALL
  SELECT 7, 'juveniles re-offend, %', '33-37', printf('%.1f', 100 * proportion)
    FROM of_2009 WHERE topic = 'age_group' AND age_group = 'juvenile'
  UNION ALL
  SELECT 8, 'no previous offence re-offend, %', '11', printf('%.1f', 100 * proportion)
    FROM of_2009 WHERE topic = 'previous_offences_band' AND previous_offences_band = '0'
  UNION ALL
  SELECT 9, '11 or more previous re-offend, %', '47', printf('%.1f', 100 * proportion)
    FROM of_2009 WHERE topic = 'previous_offences_band' AND previous_offences_band = '11+'
  UNION ALL
  SELECT 10, 'released from under 12 months re-offend, %', '57', printf('%.1f', 100 * proportion)
    FROM of_2009 WHERE topic = 'sentence_band' AND sentence_band = 'under 12 months'
  UNION ALL
  SELECT 11, 'PPO sub-cohort re-offend, %', '-', printf('%.1f', 100 * proportion)
    FROM of_2009 WHERE topic = 'subcohort' AND subcohort = 'ppo'
  UNION ALL
  SELECT 12, 'people on the PPO list of 2009-01-01', '10,600',
    printf('%,d', CAST(count(DISTINCT offender_id) / max(scale.value) AS INTEGER))
    FROM caseload, scale WHERE extract_date = '2009-01-01' AND status = 'active'
  UNION ALL
  SELECT 13, 'of them convicted of an offence of 2009/10, %', '56',
    printf('%.1f', 100.0 * count(DISTINCT o.offender_id) / count(DISTINCT c.offender_id))
    FROM caseload AS c
    LEFT JOIN offence AS o ON o.offender_id = c.offender_id AND o.excluded IS NULL
      AND o.proven_by = 'conviction' AND o.offence_date BETWEEN '2009-04-01' AND '2010-03-31'
    WHERE c.extract_date = '2009-01-01' AND c.status = 'active'
)
SELECT measure, published, sample FROM line ORDER BY place;
