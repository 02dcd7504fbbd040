-- A limit: the rows of one person in a hundred, spread over the whole nation, read by id and
-- nothing more. What a refresh does comes on top.
CREATE TEMP TABLE changed AS
  SELECT offender_id
    FROM (SELECT offender_id, row_number() OVER (ORDER BY offender_id) AS n FROM offender)
   WHERE n % 100 = 3;
-- timed
SELECT offender_id, sex, birth_date, ethnicity
  FROM offender WHERE offender_id IN (SELECT offender_id FROM changed);
SELECT offender_id, appearance_date, kind, appearance_id, area_code, disposal, sentence_months,
       ho_code, excluded
  FROM appearance WHERE offender_id IN (SELECT offender_id FROM changed);
SELECT offender_id, offence_date, offence_id, offence_date_end, proven_date, proven_by, ho_code,
       excluded
  FROM offence WHERE offender_id IN (SELECT offender_id FROM changed);
SELECT offender_id, subcohort, start_date, end_date
  FROM membership WHERE offender_id IN (SELECT offender_id FROM changed);
