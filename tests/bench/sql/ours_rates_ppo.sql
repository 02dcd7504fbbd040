-- Ours: the same for the PPO sub-cohort.
-- timed
SELECT window_start, area_code, age_group, index_kind, offenders, reoffenders, reoffences,
       violent_sexual_reoffences
  FROM reoffend_rates('history', '2000-01-01', '2009-01-01',
                      'area_code,age_group,index_kind,subcohort');
