-- 50_history.sql - packs every person's events into the history the measure reads.
--
-- Reads: offender, appearance, offence, membership. Writes: history, declared just before by the
-- build command with the extract date of provenance (R16).
-- Rules: the input contract of ext/store_source.h.

INSERT INTO history (history) VALUES ('rebuild');
INSERT INTO history (history) VALUES ('integrity-check');
