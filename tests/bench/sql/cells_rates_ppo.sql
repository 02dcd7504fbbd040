-- Ours as ours_rates_ppo.sql, in the numbers the others use for windows and cells.
-- timed
SELECT (substr(window_start, 1, 4) - 2000) * 4 + (substr(window_start, 6, 2) - 1) / 3 AS w,
       (CAST(coalesce(substr(area_code, 4), 0) AS INTEGER) * 3
        + CASE age_group WHEN 'adult' THEN 1 WHEN 'juvenile' THEN 2 ELSE 0 END) * 4
       + CASE index_kind WHEN 'release' THEN 0 WHEN 'conviction' THEN 1 WHEN 'caution' THEN 2
                         ELSE 3 END AS cell,
       offenders, reoffenders, reoffences, violent_sexual_reoffences
  FROM reoffend_rates('history', '2000-01-01', '2009-01-01',
                      'area_code,age_group,index_kind,subcohort');
