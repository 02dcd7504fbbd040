-- Ours: all 37 windows of everyone together: a result of 37 rows whatever the size of the nation.
-- timed
SELECT * FROM reoffend_rates('history', '2000-01-01', '2009-01-01', '');
