-- headline.sql - four figures of the demonstration, for the window :window.
--
-- Reads: result, provenance. Writes: nothing. Plain SQL: it runs without the extension.

SELECT 'Synthetic data, extract of ' || value || ', offenders entering in the 12 months from '
  || :window || ':'
FROM provenance
WHERE name = 'extract_date';
SELECT printf('  %.1f %% of %,d offenders re-offended within 12 months', 100 * proportion,
  offenders)
FROM result
WHERE topic = '' AND window_start = :window;
SELECT printf('  %.1f %% were predicted to; over the offenders with a prediction, %.1f points %s',
  100 * predicted, abs(100 * excess), iif(excess < 0, 'fewer did', 'more did'))
FROM result
WHERE topic = '' AND window_start = :window AND predicted IS NOT NULL;
SELECT printf('  %.2f re-offences by each re-offender', frequency)
FROM result
WHERE topic = '' AND window_start = :window;
SELECT printf('  %.1f %% of the %,d Prolific and other Priority Offenders re-offended',
  100 * proportion, offenders)
FROM result
WHERE topic = 'subcohort' AND subcohort = 'ppo' AND window_start = :window;
