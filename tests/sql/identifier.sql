-- Identifiers from SQL: forms in, canonical forms and reasons out, NULL, wrong types, the pivot.
CREATE TABLE written(kind TEXT, text TEXT);
INSERT INTO written VALUES
  ('pnc', '81/34U'), ('pnc', '02/73319Z'), ('pnc', '00/223R'), ('pnc', '79/163001B'),
  ('pnc', '033Y'), ('pnc', '67/9893091D'), ('pnc', '0273319Z'), ('pnc', '79163001B'),
  ('pnc', '20020073319Z'), ('pnc', '19790163001B'), ('pnc', '1979/163001B'),
  ('pnc', ' 79/163001b '), ('pnc', '20030011985Z'), ('pnc', '20120052494O'),
  ('pnc', '20230583843N'), ('pnc', '2001/0171310S'), ('pnc', '1980/0163001B'),
  ('pnc', 'TOTALLYINVALID'), ('pnc', '1X23/1234567A'), ('pnc', '1923[1234567A'),
  ('pnc', '1923/1Z34567A'), ('pnc', '1923/1234567AA'), ('pnc', '01'), ('pnc', '0123567'),
  ('pnc', '979/163001B'), ('pnc', '1979163001B'), ('pnc', '2979/163001B'), ('pnc', ''),
  ('pnc', NULL),
  ('cro', '65656/91H'), ('cro', 'SF05/482703J'), ('cro', 'SF83/50058Z'), ('cro', '85227/65G'),
  ('cro', '1234567/91H'), ('cro', '65656-91H'), ('cro', NULL),
  ('asn', '2005FF0500000000555P'), ('asn', '9700000000000123456K'),
  ('asn', '22FD112200001234560X'), ('asn', '2202XC0200000000021D'), ('asn', '20/05FF/05/555P'),
  ('asn', '20A05FF0500000000555P'), ('asn', '0800NP0111111111111A'), ('asn', '20/05P'),
  ('asn', NULL);
SELECT text, pnc_id(text), pnc_id_error(text), pnc_number(text) FROM written WHERE kind = 'pnc'
 ORDER BY rowid;
SELECT text, cro_id(text), cro_id_error(text) FROM written WHERE kind = 'cro' ORDER BY rowid;
SELECT text, asn_id(text), asn_id_error(text) FROM written WHERE kind = 'asn' ORDER BY rowid;
-- A canonical form reads as itself, and is either there or explained.
SELECT count(*) FROM written
 WHERE text IS NOT NULL
   AND CASE kind WHEN 'pnc' THEN (pnc_id(text) IS NULL) = (pnc_id_error(text) IS NULL)
                                 OR pnc_id(pnc_id(text)) IS NOT pnc_id(text)
                                 OR pnc_from_number(pnc_number(text)) IS NOT pnc_id(text)
                 WHEN 'cro' THEN (cro_id(text) IS NULL) = (cro_id_error(text) IS NULL)
                                 OR cro_id(cro_id(text)) IS NOT cro_id(text)
                 ELSE (asn_id(text) IS NULL) = (asn_id_error(text) IS NULL)
                      OR asn_id(asn_id(text)) IS NOT asn_id(text) END;
-- The pivot.
SELECT pnc_id('02/73319Z', 2002), pnc_id('02/73319Z', 2001), pnc_number('02/73319Z', 2001);
SELECT pnc_id('02/73319Z', NULL), pnc_id_error('02/73319Z', NULL), pnc_number(NULL, 2011);
-- Bytes.
SELECT pnc_id('79/163001B' || char(0)), pnc_id_error(char(0)), pnc_id_error('Ä'),
       cro_id_error(char(0) || '65656/91H'), asn_id(hex(zeroblob(500000)));
-- Errors name function, argument and what came, never the value.
SELECT pnc_id(1979);
SELECT pnc_id(x'3739');
SELECT pnc_id_error('79/163001B', '2011');
SELECT pnc_id('79/163001B', 1998);
SELECT pnc_number('79/163001B', 2101);
SELECT pnc_from_number('19790163001');
SELECT pnc_from_number(1);
SELECT pnc_from_number(NULL);
SELECT cro_id(1.5);
SELECT asn_id_error(5);
SELECT cro_id();
