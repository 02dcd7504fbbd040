-- reoffend_offences: rows, counts, search, lookup by code.
.mode list
.headers on
SELECT form, count(*) AS codes, count(DISTINCT code) AS different, count(label) AS labelled,
       min(code) AS first, max(code) AS last
FROM reoffend_offences GROUP BY form;
SELECT * FROM reoffend_offences WHERE code IN ('TH68010', '028/03');
SELECT count(*) AS other_spelling FROM reoffend_offences WHERE code = '28/3';
SELECT count(*) AS unknown FROM reoffend_offences WHERE code = 'XX99999' OR code IS NULL;
SELECT code, label FROM reoffend_offences
WHERE form = 'CJS' AND label LIKE '%theft from%shop' AND category = 'CE' ORDER BY code;
-- What the functions say is what the table says.
SELECT count(*) AS differing FROM reoffend_offences
WHERE offence_group IS NOT offence_group(code) OR offence_group12 IS NOT offence_group12(code)
   OR violent IS NOT offence_is_violent(code) OR sexual IS NOT offence_is_sexual(code)
   OR serious_acquisitive IS NOT offence_is_serious_acquisitive(code)
   OR serious IS NOT offence_is_serious(code) OR breach IS NOT offence_is_breach(code)
   OR recordable IS NOT offence_is_recordable(code) OR label IS NOT offence_label(code)
   OR severity_rank IS NOT offence_severity_rank(code) OR status IS NOT offence_status(code)
   OR ho_code IS NOT offence_ho_code(code);
-- A join by code does not read the register again for each row.
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
SELECT count(*) AS joined FROM n JOIN reoffend_offences AS o
  ON o.code = CASE i % 2 WHEN 0 THEN 'TH68010' ELSE '034/01' END;
-- Which codes make up "serious", by class.
SELECT substr(ho_code, 1, 3) AS class, count(*) AS codes, count(serious) AS known,
       sum(serious) AS serious
FROM reoffend_offences WHERE form = 'Home Office'
GROUP BY 1 HAVING sum(serious) > 0 ORDER BY 1;
