-- Wrong arguments: each error names function, argument, what is expected, what came.
SELECT offence_group('28C');
SELECT offence_is_violent('8F/1');
SELECT offence_label('005A');
SELECT offence_group(2803);
SELECT offence_status(28.3);
SELECT offence_is_serious(x'3238');
SELECT disposal_category(1002);
SELECT sentence_months(12);
SELECT sentence_band('12');
SELECT sentence_band(-1);
SELECT reoffend_age_band('x');
SELECT reoffend_age_band(151);
SELECT reoffend_previous_offences_band(1.5);
-- NULL in, NULL out.
SELECT offence_group(NULL), offence_status(NULL), offence_label(NULL), disposal_category(NULL),
       sentence_months(NULL), sentence_band(NULL), reoffend_age_band(NULL),
       reoffend_age_group(NULL), verdict_is_proven(NULL);
-- A zero byte is no part of a code.
SELECT offence_status('028/03' || char(0)), offence_status(char(0) || '028/03');
