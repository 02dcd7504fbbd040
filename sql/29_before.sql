-- 29_before.sql - keeps the events as they are, to say afterwards what a load changed.
--
-- Reads: appearance, offence. Writes: temp.appearance_before, temp.offence_before.

CREATE TEMP TABLE appearance_before AS SELECT * FROM appearance;
CREATE TEMP TABLE offence_before AS SELECT * FROM offence;
