-- report.sql - what becomes of every code: counts per group, and what cannot be told and why.
--
-- Reads reoffend_offences. report.sh runs it and compares the counts with report.out.
.mode markdown
.print # Offence codes: how every code is classified
.print
.print ## Codes per offence group (20 groups)
SELECT coalesce(offence_group, '(unknown)') AS "group", min(severity_rank) AS rank,
       sum(form = 'CJS') AS cjs_codes, sum(form <> 'CJS') AS home_office_codes
FROM reoffend_offences GROUP BY offence_group ORDER BY rank IS NULL, rank;
.print
.print ## Codes per offence group (12 groups)
SELECT coalesce(offence_group12, '(unknown)') AS "group",
       sum(form = 'CJS') AS cjs_codes, sum(form <> 'CJS') AS home_office_codes
FROM reoffend_offences GROUP BY offence_group12 ORDER BY offence_group12 IS NULL, offence_group12;
.print
.print ## Flags
WITH flag(form, flag, value) AS (
  SELECT form, 'violent', violent FROM reoffend_offences
  UNION ALL SELECT form, 'sexual', sexual FROM reoffend_offences
  UNION ALL SELECT form, 'serious_acquisitive', serious_acquisitive FROM reoffend_offences
  UNION ALL SELECT form, 'serious (reconstructed)', serious FROM reoffend_offences
  UNION ALL SELECT form, 'breach', breach FROM reoffend_offences
  UNION ALL SELECT form, 'recordable', recordable FROM reoffend_offences)
SELECT flag, form, sum(value IS 1) AS yes, sum(value IS 0) AS no, sum(value IS NULL) AS unknown
FROM flag GROUP BY flag, form ORDER BY flag, form;
.print
.print ## Status
SELECT status, sum(form = 'CJS') AS cjs_codes, sum(form <> 'CJS') AS home_office_codes
FROM reoffend_offences GROUP BY status ORDER BY status;
.print
.print ## Codes without a group, by their Home Office code
SELECT ho_code, status, sum(form = 'CJS') AS cjs_codes
FROM reoffend_offences WHERE offence_group IS NULL GROUP BY ho_code, status ORDER BY ho_code;
