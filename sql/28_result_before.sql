-- 28_result_before.sql - keeps the results of the last build, to say afterwards what has changed.
--
-- Reads: result. Writes: result_previous (the columns of result), and empties what was published of
-- the results. Cleaning empties `result`; where several loads follow one another, what the last
-- build measured stays.

DELETE FROM result_previous WHERE EXISTS (SELECT 1 FROM result);
INSERT INTO result_previous SELECT * FROM result;
DELETE FROM published;
DELETE FROM published_months;
DELETE FROM disclosure;
