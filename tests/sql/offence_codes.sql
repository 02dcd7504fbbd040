-- The written forms of a code, CJS codes, and what each function says of them.
.mode list
.headers on
WITH code(code) AS (VALUES ('028/03'), ('28/3'), ('02803'), ('TH68036'), ('th68036'))
SELECT code, offence_group(code) AS g, offence_group12(code) AS g12, offence_is_violent(code) AS v,
       offence_is_sexual(code) AS s, offence_is_serious_acquisitive(code) AS a,
       offence_is_serious(code) AS ser, offence_is_breach(code) AS b,
       offence_is_recordable(code) AS r, offence_severity_rank(code) AS rank,
       offence_ho_code(code) AS ho, offence_status(code) AS status
FROM code;
-- CJS code, Home Office class, and no insurance is not recordable.
WITH code(code) AS (VALUES ('TH68010'), ('CJ88001'), ('OF61016'), ('TH68023'), ('TH68036'),
  ('TH68151'), ('CD71039'), ('SX03001'), ('MD71131'), ('RT88191'))
SELECT code, offence_ho_code(code) AS ho, offence_group(code) AS g,
       offence_is_recordable(code) AS recordable, offence_label(code) AS label
FROM code;
-- R29: sub-class 00, and what cannot be told.
WITH code(code) AS (VALUES ('046/00'), ('029/00'), ('048/00'), ('037/00'), ('130/00'), ('088/00'),
  ('111/00'), ('141/00'), ('000/00'), ('950/00'), ('999/55'), ('028/77'), ('155/28'), ('010/00'),
  ('555/55'), ('999/99'), ('XX99999'), ('2803'), ('theft'), ('28C'), (''))
SELECT code, iif(code = '28C', '(refused)', offence_group(code)) AS g,
       iif(code = '28C', '(refused)', offence_is_violent(code)) AS v,
       iif(code = '28C', '(refused)', offence_is_serious_acquisitive(code)) AS a,
       offence_status(code) AS status
FROM code;
-- Breach proceedings (R18) against breaches that are offences of their own.
WITH code(code) AS (VALUES ('000/01'), ('195/55'), ('195/56'), ('195/60'), ('195/66'), ('195/79'),
  ('196/13'), ('997/00'), ('998/00'), ('193/47'), ('CJ03506'), ('SE20501'), ('008/31'), ('066/08'),
  ('125/30'))
SELECT code, offence_is_breach(code) AS breach FROM code;
