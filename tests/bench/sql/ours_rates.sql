-- Ours: all 37 rolling windows by area, age group and index kind; everyone.
-- timed
SELECT window_start, area_code, age_group, index_kind, offenders, reoffenders, reoffences,
       violent_sexual_reoffences
  FROM reoffend_rates('history', '2000-01-01', '2009-01-01', 'area_code,age_group,index_kind');
