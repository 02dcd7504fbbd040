-- 66_index.sql - indexes to find one person by. Cleaning drops them, for rows go in faster without.
--
-- Reads: appearance, offence, arrest, charge, caseload. Writes: indexes only.

CREATE INDEX IF NOT EXISTS appearance_by_offender ON appearance (offender_id);
CREATE INDEX IF NOT EXISTS offence_by_offender ON offence (offender_id);
CREATE INDEX IF NOT EXISTS arrest_by_offender ON arrest (offender_id);
CREATE INDEX IF NOT EXISTS charge_by_offender ON charge (offender_id);
CREATE INDEX IF NOT EXISTS caseload_by_offender ON caseload (offender_id);
