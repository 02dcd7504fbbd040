-- Disposals, out-of-court disposals, lengths of sentence and the bands.
.mode list
.headers on
WITH code(code) AS (VALUES ('1002'), ('1115'), ('1116'), ('1015'), ('1017'), ('1018'), ('1016'),
  ('1081'), ('1109'), ('1117'), ('2004'), ('2008'), ('2059'), ('2079'), ('3044'), ('4001'),
  ('caution'), ('reprimand'), ('final_warning'), ('drug_test'), ('9999'), ('x'))
SELECT code, disposal_category(code) AS category, disposal_is_immediate_custody(code) AS custody,
       disposal_outcome(code) AS outcome, disposal_label(code) AS label FROM code;
WITH d(d) AS (VALUES ('D90'), ('D364'), ('D365'), ('D3650'), ('W26'), ('W51'), ('W52'), ('M6'),
  ('M11'), ('M12'), ('Y2'), ('Y4'), ('Y10'), ('M121'), ('Y998'), ('Y999'), ('L'), ('H80'), ('S3'),
  ('12M'), (''))
SELECT d, sentence_months(d) AS months, sentence_band(sentence_months(d)) AS band FROM d;
WITH a(a) AS (VALUES (0), (9), (10), (14), (15), (17), (18), (20), (21), (49), (50), (150))
SELECT a, reoffend_age_band(a) AS band, reoffend_age_group(a) AS grp FROM a;
WITH n(n) AS (VALUES (0), (1), (2), (3), (6), (7), (10), (11), (1000))
SELECT n, reoffend_previous_offences_band(n) AS band FROM n;
WITH v(v) AS (VALUES ('G'), ('g'), (''), ('NG'), ('NA'), ('NC'), ('X'), (NULL))
SELECT v, verdict_is_proven(v) AS proven FROM v;
SELECT length(reoffend_lookup_version()) AS digits;
