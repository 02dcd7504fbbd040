-- Ours: one person in a hundred has changed, spread over the whole nation.
CREATE TEMP TABLE changed AS
  SELECT offender_id
    FROM (SELECT offender_id, row_number() OVER (ORDER BY offender_id) AS n FROM offender)
   WHERE n % 100 = 3;
UPDATE appearance SET disposal = CASE disposal WHEN 'fine' THEN 'other' ELSE 'fine' END
 WHERE offender_id IN (SELECT offender_id FROM changed);
-- timed
INSERT INTO history(history) VALUES ('refresh');
