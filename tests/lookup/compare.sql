-- compare.sql - our classification against the newer mapping of the Ministry of Justice.
--
--   sqlite3 :memory: ".import --csv FILE moj" ".load build/release/reoffend" \
--     ".read tests/lookup/compare.sql"
--
-- FILE has the columns ho_code, parent_group (the 12 groups) and actuarial_category: the mapping of
-- hmpps-arns-risk-actuarial-api as CSV, which this repository does not hold. Lists every code that
-- disagrees; sql/lookup/README.md explains each.
.mode markdown
.print ## All codes
SELECT count(*) AS codes, sum(offence_group12(ho_code) IS parent_group) AS same_group12,
       sum(offence_group(ho_code) IS NOT NULL) AS with_group,
       sum(offence_status(ho_code) IN ('unknown class', 'unknown sub-class', 'not an offence code'))
         AS not_found
FROM moj;
.print
.print ## 12 groups: every disagreement
SELECT ho_code, parent_group AS theirs, offence_group12(ho_code) AS ours,
       offence_status(ho_code) AS status
FROM moj WHERE offence_group12(ho_code) IS NOT parent_group ORDER BY ho_code;
.print
.print ## Codes without one of the 20 groups
SELECT offence_status(ho_code) AS status, count(*) AS codes, group_concat(ho_code, ' ') AS which
FROM (SELECT ho_code FROM moj ORDER BY ho_code)
WHERE offence_group(ho_code) IS NULL GROUP BY 1;
CREATE TEMP TABLE expected(category, "group");
INSERT INTO expected VALUES
  ('VIOLENCE_AGAINST_THE_PERSON_ABH_PLUS', 'Violence'),
  ('VIOLENCE_AGAINST_THE_PERSON_SUB_ABH', 'Violence'),
  ('ACQUISITIVE_VIOLENCE', 'Robbery'), ('ACQUISITIVE_VIOLENCE', 'Violence'),
  ('FIREARMS_MOST_SERIOUS', 'Violence'), ('FIREARMS_OTHER', 'Violence'),
  ('WEAPONS_NON_FIREARM', 'Violence'),
  ('SEXUAL_AGAINST_CHILD', 'Sexual (against child)'),
  ('SEXUAL_NOT_AGAINST_CHILD', 'Sexual (not against child)'),
  ('BURGLARY_DOMESTIC', 'Burglary (domestic)'), ('BURGLARY_OTHER', 'Burglary (other)'),
  ('CRIMINAL_DAMAGE', 'Criminal damage'),
  ('DRINK_DRIVING', 'Drink driving and related offences'),
  ('DRUG_IMPORT_EXPORT_OR_PRODUCTION', 'Drug import/export/production'),
  ('DRUG_POSSESSION_OR_SUPPLY', 'Drug possession/supply'),
  ('DRUNKENNESS', 'Public order'), ('PUBLIC_ORDER_AND_HARRASSMENT', 'Public order'),
  ('PUBLIC_ORDER_AND_HARRASSMENT', 'Violence'),
  ('FRAUD_AND_FORGERY', 'Fraud and forgery'), ('WELFARE_FRAUD', 'Fraud and forgery'),
  ('HANDLING_STOLEN_GOODS', 'Handling stolen goods'),
  ('ABSCONDING_OR_BAIL', 'Absconding or bail offences'),
  ('MOTORING_OFFENCES', 'Other motoring'), ('OTHER_OFFENCES', 'Other'),
  ('OTHER_OFFENCES', 'Soliciting or prostitution'),
  ('THEFT_NON_MOTOR', 'Theft (non-motor)'),
  ('VEHICLE_RELATED_THEFT', 'Taking & driving away and related offences'),
  ('VEHICLE_RELATED_THEFT', 'Theft from vehicles');
.print
.print ## 20 groups of 2011 against the newer actuarial categories: every disagreement, by class
SELECT actuarial_category AS theirs, offence_group(ho_code) AS ours, count(*) AS codes,
       group_concat(DISTINCT substr(ho_code, 1, 3)) AS classes
FROM (SELECT * FROM moj ORDER BY ho_code)
WHERE offence_group(ho_code) IS NOT NULL AND actuarial_category <> 'UNKNOWN'
  AND (actuarial_category, offence_group(ho_code)) NOT IN (SELECT category, "group" FROM expected)
GROUP BY 1, 2 ORDER BY 1, 2;
