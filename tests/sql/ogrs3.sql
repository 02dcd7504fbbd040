-- ogrs3_*: ranges are checked; an offence of unknown group has no score.
SELECT ogrs3_one_year('X', 30, 30, 21, 1, 0.1);
SELECT ogrs3_one_year(1, 30, 30, 21, 1, 0.1);
SELECT ogrs3_one_year('M', 9, 30, 21, 1, 0.1);
SELECT ogrs3_one_year('M', 30, 30, 31, 1, 0.1);
SELECT ogrs3_one_year('M', 30, 30, 21, -1, 0.1);
SELECT ogrs3_two_years('M', 30, 30.5, 21, 1, 0.1);
SELECT ogrs3_two_years('M', 30, 30, 21, 1, 3);
SELECT ogrs3_two_years('M', 30, 30, 21, 1, 0.1, 'caution');
SELECT ogrs3_two_years('F', 12, 12, 12, 0, 0.1, NULL, 'x');
SELECT ogrs3_two_years('M', 30, 30, 21, 1);
SELECT ogrs3_percent(1.5);
SELECT ogrs3_copas_rate(0, -1);
-- NULL in, NULL out; 088/00 needs the exact offence.
SELECT ogrs3_one_year(NULL, 30, 30, 21, 1, 0.1), ogrs3_one_year('M', 30, 30, 21, 1, '088/00'),
       ogrs3_offence_weight('088/00'), ogrs3_offence_weight(NULL);
-- A code weighs what its group weighs.
SELECT ogrs3_percent(ogrs3_one_year('M', 30, 30, 21, 1, '116/18')) AS one_year,
       ogrs3_percent(ogrs3_two_years('M', 30, 30, 21, 1, '11618')) AS two_years,
       ogrs3_offence_weight('001/00'), ogrs3_offence_weight('034/01');
-- The option for girls turns one sign, below 16 only.
SELECT round(ogrs3_one_year('F', 15, 15, 15, 0, 0.0), 6),
       round(ogrs3_one_year('F', 15, 15, 15, 0, 0.0, NULL, 'minus'), 6),
       round(ogrs3_one_year('F', 15, 15, 15, 0, 0.0, NULL, 'plus'), 6),
       ogrs3_one_year('F', 16, 16, 16, 0, 0.0, NULL, 'plus') =
       ogrs3_one_year('F', 16, 16, 16, 0, 0.0);
