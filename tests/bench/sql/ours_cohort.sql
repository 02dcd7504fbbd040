-- Ours: one row for each member of the cohort of 2009, every column.
-- timed
SELECT * FROM reoffend_cohort('history', '2009-01-01');
