-- 10_lookup.sql - the lookup tables the steps join to.
--
-- Reads: lookup/police_force.csv, lookup/reject_reason.csv. Writes: police_force, reject_reason.
-- Offence classes, disposals and durations are functions of the extension (offence_group, …).

DELETE FROM police_force;
DROP TABLE IF EXISTS temp.lookup;
CREATE TEMP TABLE lookup (pnc_code, name, gss_code, source, valid_from, valid_to);
.import --csv --skip 1 lookup/police_force.csv lookup
INSERT INTO police_force (force_code, force_name, area_code)
SELECT pnc_code, name, gss_code FROM lookup;

DELETE FROM reject_reason;
.import --csv --skip 1 lookup/reject_reason.csv reject_reason
