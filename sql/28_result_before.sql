-- 28_result_before.sql - keeps the results of the last build, to say afterwards what has changed.
--
-- Reads: result. Writes: result_previous (the columns of result). Cleaning empties `result`; where
-- several loads follow one another, what the last build measured stays.

DELETE FROM result_previous WHERE EXISTS (SELECT 1 FROM result);
INSERT INTO result_previous SELECT * FROM result;
