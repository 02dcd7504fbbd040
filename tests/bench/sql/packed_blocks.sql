-- A limit: the part of the packed history that counting reads, fetched block by block and nothing
-- more. What rates do comes on top.
-- timed
SELECT counted FROM history_block;
