-- The same rows in the order in which they came in: rowid tables with an index on the person.
ATTACH 'SOURCE' AS person_order;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE offender(offender_id INTEGER PRIMARY KEY, sex TEXT, birth_date TEXT, ethnicity TEXT);
CREATE TABLE appearance(appearance_id INTEGER PRIMARY KEY, offender_id INTEGER NOT NULL,
  appearance_date TEXT NOT NULL, kind TEXT NOT NULL, area_code TEXT, disposal TEXT,
  sentence_months INTEGER, ho_code TEXT, excluded TEXT);
CREATE TABLE offence(offence_id INTEGER PRIMARY KEY, offender_id INTEGER NOT NULL,
  offence_date TEXT, offence_date_end TEXT, proven_date TEXT, proven_by TEXT, ho_code TEXT,
  excluded TEXT);
CREATE TABLE membership(offender_id INTEGER NOT NULL, start_date TEXT NOT NULL, end_date TEXT,
  subcohort TEXT NOT NULL);
INSERT INTO offender SELECT * FROM person_order.offender;
INSERT INTO appearance
  SELECT row_number() OVER (ORDER BY appearance_date, appearance_id), offender_id,
         appearance_date, kind, area_code, disposal, sentence_months, ho_code, excluded
    FROM person_order.appearance ORDER BY appearance_date, appearance_id;
INSERT INTO offence
  SELECT row_number() OVER (ORDER BY coalesce(proven_date, offence_date), offence_id),
         offender_id, offence_date, offence_date_end, proven_date, proven_by, ho_code, excluded
    FROM person_order.offence ORDER BY coalesce(proven_date, offence_date), offence_id;
INSERT INTO membership SELECT offender_id, start_date, end_date, subcohort
  FROM person_order.membership ORDER BY start_date, offender_id;
CREATE INDEX appearance_offender ON appearance(offender_id);
CREATE INDEX offence_offender ON offence(offender_id);
CREATE INDEX membership_offender ON membership(offender_id);
