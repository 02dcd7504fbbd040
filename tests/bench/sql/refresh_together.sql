-- Ours: one person in a hundred has changed, all with neighbouring ids.
CREATE TEMP TABLE changed AS
  SELECT offender_id FROM offender ORDER BY offender_id
   LIMIT (SELECT count(*) / 100 FROM offender) OFFSET (SELECT count(*) / 2 FROM offender);
UPDATE appearance SET disposal = CASE disposal WHEN 'fine' THEN 'other' ELSE 'fine' END
 WHERE offender_id IN (SELECT offender_id FROM changed);
-- timed
INSERT INTO history(history) VALUES ('refresh');
