-- 00_schema.sql - every table of the database, and the parameters with their defaults.
--
-- Reads: nothing. Writes: tables that are missing, parameters that are missing. Running it again
-- changes nothing. No extension function stands in the schema: the database opens anywhere.
-- What each table and column means: README.md in this folder.

-- Whose database this is, and the version of the schema: lua/reoffend/schema_version.lua.
PRAGMA application_id = 1380273990;
PRAGMA user_version = 3;

-- Rules in force ----------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS parameter (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  meaning TEXT NOT NULL,
  rule TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO parameter (name, value, meaning, rule) VALUES
  ('pnc_pivot_year', '',
    'Last of the 100 years of a two-digit year in a PNC id; empty: the year of the extract', 'R12'),
  ('release_types', 'sentence',
    'Kinds of release that are a discharge from a sentence, joined by commas', 'R8'),
  ('release_needs_sentence', '1',
    '1: a release counts only with the immediate custody sentence it ends on record', 'R8'),
  ('appearance_needs_offence', '1',
    '1: an appearance all of whose offences on record are excluded is no entry event', 'R18'),
  ('oasys_months', '12', 'Months an OASys Class A flag is valid, from the assessment', 'R26'),
  ('oasys_score', '5',
    'Lowest drug score that counts as Class A misuse when the flag is empty', 'R26'),
  ('drug_test_months', '12', 'Months a positive Class A test is valid, from the test', 'R26'),
  ('caseload_gap', '1',
    'Extracts in a row a managed person may be missing from without the spell ending', 'R26'),
  ('match_certain', '20',
    'Bits of evidence from which the best candidate is certain', 'R28'),
  ('match_possible', '14', 'Bits of evidence from which a candidate is worth a review', 'R28'),
  ('match_margin', '5',
    'Bits the best candidate must be ahead of the next best to be certain', 'R28'),
  ('match_candidates', '5', 'Candidates shown for one person in review, at most', 'R28'),
  ('first_window', '2000-01-01', 'First day of the first window of the results', 'S14'),
  ('window_months', '12', 'Length of a window', 'R5'),
  ('step_months', '3', 'Months from one window to the next', 'R5'),
  ('follow_up_months', '12', 'Length of the follow-up', 'R13'),
  ('wait_months', '6', 'Months after the follow-up in which an offence may still be proven', 'R13'),
  ('kinds', 'caution,conviction,release,drug_test',
    'Kinds of entry event that select an offender', 'R6'),
  ('model_fit', '1', '1: models are fitted and predict; 0: nothing is predicted', 'R32'),
  ('model_base_year', '2000', 'Year whose cohort the models are fitted on; where the extracts do'
    || ' not hold it, the first whole year they hold; empty: no models', 'R32'),
  ('model_base_year_ppo', '2005', 'The same of the models of PPOs; empty: those of everyone predict'
    || ' for PPOs too', 'R32'),
  ('model_least', '10', 'Fewest re-offenders, and fewest others, a level of a covariate is fitted'
    || ' on; rarer ones are pooled', 'R32'),
  ('disclosure_threshold', '5',
    'Fewest offenders, re-offenders and others of a published group; 0 hides nothing', 'R35'),
  ('disclosure_rounding', '1', 'Published counts are rounded to multiples of this', 'R35');

-- Where everything came from ----------------------------------------------------------------------

-- One row per version of a file. current: its rows are staged. superseded: a later version of the
-- same name took its place. refused: the whole file could not be read; `reject` says why.
CREATE TABLE IF NOT EXISTS load_file (
  file_id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  format TEXT NOT NULL,
  part TEXT NOT NULL,
  as_of TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'refused')),
  read INTEGER,
  accepted INTEGER,
  rejected INTEGER,
  columns TEXT NOT NULL DEFAULT '', -- names of its columns in order, parted by line feeds
  extra_columns TEXT,
  absent_columns TEXT
) STRICT;

-- Every row that was not accepted. row_text is internal: it describes a person.
CREATE TABLE IF NOT EXISTS reject (
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  format TEXT NOT NULL,
  column_name TEXT NOT NULL,
  value_class TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  row_text TEXT NOT NULL,
  step TEXT NOT NULL DEFAULT 'read'
) STRICT;
CREATE INDEX IF NOT EXISTS reject_by_file ON reject (file, line);

-- Accepted rows of which one value could not be used; the row counts without it.
CREATE TABLE IF NOT EXISTS notice (
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  format TEXT NOT NULL,
  column_name TEXT NOT NULL,
  reason_code TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS provenance (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each load that followed another changed.
CREATE TABLE IF NOT EXISTS revision (
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  kind TEXT NOT NULL,
  year TEXT NOT NULL,
  added INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  PRIMARY KEY (number, event, kind, year)
) STRICT, WITHOUT ROWID;

-- Which inputs the clean tables and the results were made from; see 39_count.sql and 60_result.sql.
CREATE TABLE IF NOT EXISTS made_from (
  step TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Staging: the files as they came -----------------------------------------------------------------

-- A run of good records as it stands in the file (reason NULL), or one record refused by the reader
-- (its first 2,000 bytes, fit to be shown). 20_staged.sql gives them as typed rows.
CREATE TABLE IF NOT EXISTS stage (
  stage_id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL,
  first_line INTEGER NOT NULL,
  records INTEGER NOT NULL,
  reason TEXT,
  value_class TEXT,
  content TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS stage_by_file ON stage (file_id);

-- Clean tables ------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS area (
  area_code TEXT PRIMARY KEY,
  area_name TEXT NOT NULL,
  area_type TEXT NOT NULL,
  parent_code TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS pnc_merge (
  superseded_id INTEGER PRIMARY KEY,
  current_id INTEGER NOT NULL,
  merge_date TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS person (
  offender_id INTEGER PRIMARY KEY,
  pnc_id TEXT NOT NULL,
  surname TEXT,
  forename TEXT,
  birth_date TEXT,
  sex TEXT,
  ethnicity TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS offender (
  offender_id INTEGER PRIMARY KEY,
  sex TEXT,
  birth_date TEXT,
  ethnicity TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS appearance (
  appearance_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  appearance_date TEXT NOT NULL,
  kind TEXT NOT NULL,
  area_code TEXT,
  disposal TEXT,
  sentence_months INTEGER,
  ho_code TEXT,
  excluded TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS offence (
  offence_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  offence_date TEXT,
  offence_date_end TEXT,
  proven_date TEXT,
  proven_by TEXT,
  ho_code TEXT,
  excluded TEXT,
  appearance_id INTEGER,
  force_code TEXT,
  entry_date TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS release (
  release_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  release_date TEXT NOT NULL,
  release_type TEXT NOT NULL,
  sentence_date TEXT,
  sentence_months INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS drug_test (
  test_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  test_date TEXT NOT NULL,
  result TEXT NOT NULL,
  substance TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS arrest (
  arrest_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  arrest_date TEXT NOT NULL,
  asn TEXT,
  force_code TEXT,
  entry_date TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS charge (
  charge_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  charge_date TEXT NOT NULL,
  asn TEXT,
  ho_code TEXT
) STRICT;

-- Everyone managed, at every extract; offender_id NULL: not matched to a PNC record.
CREATE TABLE IF NOT EXISTS caseload (
  extract_date TEXT NOT NULL,
  offender_id INTEGER,
  surname TEXT,
  forename TEXT,
  birth_date TEXT,
  scheme TEXT NOT NULL,
  area_code TEXT,
  status TEXT NOT NULL,
  nominated_date TEXT,
  removed_date TEXT,
  removal_reason TEXT,
  matched_by TEXT,
  listed_id INTEGER,
  match_outcome TEXT,
  match_score REAL
) STRICT;

-- Possible matches and what was decided, by `reoffend review`. review_id depends on who is listed
-- and whose record it may be, and on nothing else.
CREATE TABLE IF NOT EXISTS match_review (
  review_id TEXT NOT NULL,
  listed_surname TEXT NOT NULL,
  listed_forename TEXT NOT NULL,
  listed_birth_date TEXT NOT NULL,
  listed_pnc_id TEXT NOT NULL,
  offender_id INTEGER NOT NULL,
  pnc_id TEXT NOT NULL,
  surname TEXT NOT NULL,
  forename TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  surname_similarity REAL NOT NULL,
  forename_similarity REAL NOT NULL,
  birth_date_agreement TEXT NOT NULL,
  score REAL NOT NULL,
  place INTEGER NOT NULL,
  listed_rows INTEGER NOT NULL,
  first_listed TEXT NOT NULL,
  last_listed TEXT NOT NULL,
  area_codes TEXT,
  decision TEXT CHECK (decision IN ('accept', 'reject')),
  PRIMARY KEY (listed_surname, listed_forename, listed_birth_date, listed_pnc_id, offender_id)
) STRICT, WITHOUT ROWID;
-- Nobody is two people.
CREATE UNIQUE INDEX IF NOT EXISTS match_review_accepted
ON match_review (listed_surname, listed_forename, listed_birth_date, listed_pnc_id)
WHERE decision = 'accept';

CREATE TABLE IF NOT EXISTS match_rate (
  source TEXT NOT NULL,
  quarter_start TEXT,
  area_code TEXT,
  listed_rows INTEGER NOT NULL,
  matched_by_pnc_id INTEGER NOT NULL,
  matched_by_name INTEGER NOT NULL,
  matched_by_review INTEGER NOT NULL,
  possible INTEGER NOT NULL,
  unmatched INTEGER NOT NULL,
  matched_share REAL NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS assessment (
  assessment_id INTEGER PRIMARY KEY,
  offender_id INTEGER NOT NULL,
  assessment_date TEXT NOT NULL,
  class_a_drug_use INTEGER,
  drug_score INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS local_cohort (
  subcohort TEXT NOT NULL,
  offender_id INTEGER NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS membership (
  offender_id INTEGER NOT NULL,
  subcohort TEXT NOT NULL,
  start_date TEXT,
  end_date TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS police_force (
  force_code TEXT PRIMARY KEY,
  force_name TEXT NOT NULL,
  area_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS reject_reason (
  reason_code TEXT PRIMARY KEY,
  meaning TEXT NOT NULL,
  remedy TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The models that predict (R32): 55_model.sql ---------------------------------------------------

CREATE TABLE IF NOT EXISTS model (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  subcohort TEXT,
  asked_year TEXT NOT NULL,
  base_window TEXT NOT NULL,
  base_window_end TEXT NOT NULL,
  extract_date TEXT,
  software_version TEXT NOT NULL,
  lookup_version TEXT NOT NULL,
  rules TEXT NOT NULL,
  covariates TEXT NOT NULL,
  offenders INTEGER,
  reoffenders INTEGER,
  deviance REAL,
  null_deviance REAL,
  aic REAL,
  rank INTEGER,
  iterations INTEGER,
  converged INTEGER,
  warnings TEXT,
  fit TEXT NOT NULL,
  PRIMARY KEY (series, age_group)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS model_term (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  place INTEGER NOT NULL,
  covariate TEXT NOT NULL,
  level TEXT,
  estimate REAL,
  std_error REAL,
  z REAL,
  p REAL,
  odds_ratio REAL,
  state TEXT NOT NULL,
  PRIMARY KEY (series, age_group, place)
) STRICT, WITHOUT ROWID;

-- Levels too rare to be fitted, and what they were fitted as.
CREATE TABLE IF NOT EXISTS model_pooled (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  variable INTEGER NOT NULL,
  level TEXT NOT NULL,
  into_level TEXT NOT NULL,
  PRIMARY KEY (series, age_group, variable, level)
) STRICT, WITHOUT ROWID;

-- How well the models do, in the base year and each year after it whose results are final.
CREATE TABLE IF NOT EXISTS model_quality (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  window_start TEXT NOT NULL,
  offenders INTEGER NOT NULL,
  reoffenders INTEGER NOT NULL,
  scored_offenders INTEGER NOT NULL,
  scored_reoffenders INTEGER NOT NULL,
  actual REAL,
  predicted REAL,
  excess REAL,
  excess_low REAL,
  excess_high REAL,
  auc REAL,
  auc_low REAL,
  auc_high REAL,
  brier REAL,
  brier_of_actual REAL,
  PRIMARY KEY (series, age_group, window_start)
) STRICT, WITHOUT ROWID;

-- The same by tenths of the offenders, from the lowest probability to the highest.
CREATE TABLE IF NOT EXISTS model_decile (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  window_start TEXT NOT NULL,
  decile INTEGER NOT NULL,
  offenders INTEGER NOT NULL,
  reoffenders INTEGER NOT NULL,
  expected REAL NOT NULL,
  predicted REAL NOT NULL,
  proportion REAL NOT NULL,
  proportion_low REAL NOT NULL,
  proportion_high REAL NOT NULL,
  PRIMARY KEY (series, age_group, window_start, decile)
) STRICT, WITHOUT ROWID;

-- Results: the columns of reoffend_rates, one topic for each list of breakdowns -------------------

CREATE TABLE IF NOT EXISTS result (
  topic TEXT NOT NULL,
  window_start TEXT NOT NULL,
  window_end TEXT NOT NULL,
  complete INTEGER NOT NULL,
  area_code TEXT,
  age_group TEXT,
  age_band TEXT,
  sex TEXT,
  ethnicity TEXT,
  index_kind TEXT,
  index_disposal TEXT,
  index_offence_group TEXT,
  sentence_band TEXT,
  previous_offences_band TEXT,
  months_to_reoffence INTEGER,
  subcohort TEXT,
  offenders INTEGER NOT NULL,
  reoffenders INTEGER NOT NULL,
  reoffences INTEGER NOT NULL,
  proportion REAL,
  frequency REAL,
  per_offender REAL,
  reappearances INTEGER,
  reappearing_offenders INTEGER,
  violent_sexual_reoffences INTEGER,
  violent_sexual_reoffenders INTEGER,
  serious_acquisitive_reoffences INTEGER,
  serious_acquisitive_reoffenders INTEGER,
  serious_reoffences INTEGER,
  serious_reoffenders INTEGER,
  unclassified_reoffences INTEGER,
  previous_offences INTEGER,
  predicted REAL,
  expected REAL,
  expected_variance REAL,
  scored_offenders INTEGER,
  scored_reoffenders INTEGER,
  excess REAL,
  base_proportion REAL,
  adjusted REAL,
  adjusted_low REAL,
  adjusted_high REAL
) STRICT;
CREATE INDEX IF NOT EXISTS result_by_topic ON result (topic, window_start, area_code);

-- The results of the build before this one, and each figure that is not what it was.
CREATE TABLE IF NOT EXISTS result_previous AS SELECT * FROM result WHERE 0;

CREATE TABLE IF NOT EXISTS result_revision (
  topic TEXT NOT NULL,
  window_start TEXT NOT NULL,
  breakdown TEXT NOT NULL,
  measure TEXT NOT NULL,
  was_final INTEGER NOT NULL,
  old_value REAL,
  new_value REAL,
  PRIMARY KEY (topic, window_start, breakdown, measure)
) STRICT, WITHOUT ROWID;

-- What may be published (R35), and nothing else may: made of `result` by 65_disclosure.sql --------

-- Figures are NULL where the group is hidden, or the figure of a shown group is.
CREATE TABLE IF NOT EXISTS published (
  topic TEXT NOT NULL,
  window_start TEXT NOT NULL,
  window_end TEXT NOT NULL,
  complete INTEGER NOT NULL,
  area_code TEXT,
  age_group TEXT,
  age_band TEXT,
  sex TEXT,
  ethnicity TEXT,
  index_kind TEXT,
  index_disposal TEXT,
  index_offence_group TEXT,
  sentence_band TEXT,
  previous_offences_band TEXT,
  subcohort TEXT,
  status TEXT NOT NULL CHECK (status IN ('shown', 'hidden')),
  offenders INTEGER,
  reoffenders INTEGER,
  reoffences INTEGER,
  proportion REAL,
  frequency REAL,
  per_offender REAL,
  reappearances INTEGER,
  violent_sexual_reoffences INTEGER,
  serious_acquisitive_reoffences INTEGER,
  serious_reoffences INTEGER,
  unclassified_reoffences INTEGER,
  previous_offences INTEGER,
  predicted REAL,
  predicted_status TEXT CHECK (predicted_status IN ('shown', 'hidden')),
  excess REAL,
  excess_low REAL,
  excess_high REAL,
  adjusted REAL,
  adjusted_low REAL,
  adjusted_high REAL,
  excess_status TEXT CHECK (excess_status IN ('shown', 'hidden'))
) STRICT;
CREATE INDEX IF NOT EXISTS published_by_topic ON published (topic, window_start, area_code);

CREATE TABLE IF NOT EXISTS published_months (
  topic TEXT NOT NULL,
  window_start TEXT NOT NULL,
  complete INTEGER NOT NULL,
  area_code TEXT,
  subcohort TEXT,
  month INTEGER NOT NULL,
  width INTEGER NOT NULL,
  newly INTEGER NOT NULL,
  reoffended_by INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS published_months_by_topic ON published_months (topic, window_start);

-- The people a model was fitted on, and how the models did: of whole years, and of tenths of the
-- people of some. NULL where hidden.
CREATE TABLE IF NOT EXISTS published_model (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('shown', 'hidden')),
  offenders INTEGER,
  reoffenders INTEGER,
  proportion REAL,
  explained REAL,
  PRIMARY KEY (series, age_group)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS published_quality (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  window_start TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('shown', 'hidden')),
  actual REAL,
  predicted REAL,
  excess REAL,
  excess_low REAL,
  excess_high REAL,
  auc REAL,
  auc_low REAL,
  auc_high REAL,
  brier REAL,
  brier_of_actual REAL,
  PRIMARY KEY (series, age_group, window_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS published_decile (
  series TEXT NOT NULL,
  age_group TEXT NOT NULL,
  window_start TEXT NOT NULL,
  decile INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('shown', 'hidden')),
  predicted REAL,
  proportion REAL,
  proportion_low REAL,
  proportion_high REAL,
  PRIMARY KEY (series, age_group, window_start, decile)
) STRICT, WITHOUT ROWID;

-- What is hidden, and why (internal: it says which groups are small), and what earlier publications
-- hid, which stays hidden. area_code, subcohort: a code, 'all' or 'unknown'; breakdown: 'total'.
CREATE TABLE IF NOT EXISTS disclosure (
  window_start TEXT NOT NULL,
  area_code TEXT NOT NULL,
  subcohort TEXT NOT NULL,
  breakdown_topic TEXT NOT NULL,
  breakdown TEXT NOT NULL,
  figure TEXT NOT NULL,
  reason TEXT NOT NULL,
  in_sum TEXT,
  beside TEXT,
  exposed INTEGER NOT NULL,
  PRIMARY KEY (window_start, area_code, subcohort, breakdown_topic, breakdown, figure)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS hidden_before (
  window_start TEXT NOT NULL,
  area_code TEXT NOT NULL,
  subcohort TEXT NOT NULL,
  breakdown_topic TEXT NOT NULL,
  breakdown TEXT NOT NULL,
  figure TEXT NOT NULL,
  PRIMARY KEY (window_start, area_code, subcohort, breakdown_topic, breakdown, figure)
) STRICT, WITHOUT ROWID;
