-- 35_index_offence.sql - what the offences of an appearance say about it.
--
-- Reads: offence, appearance, release, parameter. Writes: appearance (ho_code, excluded).
-- Rules: R9 (the gravest offence of an appearance is its index offence; of a release, that of the
--   sentence it ends); R8 (a release counts with its sentence on record); R17, R18 (an appearance
--   with no eligible offence is no entry event). R9: severity rank, then the lowest offence id.

-- The eligible offence stands before one that is excluded, then the graver, then the lower id.
CREATE TEMP TABLE gravest AS
SELECT appearance_id, ho_code, excluded
FROM (
  SELECT appearance_id, ho_code, excluded,
    row_number() OVER (
      PARTITION BY appearance_id
      ORDER BY excluded IS NOT NULL,
        iif(ho_code GLOB '*[A-Za-z]', NULL, offence_severity_rank(ho_code))
          NULLS LAST,
        offence_id) AS place
  FROM offence
  WHERE appearance_id IS NOT NULL
)
WHERE place = 1;
CREATE UNIQUE INDEX temp.gravest_by_id ON gravest (appearance_id);

UPDATE appearance
SET ho_code = g.ho_code,
  excluded = CASE
    WHEN appearance.excluded IS NULL AND g.excluded IS NOT NULL
      AND (SELECT value FROM parameter WHERE name = 'appearance_needs_offence') = '1'
    THEN 'no eligible offence' ELSE appearance.excluded END
FROM gravest AS g
WHERE g.appearance_id = appearance.appearance_id;

-- The sentence a release ends: immediate custody on that day. The lowest id, should there be two.
CREATE TEMP TABLE ended AS
SELECT r.release_id, min(a.appearance_id) AS appearance_id
FROM release AS r
JOIN appearance AS a ON a.offender_id = r.offender_id
  AND a.appearance_date = r.sentence_date
  AND a.kind = 'conviction' AND a.disposal = 'custody'
GROUP BY r.release_id;
CREATE UNIQUE INDEX temp.ended_by_id ON ended (release_id);

UPDATE appearance
SET ho_code = g.ho_code
FROM ended AS e JOIN gravest AS g ON g.appearance_id = e.appearance_id
WHERE appearance.kind = 'release' AND e.release_id = appearance.appearance_id / 10;

UPDATE appearance
SET excluded = 'no sentence on record'
WHERE kind = 'release' AND excluded IS NULL
  AND (SELECT value FROM parameter WHERE name = 'release_needs_sentence') = '1'
  AND appearance_id / 10 NOT IN (SELECT release_id FROM ended);

DROP TABLE gravest;
DROP TABLE ended;
