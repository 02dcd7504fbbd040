-- extract_format.lua - the extract formats: which file is which, and what each column holds.
--
-- The one list of formats; `reoffend formats` prints it, sql/README.md explains it, and a test
-- compares it with sql/20_staged.sql. Requires nothing.
--
--   local format = extract_format.recognise("jtrack_caseload_2009-03-31.csv")
--   format.name         "jtrack_caseload"; its staged rows are temp.staged_jtrack_caseload
--   format.columns      in order; each has name, meaning and, when not needed, optional = true
--   extract_format.date_in_name("jtrack_caseload_2009-03-31.csv")    "2009-03-31"
--   extract_format.cohort_in_name("cohort_burglars-1.csv")           "burglars-1"
--   extract_format.why_unknown("pnc_apperance.csv")      "no extract format has this name"
--
-- 1. A file is recognised by its name alone: FORMAT.csv, FORMAT-anything.csv or
--    FORMAT_YYYY-MM-DD.csv. A local cohort is cohort_NAME.csv or cohort_NAME_YYYY-MM-DD.csv; all of
--    NAME names the sub-cohort: small letters, digits, _ and -, a letter first. No name that holds
--    a line end or another control character is a format's.
-- 2. Columns are matched by the names in the header row, in any order, upper or lower case.

local extract_format = {}

local PNC_ID = "PNC id, short or long form"

local function column(name, meaning)
  return { name = name, meaning = meaning }
end

local function optional(name, meaning)
  return { name = name, meaning = meaning, optional = true }
end

extract_format.list = {
  { name = "extract", meaning = "What the extract as a whole says of itself", columns = {
    column("name", "extract_date, synthetic, seed, generator_version, …"),
    column("value", "its value; extract_date as YYYY-MM-DD"),
  } },
  { name = "area", meaning = "Areas results are given for", columns = {
    column("area_code", "GSS code, e.g. E23000014"),
    column("area_name", "name to print"),
    column("area_type", "police_force, …"),
    optional("parent_code", "area_code of the area it lies in"),
  } },
  { name = "pnc_person", meaning = "People with a PNC record", columns = {
    column("pnc_id", PNC_ID),
    optional("surname", "any text"),
    optional("forename", "any text"),
    column("birth_date", "YYYY-MM-DD, or empty: unknown"),
    column("sex", "M or F, or empty or U: unknown"),
    optional("ethnicity", "any text, or empty: unknown"),
  } },
  { name = "pnc_appearance", meaning = "Cautions, reprimands, final warnings, convictions",
    columns = {
      column("appearance_id", "whole number, one per appearance"),
      column("pnc_id", PNC_ID),
      column("appearance_date", "YYYY-MM-DD"),
      column("kind", "caution, reprimand, final_warning or conviction"),
      column("disposal_code", "PNC disposal code, 4 digits; empty out of court"),
      optional("duration", "unit and number: D90, W26, M6, Y2; Y999 is life; or empty"),
      optional("home_area_code", "area_code of the offender's home, or empty"),
      optional("force_code", "PNC force code of the force that dealt with it, 2 digits"),
    } },
  { name = "pnc_offence", meaning = "Offences, proven or not", columns = {
    column("offence_id", "whole number, one per offence"),
    column("pnc_id", PNC_ID),
    column("appearance_id", "appearance that dealt with it, or empty"),
    column("ho_code", "Home Office class and sub-class, e.g. 046/00"),
    column("offence_date", "YYYY-MM-DD, or empty: not known"),
    optional("offence_date_end", "last day of a range (code 4), or empty"),
    optional("offence_date_code", "1 on, 2 before, 3 after, 4 between, 5 about, 6 on or before;"
      .. " empty is 1, or 4 with an end"),
    column("proven_date", "YYYY-MM-DD, or empty: not proven"),
    optional("verdict", "G, NG, NA or NC; empty out of court"),
    optional("disposal_code", "PNC disposal code, 4 digits, or empty"),
    optional("force_code", "PNC force code of the place it was committed, 2 digits"),
    optional("entry_date", "YYYY-MM-DD the result was entered on PNC, or empty"),
  } },
  { name = "pnc_arrest", meaning = "Arrests", columns = {
    column("arrest_id", "whole number, one per arrest"),
    column("pnc_id", PNC_ID),
    optional("asn", "arrest/summons number"),
    column("arrest_date", "YYYY-MM-DD"),
    optional("force_code", "PNC force code, 2 digits"),
    optional("entry_date", "YYYY-MM-DD the arrest was entered on PNC, or empty"),
  } },
  { name = "pnc_charge", meaning = "Charges", columns = {
    column("charge_id", "whole number, one per charge"),
    column("pnc_id", PNC_ID),
    optional("asn", "arrest/summons number"),
    column("charge_date", "YYYY-MM-DD"),
    optional("ho_code", "Home Office class and sub-class"),
  } },
  { name = "pnc_merge", meaning = "PNC ids given up for another", columns = {
    column("superseded_pnc_id", PNC_ID .. ", no longer used"),
    column("current_pnc_id", PNC_ID .. ", used in its place"),
    column("merge_date", "YYYY-MM-DD"),
  } },
  { name = "prison_release", meaning = "Discharges from custody", columns = {
    column("release_id", "whole number, one per release"),
    column("pnc_id", PNC_ID),
    column("release_date", "YYYY-MM-DD"),
    column("release_type", "sentence, remand, fine_default, recall or deportation"),
    column("sentence_date", "YYYY-MM-DD of the sentence it ends, or empty"),
    optional("duration", "sentence length, as in pnc_appearance"),
    optional("home_area_code", "area_code of the offender's home, or empty"),
  } },
  { name = "drug_test", meaning = "Drug tests on arrest", columns = {
    column("test_id", "whole number, one per test"),
    column("pnc_id", PNC_ID),
    column("test_date", "YYYY-MM-DD"),
    column("result", "positive or negative"),
    optional("substance", "cocaine, opiates, both, or empty"),
    optional("force_code", "PNC force code, 2 digits"),
    optional("home_area_code", "area_code of the offender's home, or empty"),
  } },
  { name = "jtrack_caseload", meaning = "People managed, one extract per quarter day; the extract"
    .. " date stands in the name and in the column", columns = {
      column("extract_date", "YYYY-MM-DD, as in the file's name"),
      column("pnc_id", PNC_ID .. ", or empty"),
      optional("surname", "any text"),
      optional("forename", "any text"),
      optional("birth_date", "YYYY-MM-DD, or empty"),
      column("scheme", "PPO"),
      column("area_code", "area_code of the managing area"),
      column("status", "active or removed"),
      optional("nominated_date", "YYYY-MM-DD, or empty"),
      optional("removed_date", "YYYY-MM-DD, or empty"),
      optional("removal_reason", "any text"),
    } },
  { name = "oasys_assessment", meaning = "OASys assessments", columns = {
    column("assessment_id", "whole number, one per assessment"),
    column("pnc_id", PNC_ID),
    column("assessment_date", "YYYY-MM-DD"),
    column("class_a_drug_use", "1 yes, 0 no, or empty: not said"),
    optional("drug_score", "0 to 10, or empty"),
  } },
  { name = "cohort", meaning = "A local cohort; its name stands in the file's name", columns = {
    column("pnc_id", PNC_ID),
    column("start_date", "first day managed, YYYY-MM-DD"),
    optional("end_date", "last day managed, YYYY-MM-DD, or empty: still managed"),
  } },
}

local by_name = {}
for _, format in ipairs(extract_format.list) do
  by_name[format.name] = format
end

-- The format of that name, or nil.
function extract_format.find(name)
  return by_name[name]
end

-- What is left of a file's name without `.csv` and a date.
local function stem(file_name)
  local name = file_name:match("^(.*)%.[cC][sS][vV]$")
  return name and (name:match("^(.*)_%d%d%d%d%-%d%d%-%d%d$") or name)
end

function extract_format.date_in_name(file_name)
  return file_name:match("_(%d%d%d%d%-%d%d%-%d%d)%.[cC][sS][vV]$")
end

local MONTH_DAYS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- True for a text YYYY-MM-DD that is a day of the calendar (R1).
function extract_format.is_day(text)
  local year, month, day = text:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  if not year then return false end
  year, month, day = math.tointeger(year), math.tointeger(month), math.tointeger(day)
  local last = MONTH_DAYS[month]
  local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  if month == 2 and leap then last = 29 end
  return last ~= nil and year > 0 and day >= 1 and day <= last
end

function extract_format.cohort_in_name(file_name)
  local name = stem(file_name)
  return name and name:match("^cohort_([a-z][a-z0-9_-]*)$")
end

-- The format of a file by its name (without folders), or nil.
function extract_format.recognise(file_name)
  if file_name:find("%c") then return nil end
  if extract_format.cohort_in_name(file_name) then return by_name.cohort end
  local name = stem(file_name)
  name = name and (name:match("^([^-]*)%-") or name)
  return name ~= "cohort" and by_name[name] or nil
end

-- Why recognise() gives nil.
function extract_format.why_unknown(file_name)
  if file_name:find("%c") then return "its name holds a line end or another control character" end
  if file_name:lower():match("^cohort") then
    return "a local cohort is named cohort_NAME.csv, NAME of small letters, digits, _ and -"
  end
  return "no extract format has this name"
end

return extract_format
