-- publication.sql - made-up results for tests of the publications; run after sql/00_schema.sql.
--
-- Writes: area, provenance, load_file, result. Every figure is counted from one table of made-up
-- people (temp.person), so all topics add up. Two area names try to break out of HTML and CSV.

INSERT INTO area (area_code, area_name, area_type, parent_code) VALUES
  ('E23000001', 'Northshire', 'police_force', NULL),
  ('E23000002', 'Southmoor & Vale', 'police_force', NULL),
  ('E23000003', '<script>alert("x")</script>', 'police_force', NULL),
  ('E23000004', '=HYPERLINK("http://example.org")', 'police_force', NULL),
  ('E23000005', 'Smallton', 'police_force', NULL),
  ('E23000006', 'Eastbury', 'police_force', NULL),
  ('E23000007', 'Westbury', 'police_force', NULL),
  ('E23000008', 'Once only', 'police_force', NULL),
  ('E23000009', 'Never in the results', 'police_force', NULL);

INSERT INTO provenance (name, value) VALUES
  ('extract_date', '2011-03-31'), ('synthetic', 'yes'), ('seed', '7'),
  ('lookup_version', 'made-up lookups 3');

INSERT INTO load_file (file, format, part, as_of, content_hash, state, read, accepted, rejected)
VALUES ('pnc_offence.csv', 'pnc_offence', '', '2011-03-31', 'a1', 'current', 1000, 990, 10),
       ('pnc_appearance.csv', 'pnc_appearance', '', '2011-03-31', 'b2', 'current', 500, 500, 0);

-- A quarter of a million made-up answers from one multiplication: the same on every machine.
CREATE TEMP TABLE person AS
WITH RECURSIVE
  window (place, window_start) AS (
    SELECT 0, '2007-01-01'
    UNION ALL SELECT place + 1, date(window_start, '+3 months') FROM window WHERE place < 9),
  size (area_code, people) AS (
    VALUES ('E23000001', 900), ('E23000002', 400), ('E23000003', 240), ('E23000004', 160),
           ('E23000005', 6), ('E23000006', 250), ('E23000007', 700), (NULL, 20),
           ('E23000008', 60)),
  number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i < 899),
  draw AS (
    SELECT window_start, area_code, i, place,
           ((i * 7919 + place * 104729 + length(coalesce(area_code, '')) * 31
             + coalesce(substr(area_code, 9, 1), 0) * 15485) * 48271) % 2147483647 AS d
    FROM window, size, number
    WHERE i < people AND (area_code IS NOT 'E23000008' OR place = 0))
SELECT window_start, area_code,
       iif(d % 10 < 2, 'juvenile', 'adult') AS age_group,
       CASE WHEN d % 10 < 2 THEN '15-17' WHEN d % 10 < 6 THEN '21-24' ELSE '35-39' END AS age_band,
       CASE d / 10 % 20 WHEN 19 THEN NULL WHEN 3 THEN 'F' WHEN 4 THEN 'F' WHEN 5 THEN 'F'
         ELSE 'M' END AS sex,
       'not recorded' AS ethnicity,
       CASE WHEN d / 200 % 20 < 7 THEN 'caution' WHEN d / 200 % 20 < 16 THEN 'conviction'
         WHEN d / 200 % 20 < 19 THEN 'release' ELSE 'drug_test' END AS index_kind,
       CASE WHEN d / 200 % 20 < 7 THEN 'caution' WHEN d / 200 % 20 < 11 THEN 'community_sentence'
         WHEN d / 200 % 20 < 16 THEN 'fine' WHEN d / 200 % 20 < 19 THEN 'custody'
         ELSE 'drug_test' END AS index_disposal,
       CASE WHEN d / 4000 % 6 < 3 THEN 'Theft (non-motor)' WHEN d / 4000 % 6 < 5 THEN 'Violence'
         ELSE 'Drug possession/supply' END AS index_offence_group,
       CASE WHEN d / 200 % 20 BETWEEN 16 AND 17 THEN 'under 12 months'
         WHEN d / 200 % 20 = 18 THEN '2 to under 4 years' END AS sentence_band,
       CASE iif(d / 120000 % 50 = 0, CASE WHEN d / 24000 % 5 = 0 AND i % 4 = 0 THEN 0
                                          WHEN d / 24000 % 5 = 1 AND i % 5 = 0 THEN 2
                                          ELSE 4 END, -- few of the ppo have few offences
                d / 24000 % 5)
         WHEN 0 THEN '0' WHEN 1 THEN '1-2' WHEN 2 THEN '3-6' WHEN 3 THEN '7-10'
         ELSE '11+' END AS previous_offences_band,
       CASE WHEN (d / 120000 + i) % 100 < 18 + d / 24000 % 5 * 4
         THEN 1 + (i * i + d / 7) % 144 / (12 + i % 3) END AS months_to_reoffence,
       CASE WHEN d / 120000 % 50 = 0 THEN 'ppo' WHEN d / 120000 % 50 < 5 THEN 'class_a' END
         AS subcohort,
       d / 24000 % 5 * 3 AS previous_offences
FROM draw;

