-- Loading and building on small extracts: nothing lost, every reason, no order, no change.

local loading = require "loading"

local tests = {}

local pnc_id = loading.pnc_id
local GOOD = pnc_id(1995, 1)

local function test(name, body) tests[name] = loading.with_place(body) end

-- All rejects as "line column reason", of one file.
local function rejects(place, file)
  return place:query("SELECT line || ' ' || column_name || ' ' || reason_code FROM reject"
    .. " WHERE file = '" .. file .. "' ORDER BY line, reason_code")
end

local function counts(place, file)
  return place:value("SELECT read || ' = ' || accepted || ' + ' || rejected FROM load_file"
    .. " WHERE file = '" .. file .. "' AND state = 'current'")
end

test("a_small_extract", function(check, place)
  loading.write_all(place, loading.small_extract())
  local report, problem = place:load()
  check.equal(problem, nil)
  check.equal(report.refused, 0)
  check.equal(place:value("SELECT count(*) FROM reject"), "0")
  check.equal(place:query("SELECT offender_id, pnc_id, birth_date, sex FROM person"),
    { "19950000001|" .. GOOD .. "|1978-02-03|F",
      "20010000022|" .. pnc_id(2001, 22) .. "|1985-10-11|M" })
  check.equal(place:query("SELECT appearance_id, offender_id, appearance_date, kind, area_code,"
    .. " disposal, sentence_months, ho_code, excluded FROM appearance"), {
    "10|19950000001|2009-02-01|caution|E23000014|caution||046/00|",
    "11|20010000022|2009-06-01|release|E23000014|custody|6|028/03|",
    "20|20010000022|2009-03-01|conviction|E23000014|custody|6|028/03|immediate custody",
    "30|19950000001|2009-08-01|conviction|E23000014|fine||105/01|" })
  check.equal(place:build(), "built")
  check.equal(place:query("SELECT offenders, reoffenders, reoffences, complete FROM national_result"
    .. " WHERE window_start = '2009-01-01'"), { "2|1|1|1" })
end)

-- Every reason a row of a format can be refused for, with the row that shows it.
local BROKEN = {
  { "extract", { { { name = "" }, "name empty" },
    { { name = "extract_date", value = "31/12/2011" }, "value not_a_date" } } },
  { "area", { { { area_name = "x", area_type = "y" }, "area_code empty" },
    { { area_code = "E1", area_type = "y" }, "area_name empty" },
    { { area_code = "E1", area_name = "x" }, "area_type empty" } } },
  { "pnc_person", {
    { {}, "pnc_id empty" },
    { { pnc_id = "1980/0163001B" }, "pnc_id not_a_pnc_id" },
    { { pnc_id = GOOD, birth_date = "1978-02-30" }, "birth_date not_a_date" },
    { { pnc_id = GOOD, birth_date = "2012-01-01" }, "birth_date after_extract" } } },
  { "pnc_appearance", {
    { {}, "appearance_id empty" },
    { { appearance_id = "1.5" }, "appearance_id not_a_whole_number" },
    { { appearance_id = ("9"):rep(18) }, "appearance_id not_a_whole_number" },
    { { appearance_id = "3" }, "pnc_id empty" },
    { { appearance_id = "4", pnc_id = "nobody" }, "pnc_id not_a_pnc_id" },
    { { appearance_id = "5", pnc_id = GOOD }, "appearance_date empty" },
    { { appearance_id = "6", pnc_id = GOOD, appearance_date = "2009-02-30" },
      "appearance_date not_a_date" },
    { { appearance_id = "7", pnc_id = GOOD, appearance_date = "2012-01-01" },
      "appearance_date after_extract" },
    { { appearance_id = "8", pnc_id = GOOD, appearance_date = "2009-01-01" }, "kind empty" },
    { { appearance_id = "9", pnc_id = GOOD, appearance_date = "2009-01-01", kind = "cauton" },
      "kind unknown_kind" },
    { { appearance_id = "10", pnc_id = GOOD, appearance_date = "2009-01-01",
      kind = "conviction" }, "disposal_code empty" },
    { { appearance_id = "11", pnc_id = GOOD, appearance_date = "2009-01-01", kind = "conviction",
      disposal_code = "9876" }, "disposal_code unknown_code" },
    { { appearance_id = "12", pnc_id = GOOD, appearance_date = "2009-01-01", kind = "conviction",
      disposal_code = "1002", duration = "6 months" }, "duration not_a_duration" } } },
  { "pnc_offence", {
    { {}, "offence_id empty" },
    { { offence_id = "x" }, "offence_id not_a_whole_number" },
    { { offence_id = "1" }, "pnc_id empty" },
    { { offence_id = "2", pnc_id = "1" }, "pnc_id not_a_pnc_id" },
    { { offence_id = "3", pnc_id = GOOD, appearance_id = "a" },
      "appearance_id not_a_whole_number" },
    { { offence_id = "4", pnc_id = GOOD, offence_date = "2009-13-01" }, "offence_date not_a_date" },
    { { offence_id = "5", pnc_id = GOOD, offence_date = "2012-01-01" },
      "offence_date after_extract" },
    { { offence_id = "6", pnc_id = GOOD, offence_date_code = "7" },
      "offence_date_code unknown_code" },
    { { offence_id = "7", pnc_id = GOOD, offence_date_end = "soon" },
      "offence_date_end not_a_date" },
    { { offence_id = "8", pnc_id = GOOD, offence_date = "2009-02-01",
      offence_date_end = "2009-01-01" }, "offence_date_end range_reversed" },
    { { offence_id = "9", pnc_id = GOOD, proven_date = "2009-1-1" }, "proven_date not_a_date" },
    { { offence_id = "10", pnc_id = GOOD, proven_date = "2012-01-01" },
      "proven_date after_extract" },
    { { offence_id = "11", pnc_id = GOOD, offence_date = "2009-02-02", proven_date = "2009-02-01" },
      "offence_date after_proven" },
    { { offence_id = "12", pnc_id = GOOD, verdict = "guilty" }, "verdict unknown_code" },
    { { offence_id = "13", pnc_id = GOOD, entry_date = "2012-01-01" },
      "entry_date after_extract" },
    { { offence_id = "14", pnc_id = GOOD, proven_date = "2009-02-02", entry_date = "2009-02-01" },
      "entry_date range_reversed" } } },
  { "pnc_arrest", {
    { {}, "arrest_id empty" },
    { { arrest_id = "-1" }, "arrest_id not_a_whole_number" },
    { { arrest_id = "1" }, "pnc_id empty" },
    { { arrest_id = "2", pnc_id = "?" }, "pnc_id not_a_pnc_id" },
    { { arrest_id = "3", pnc_id = GOOD }, "arrest_date empty" },
    { { arrest_id = "4", pnc_id = GOOD, arrest_date = "now" }, "arrest_date not_a_date" },
    { { arrest_id = "5", pnc_id = GOOD, arrest_date = "2012-01-01" },
      "arrest_date after_extract" },
    { { arrest_id = "6", pnc_id = GOOD, arrest_date = "2009-02-02", entry_date = "2009-13-01" },
      "entry_date not_a_date" },
    { { arrest_id = "7", pnc_id = GOOD, arrest_date = "2009-02-02", entry_date = "2009-02-01" },
      "entry_date range_reversed" } } },
  { "pnc_charge", {
    { {}, "charge_id empty" },
    { { charge_id = "one" }, "charge_id not_a_whole_number" },
    { { charge_id = "1" }, "pnc_id empty" },
    { { charge_id = "2", pnc_id = "?" }, "pnc_id not_a_pnc_id" },
    { { charge_id = "3", pnc_id = GOOD }, "charge_date empty" },
    { { charge_id = "4", pnc_id = GOOD, charge_date = "now" }, "charge_date not_a_date" },
    { { charge_id = "5", pnc_id = GOOD, charge_date = "2012-01-01" },
      "charge_date after_extract" } } },
  { "pnc_merge", {
    { { current_pnc_id = GOOD }, "superseded_pnc_id empty" },
    { { superseded_pnc_id = "x" }, "superseded_pnc_id not_a_pnc_id" },
    { { superseded_pnc_id = GOOD }, "current_pnc_id empty" },
    { { superseded_pnc_id = GOOD, current_pnc_id = "x" }, "current_pnc_id not_a_pnc_id" },
    { { superseded_pnc_id = GOOD, current_pnc_id = pnc_id(1999, 9) }, "merge_date empty" },
    { { superseded_pnc_id = GOOD, current_pnc_id = pnc_id(1999, 9), merge_date = "2009-02-30" },
      "merge_date not_a_date" },
    { { superseded_pnc_id = GOOD, current_pnc_id = pnc_id(1999, 9), merge_date = "2012-01-01" },
      "merge_date after_extract" },
    { { superseded_pnc_id = GOOD, current_pnc_id = GOOD, merge_date = "2009-01-01" },
      "current_pnc_id merge_to_itself" } } },
  { "prison_release", {
    { {}, "release_id empty" },
    { { release_id = "R1" }, "release_id not_a_whole_number" },
    { { release_id = "1" }, "pnc_id empty" },
    { { release_id = "2", pnc_id = "?" }, "pnc_id not_a_pnc_id" },
    { { release_id = "3", pnc_id = GOOD }, "release_date empty" },
    { { release_id = "4", pnc_id = GOOD, release_date = "2009-02-29" },
      "release_date not_a_date" },
    { { release_id = "5", pnc_id = GOOD, release_date = "2012-01-01" },
      "release_date after_extract" },
    { { release_id = "6", pnc_id = GOOD, release_date = "2009-01-01" }, "release_type empty" },
    { { release_id = "7", pnc_id = GOOD, release_date = "2009-01-01", release_type = "bail" },
      "release_type unknown_kind" },
    { { release_id = "8", pnc_id = GOOD, release_date = "2009-01-01", release_type = "sentence",
      sentence_date = "?" }, "sentence_date not_a_date" },
    { { release_id = "9", pnc_id = GOOD, release_date = "2009-01-01", release_type = "sentence",
      sentence_date = "2009-01-02" }, "sentence_date range_reversed" },
    { { release_id = "10", pnc_id = GOOD, release_date = "2009-01-01", release_type = "sentence",
      duration = "6" }, "duration not_a_duration" } } },
  { "drug_test", {
    { {}, "test_id empty" },
    { { test_id = "T" }, "test_id not_a_whole_number" },
    { { test_id = "1" }, "pnc_id empty" },
    { { test_id = "2", pnc_id = "?" }, "pnc_id not_a_pnc_id" },
    { { test_id = "3", pnc_id = GOOD }, "test_date empty" },
    { { test_id = "4", pnc_id = GOOD, test_date = "?" }, "test_date not_a_date" },
    { { test_id = "5", pnc_id = GOOD, test_date = "2012-01-01" }, "test_date after_extract" },
    { { test_id = "6", pnc_id = GOOD, test_date = "2009-01-01" }, "result empty" },
    { { test_id = "6", pnc_id = GOOD, test_date = "2009-01-01", result = "maybe" },
      "result unknown_code" },
    { { test_id = "7", pnc_id = GOOD, test_date = "2009-01-01", result = "positive",
      substance = "tea" }, "substance unknown_code" } } },
  { "oasys_assessment", {
    { {}, "assessment_id empty" },
    { { assessment_id = "A" }, "assessment_id not_a_whole_number" },
    { { assessment_id = "1" }, "pnc_id empty" },
    { { assessment_id = "2", pnc_id = "?" }, "pnc_id not_a_pnc_id" },
    { { assessment_id = "3", pnc_id = GOOD }, "assessment_date empty" },
    { { assessment_id = "4", pnc_id = GOOD, assessment_date = "?" },
      "assessment_date not_a_date" },
    { { assessment_id = "5", pnc_id = GOOD, assessment_date = "2012-01-01" },
      "assessment_date after_extract" },
    { { assessment_id = "6", pnc_id = GOOD, assessment_date = "2009-01-01",
      class_a_drug_use = "yes" }, "class_a_drug_use unknown_code" },
    { { assessment_id = "7", pnc_id = GOOD, assessment_date = "2009-01-01", drug_score = "11" },
      "drug_score unknown_code" } } },
  { "jtrack_caseload", {
    { {}, "extract_date empty" },
    { { extract_date = "?" }, "extract_date not_a_date" },
    { { extract_date = "2012-04-01" }, "extract_date after_extract" },
    { { extract_date = "2009-01-01", scheme = "PPO", status = "active" },
      "extract_date differs_from_file_name" },
    { { extract_date = "2009-01-01" }, "scheme empty" }, -- a cell by itself comes first
    { { extract_date = "2009-04-01", birth_date = "?" }, "birth_date not_a_date" },
    { { extract_date = "2009-04-01" }, "scheme empty" },
    { { extract_date = "2009-04-01", scheme = "POPPY" }, "scheme unknown_code" },
    { { extract_date = "2009-04-01", scheme = "PPO" }, "status empty" },
    { { extract_date = "2009-04-01", scheme = "PPO", status = "gone" }, "status unknown_code" },
    { { extract_date = "2009-04-01", scheme = "PPO", status = "active", nominated_date = "?" },
      "nominated_date not_a_date" },
    { { extract_date = "2009-04-01", scheme = "PPO", status = "active",
      nominated_date = "2009-04-02" }, "nominated_date after_extract" },
    { { extract_date = "2009-04-01", scheme = "PPO", status = "removed", removed_date = "?" },
      "removed_date not_a_date" },
    { { extract_date = "2009-04-01", scheme = "PPO", status = "removed",
      removed_date = "2009-04-02" }, "removed_date after_extract" },
    { { extract_date = "2009-04-01", scheme = "PPO", status = "removed",
      nominated_date = "2009-03-01", removed_date = "2009-02-01" },
      "removed_date range_reversed" } } },
  { "cohort", {
    { {}, "pnc_id empty" },
    { { pnc_id = "?" }, "pnc_id not_a_pnc_id" },
    { { pnc_id = GOOD }, "start_date empty" },
    { { pnc_id = GOOD, start_date = "?" }, "start_date not_a_date" },
    { { pnc_id = GOOD, start_date = "2009-01-01", end_date = "?" }, "end_date not_a_date" },
    { { pnc_id = GOOD, start_date = "2009-01-02", end_date = "2009-01-01" },
      "end_date range_reversed" } } },
}

local FILE_NAME = { jtrack_caseload = "jtrack_caseload_2009-04-01.csv",
  cohort = "cohort_north.csv" }

local function broken_file(format) return FILE_NAME[format] or format .. "-broken.csv" end

-- The small extract, and beside it the broken rows of every format.
local function write_broken(place)
  loading.write_all(place, loading.small_extract())
  for _, case in ipairs(BROKEN) do
    local rows = {}
    for number, row in ipairs(case[2]) do rows[number] = row[1] end
    place:write(broken_file(case[1]), loading.rows(case[1], rows))
  end
end

test("every_reason_to_reject_a_row", function(check, place)
  write_broken(place)
  local report, problem = place:load()
  check.equal(problem, nil)
  check.equal(report.refused, 0)
  for _, case in ipairs(BROKEN) do
    local expected = {}
    for number, row in ipairs(case[2]) do expected[number] = (number + 1) .. " " .. row[2] end
    local file = broken_file(case[1])
    check.equal(rejects(place, file), expected, file)
    check.equal(counts(place, file), #case[2] .. " = 0 + " .. #case[2])
  end
  check.equal(place:build(), "built")
end)

-- A broken set in which every reason there is occurs, of rows and of whole files; each is
-- explained, and whatever is wrong accepted and rejected are read.
test("every_reason_occurs_and_nothing_is_lost", function(check, place)
  write_broken(place)
  place:write("cohort_ppo.csv", loading.rows("cohort",
    { { pnc_id = GOOD, start_date = "2009-01-01" } }))
  place:write("pnc_merge.csv", loading.rows("pnc_merge", { { superseded_pnc_id = pnc_id(1999, 8),
    current_pnc_id = GOOD, merge_date = "2009-01-01" } }))
  local person = { pnc_id = GOOD, surname = "ARCHER", forename = "ANN", birth_date = "1978-02-03",
    sex = "F", ethnicity = "White" } -- as in the small extract
  place:write("pnc_person-2.csv", loading.rows("pnc_person", { person, person,
    { pnc_id = GOOD, sex = "M" }, { pnc_id = pnc_id(1999, 8), sex = "M" } }))
  local header = "arrest_id,pnc_id,arrest_date\n"
  place:write("pnc_arrest-rows.csv", header .. "1,2\n1,2,3,4\n1,\0,3\n1,\7,3\n1,\xff,3\n1,\"2,3\n1,"
    .. ("2"):rep(4001) .. ",3\n" .. ("3"):rep((1 << 24) + 1) .. "\n")
  for name, text in pairs {
    ["pnc_arrest-empty.csv"] = "", ["pnc_arrest-zip.csv"] = "PK\3\4\0\0",
    ["pnc_arrest-latin.csv"] = "arrest_id,pnc_id,arrest_date,caf\xe9\n",
    ["pnc_arrest-mac.csv"] = header:gsub("\n", "\r") .. "1,2,3\r",
    ["pnc_arrest-quote.csv"] = '"' .. header, ["pnc_arrest-twice.csv"] = "arrest_id," .. header,
    ["pnc_arrest-less.csv"] = "arrest_id\n", ["pnc_arrest_2009-02-30.csv"] = header } do
    place:write(name, text)
  end
  -- A file that is there and cannot be read, whoever reads.
  os.execute("ln -s /proc/self/mem '" .. place.extracts .. "/pnc_arrest-unreadable.csv'")
  local report, problem = place:load()
  check.equal(problem, nil)
  check.equal(report.refused, 9)
  check.equal(place:query("SELECT reason_code FROM reject_reason WHERE reason_code NOT IN"
    .. " (SELECT reason_code FROM reject)"), {})
  check.equal(place:query("SELECT DISTINCT reason_code FROM reject WHERE reason_code NOT IN"
    .. " (SELECT reason_code FROM reject_reason)"), {})
  check.equal(place:query("SELECT file FROM load_file WHERE state = 'current'"
    .. " AND read IS NOT accepted + rejected"), {})
  check.equal(counts(place, "pnc_arrest-rows.csv"), "8 = 0 + 8")
  check.equal(counts(place, "pnc_person-2.csv"), "4 = 0 + 4")
  check.equal(place:value("SELECT sum(read) FROM load_file") ,
    place:value("SELECT sum(accepted) + (SELECT count(*) FROM reject WHERE step <> 'refused')"
      .. " FROM load_file"))
  check.equal(place:build(), "built")
end)

test("a_reject_says_what_kind_of_value_stood_there_and_keeps_the_row", function(check, place)
  place:write("pnc_appearance.csv", loading.rows("pnc_appearance", {
    { appearance_id = "1", pnc_id = GOOD, appearance_date = "2009-02-30", kind = "caution" },
    { appearance_id = "2", pnc_id = GOOD, appearance_date = "2009-02-03", kind = "secret word" },
    { appearance_id = "3", pnc_id = "12345", appearance_date = "2009-02-03" } }))
  place:load()
  check.equal(place:query("SELECT value_class FROM reject ORDER BY line"),
    { "text in the form of a date", "text of 11 characters", "number of 5 digits" })
  check.contains(place:value("SELECT row_text FROM reject WHERE line = 3"), "secret word")
end)

test("duplicates_and_later_versions_of_a_record", function(check, place)
  local function offence(date)
    return { offence_id = "1", pnc_id = GOOD, ho_code = "046/00", offence_date = date,
      proven_date = "2009-06-01" }
  end
  place:write("pnc_offence_2009-07-01.csv", loading.rows("pnc_offence", { offence("2009-01-03") }))
  place:write("pnc_offence_2009-04-01.csv", loading.rows("pnc_offence",
    { offence("2009-01-01"), offence("2009-01-01"), offence("2009-01-02") }))
  place:write("pnc_offence_2009-10-01.csv", loading.rows("pnc_offence", { offence("2009-01-03") }))
  place:load()
  check.equal(place:query("SELECT offence_date FROM offence"), { "2009-01-03" })
  check.equal(rejects(place, "pnc_offence_2009-04-01.csv"), { "2 offence_id superseded",
    "3 offence_id superseded", "4 offence_id superseded" })
  check.equal(rejects(place, "pnc_offence_2009-07-01.csv"), { "2 offence_id duplicate" })
  check.equal(counts(place, "pnc_offence_2009-10-01.csv"), "1 = 1 + 0")
end)

test("merged_ids_are_followed_before_anything_is_grouped", function(check, place)
  local old, older, loop, back = pnc_id(1996, 2), pnc_id(1997, 3), pnc_id(1998, 4), pnc_id(1998, 5)
  place:write("pnc_merge.csv", loading.rows("pnc_merge", {
    { superseded_pnc_id = older, current_pnc_id = old, merge_date = "2009-01-01" },
    { superseded_pnc_id = old, current_pnc_id = GOOD, merge_date = "2010-01-01" },
    { superseded_pnc_id = loop, current_pnc_id = back, merge_date = "2010-01-01" },
    { superseded_pnc_id = back, current_pnc_id = loop, merge_date = "2010-01-01" },
    { superseded_pnc_id = old, current_pnc_id = loop, merge_date = "2009-06-01" } }))
  place:write("pnc_person.csv", loading.rows("pnc_person", {
    { pnc_id = older, birth_date = "1970-01-01", sex = "M" },
    { pnc_id = GOOD, birth_date = "1971-01-01", sex = "M" } }))
  place:write("pnc_appearance.csv", loading.rows("pnc_appearance", {
    { appearance_id = "1", pnc_id = older, appearance_date = "2009-02-01", kind = "caution" },
    { appearance_id = "2", pnc_id = old, appearance_date = "2009-03-01", kind = "caution" } }))
  place:load()
  check.equal(place:query("SELECT DISTINCT offender_id FROM appearance"), { "19950000001" })
  check.equal(place:query("SELECT pnc_id, birth_date FROM person"), { GOOD .. "|1971-01-01" })
  check.equal(rejects(place, "pnc_person.csv"), { "2 pnc_id merged" })
  check.equal(rejects(place, "pnc_merge.csv"), { "4 superseded_pnc_id merge_to_itself",
    "5 superseded_pnc_id merge_to_itself", "6 superseded_pnc_id superseded" })
end)

test("short_and_long_pnc_ids_are_one_person", function(check, place)
  place:write("extract.csv", loading.small_extract()["extract.csv"])
  place:write("pnc_appearance.csv", loading.rows("pnc_appearance", {
    { appearance_id = "1", pnc_id = "79/163001B", appearance_date = "2009-02-01",
      kind = "caution" },
    { appearance_id = "2", pnc_id = "19790163001b", appearance_date = "2009-03-01",
      kind = "caution" } }))
  place:load()
  check.equal(place:query("SELECT DISTINCT offender_id FROM appearance"), { "19790163001" })
end)

-- kind, disposal and reason of each appearance, from the rows of one file.
test("what_makes_an_appearance_no_entry_event", function(check, place)
  loading.write_all(place, loading.small_extract())
  place:write("pnc_appearance.csv", loading.rows("pnc_appearance", {
    { appearance_id = "1", pnc_id = GOOD, appearance_date = "2009-02-01", kind = "reprimand" },
    { appearance_id = "2", pnc_id = GOOD, appearance_date = "2009-02-01", kind = "final_warning" },
    { appearance_id = "3", pnc_id = GOOD, appearance_date = "2009-02-01", kind = "conviction",
      disposal_code = "1002", duration = "Y999" },
    { appearance_id = "4", pnc_id = GOOD, appearance_date = "2009-02-01", kind = "conviction",
      disposal_code = "1115", duration = "M12" },
    { appearance_id = "5", pnc_id = GOOD, appearance_date = "2009-02-01", kind = "conviction",
      disposal_code = "2004" },
    { appearance_id = "6", pnc_id = GOOD, appearance_date = "2009-02-01", kind = "conviction",
      disposal_code = "1015" },
    { appearance_id = "7", pnc_id = GOOD, appearance_date = "1987-02-01", kind = "caution" } }))
  place:write("pnc_offence.csv", loading.rows("pnc_offence", {
    { offence_id = "1", pnc_id = GOOD, appearance_id = "6", ho_code = "195/55",
      proven_date = "2009-02-01", verdict = "G" } }))
  place:write("prison_release.csv", loading.rows("prison_release", {
    { release_id = "1", pnc_id = GOOD, release_date = "2009-05-01", release_type = "remand" },
    { release_id = "2", pnc_id = GOOD, release_date = "2009-05-01", release_type = "fine_default" },
    { release_id = "3", pnc_id = GOOD, release_date = "2009-05-01", release_type = "sentence" },
    { release_id = "4", pnc_id = GOOD, release_date = "2009-05-01", release_type = "sentence",
      sentence_date = "2009-02-01" } }))
  place:write("drug_test.csv", loading.rows("drug_test", {
    { test_id = "1", pnc_id = GOOD, test_date = "2009-05-01", result = "positive",
      substance = "both", force_code = "20" },
    { test_id = "2", pnc_id = GOOD, test_date = "2009-05-01", result = "negative" } }))
  place:load()
  check.equal(place:query("SELECT appearance_id, kind, disposal, sentence_months, excluded"
    .. " FROM appearance ORDER BY kind, appearance_id"), {
    "10|caution|reprimand_or_warning||",
    "20|caution|reprimand_or_warning||",
    "70|caution|caution||under 10",
    "30|conviction|custody|11988|immediate custody",
    "40|conviction|suspended_sentence|12|",
    "50|conviction|||not proven",
    "60|conviction|fine||no eligible offence",
    "12|drug_test|drug_test||",
    "22|drug_test|drug_test||negative test",
    "11|release|custody||remand",
    "21|release|custody||fine default",
    "31|release|custody||no sentence on record",
    "41|release|custody||" })
end)

-- Under 10 at the event (R10): the year of the PNC id tells for most, for some the birth date.
test("under_10_by_birth_date_and_record", function(check, place)
  local young, adult, unknown = pnc_id(2009, 1), pnc_id(2009, 2), pnc_id(2009, 3)
  local cases = { { young, "2009-05-31", "under 10" }, { young, "2009-06-01", "" },
    { young, "2009-01-01", "under 10" }, { adult, "2009-01-01", "" },
    { adult, "1968-03-01", "under 10" }, { adult, "1969-12-31", "under 10" },
    { adult, "1970-01-01", "" }, { unknown, "2009-01-01", "" },
    { pnc_id(2009, 4), "2009-01-01", "" } }
  local appearances, offences, drug_tests, releases, expected = {}, {}, {}, {}, {}
  for number, case in ipairs(cases) do
    local id = tostring(number)
    appearances[number] = { appearance_id = id, pnc_id = case[1], appearance_date = case[2],
      kind = "caution" }
    offences[number] = { offence_id = id, pnc_id = case[1], ho_code = "046/00",
      offence_date = case[2], proven_date = case[2] }
    drug_tests[number] = { test_id = id, pnc_id = case[1], test_date = case[2],
      result = "positive" }
    releases[number] = { release_id = id, pnc_id = case[1], release_date = case[2],
      release_type = "sentence" }
    expected[number] = case[3]
  end
  place:write("pnc_person.csv", loading.rows("pnc_person", {
    { pnc_id = young, birth_date = "1999-06-01", sex = "M" },
    { pnc_id = adult, birth_date = "1960-01-01", sex = "M" }, { pnc_id = unknown, sex = "M" } }))
  place:write("pnc_appearance.csv", loading.rows("pnc_appearance", appearances))
  place:write("pnc_offence.csv", loading.rows("pnc_offence", offences))
  place:write("drug_test.csv", loading.rows("drug_test", drug_tests))
  place:write("prison_release.csv", loading.rows("prison_release", releases))
  place:query("UPDATE parameter SET value = '0' WHERE name = 'release_needs_sentence'")
  place:load()
  check.equal(place:query("SELECT excluded FROM offence ORDER BY offence_id"), expected)
  for _, kind in ipairs { "caution", "drug_test", "release" } do
    check.equal(place:query("SELECT excluded FROM appearance WHERE kind = '" .. kind
      .. "' ORDER BY appearance_id"), expected, kind)
  end
end)

test("what_makes_an_offence_not_count", function(check, place)
  loading.write_all(place, loading.small_extract())
  local function offence(id, values)
    values.offence_id, values.pnc_id = id, GOOD
    values.proven_date = values.proven_date or "2009-02-01"
    values.offence_date = values.offence_date or "2009-01-01"
    return values
  end
  place:write("pnc_offence.csv", loading.rows("pnc_offence", {
    offence("1", { ho_code = "046/00", verdict = "G" }),
    offence("2", { ho_code = "046/00", verdict = "NG" }),
    offence("3", { ho_code = "046/00", verdict = "G", disposal_code = "2079" }),
    offence("4", { ho_code = "195/55", verdict = "G" }),
    offence("5", { ho_code = "809/01", verdict = "G" }),
    offence("6", { ho_code = "046/00", verdict = "G", force_code = "90" }),
    offence("7", { ho_code = "046/00", disposal_code = "1109" }),
    offence("8", { ho_code = "046/00", verdict = "G", disposal_code = "2008" }),
    offence("9", { ho_code = "046/00", verdict = "G", offence_date = "1987-01-01" }),
    offence("10", { ho_code = "28C", verdict = "G" }),
    offence("11", { ho_code = "", verdict = "G" }),
    offence("12", { ho_code = "046/00", verdict = "G", disposal_code = "2068" }) }))
  place:load()
  check.equal(place:query("SELECT offence_id, excluded FROM offence ORDER BY offence_id"), {
    "1|", "2|not proven", "3|quashed", "4|breach", "5|not recordable",
    "6|outside England and Wales", "7|penalty notice", "8|interim", "9|under 10", "10|", "11|",
    "12|" })
  check.equal(place:query("SELECT line, column_name, reason_code FROM notice ORDER BY line"),
    { "11|ho_code|unknown_code", "12|ho_code|unknown_code" })
end)

test("when_an_offence_may_have_been_committed", function(check, place)
  place:write("extract.csv", loading.small_extract()["extract.csv"])
  local rows = {}
  for number, case in ipairs { { "1" }, { "2" }, { "3" }, { "4", "2009-01-20" }, { "5" }, { "6" },
    { "" }, { "", "2009-01-20" } } do
    rows[number] = { offence_id = tostring(number), pnc_id = GOOD, ho_code = "046/00",
      offence_date = "2009-01-10", offence_date_code = case[1], offence_date_end = case[2],
      proven_date = "2009-02-01", verdict = "G" }
  end
  rows[9] = { offence_id = "9", pnc_id = GOOD, ho_code = "046/00", proven_date = "2009-02-01" }
  place:write("pnc_offence.csv", loading.rows("pnc_offence", rows))
  place:load()
  check.equal(place:query("SELECT offence_id, offence_date, offence_date_end FROM offence"), {
    "1|2009-01-10|", "2||2009-01-09", "3|2009-01-11|2009-02-01", "4|2009-01-10|2009-01-20",
    "5|2009-01-10|", "6||2009-01-10", "7|2009-01-10|", "8|2009-01-10|2009-01-20", "9||" })
  check.equal(place:build(), "built")
end)

test("the_gravest_offence_is_the_index_offence", function(check, place)
  loading.write_all(place, loading.small_extract())
  local function offence(id, ho_code, verdict)
    return { offence_id = id, pnc_id = GOOD, appearance_id = "3", ho_code = ho_code,
      offence_date = "2009-06-20", proven_date = "2009-08-01", verdict = verdict }
  end
  place:write("pnc_offence.csv", loading.rows("pnc_offence", { offence("1", "046/00", "G"),
    offence("2", "001/01", "NG"), offence("3", "034/01", "G"), offence("4", "034/02", "G"),
    offence("5", "149/00", "G") }))
  place:load()
  check.equal(place:query("SELECT ho_code FROM appearance WHERE appearance_id = 30"), { "034/01" })
end)

test("memberships", function(check, place)
  local gone, back, gap, absent = pnc_id(1996, 2), pnc_id(1997, 3), pnc_id(1998, 4), pnc_id(1999, 5)
  local function managed(date, id, nominated, removed)
    return { extract_date = date, pnc_id = id, scheme = "PPO", area_code = "E23000014",
      status = removed and "removed" or "active", nominated_date = nominated,
      removed_date = removed }
  end
  local quarters = {
    ["2009-01-01"] = { { gone, "2008-12-01" }, { back, "2008-11-11" }, { gap }, { absent } },
    ["2009-04-01"] = { { gone, "2008-12-01", "2009-03-03" }, { back, "2008-11-11", "2009-02-02" } },
    ["2009-07-01"] = { { gap }, { back, "2009-06-06" } },
    ["2009-10-01"] = { { gap }, { back, "2009-06-06" } },
    ["2010-01-01"] = { { gap } },
    ["2010-04-01"] = { { gap } },
  }
  for date, rows in pairs(quarters) do
    for number, row in ipairs(rows) do rows[number] = managed(date, row[1], row[2], row[3]) end
    place:write("jtrack_caseload_" .. date .. ".csv", loading.rows("jtrack_caseload", rows))
  end
  place:write("oasys_assessment.csv", loading.rows("oasys_assessment", {
    { assessment_id = "1", pnc_id = GOOD, assessment_date = "2008-02-29", class_a_drug_use = "1" },
    { assessment_id = "2", pnc_id = gone, assessment_date = "2008-02-29", class_a_drug_use = "0",
      drug_score = "9" },
    { assessment_id = "3", pnc_id = back, assessment_date = "2009-01-01", drug_score = "5" },
    { assessment_id = "4", pnc_id = gap, assessment_date = "2009-01-01", drug_score = "4" } }))
  place:write("drug_test.csv", loading.rows("drug_test", {
    { test_id = "1", pnc_id = GOOD, test_date = "2009-02-28", result = "positive" },
    { test_id = "2", pnc_id = gone, test_date = "2009-02-28", result = "negative" } }))
  place:write("cohort_north.csv", loading.rows("cohort", {
    { pnc_id = GOOD, start_date = "2009-01-01", end_date = "2009-02-01" },
    { pnc_id = GOOD, start_date = "2009-02-02", end_date = "2009-03-01" },
    { pnc_id = GOOD, start_date = "2009-05-01" } }))
  place:load()
  check.equal(place:build(), "built")
  check.equal(place:query("SELECT subcohort, offender_id, start_date, end_date FROM membership"
    .. " ORDER BY subcohort, offender_id, start_date"), {
    "class_a|19950000001|2008-02-29|2010-02-27",
    "class_a|19970000003|2009-01-01|2009-12-31",
    "north|19950000001|2009-01-01|2009-03-01",
    "north|19950000001|2009-05-01|",
    "ppo|19960000002|2008-12-01|2009-03-03",
    "ppo|19970000003|2008-11-11|2009-02-02",
    "ppo|19970000003|2009-06-06|2009-10-01",
    "ppo|19980000004|2009-01-01|",
    "ppo|19990000005|2009-01-01|2009-01-01" })
end)

test("a_caseload_row_without_a_pnc_id_stays_and_is_noted", function(check, place)
  local row = { extract_date = "2009-04-01", surname = "BAKER", birth_date = "1985-10-11",
    scheme = "PPO", area_code = "E23000014", status = "active" }
  local broken = { extract_date = "2009-04-01", pnc_id = "95/1Q", surname = "COOK", scheme = "PPO",
    area_code = "E23000014", status = "active" }
  place:write("jtrack_caseload_2009-04-01.csv",
    loading.rows("jtrack_caseload", { row, broken, row }))
  place:load()
  check.equal(place:query("SELECT surname, offender_id FROM caseload"), { "BAKER|", "COOK|" })
  check.equal(rejects(place, "jtrack_caseload_2009-04-01.csv"), { "2 pnc_id duplicate" })
  check.equal(place:query("SELECT line, reason_code FROM notice ORDER BY line"),
    { "3|not_a_pnc_id", "4|empty" })
end)

test("a_local_cohort_cannot_take_the_name_of_another", function(check, place)
  place:write("cohort_ppo.csv", loading.rows("cohort",
    { { pnc_id = GOOD, start_date = "2009-01-01" } }))
  place:load()
  check.equal(rejects(place, "cohort_ppo.csv"), { "2 pnc_id reserved_name" })
end)

test("the_same_file_again_changes_nothing", function(check, place)
  loading.write_all(place, loading.small_extract())
  place:load()
  place:build()
  local before = place:content()
  local report = place:load()
  check.equal(report.changed, false)
  check.equal(place:build(), "unchanged")
  check.equal(place:content(), before)
end)

test("a_later_version_of_a_file_takes_its_place", function(check, place)
  local files = loading.small_extract()
  loading.write_all(place, files)
  place:load()
  place:write("prison_release.csv", loading.rows("prison_release", {}))
  place:load { "prison_release.csv" }
  check.equal(place:value("SELECT count(*) FROM release"), "0")
  check.equal(place:query("SELECT state FROM load_file WHERE file = 'prison_release.csv'"
    .. " ORDER BY state"), { "current", "superseded" })
  check.equal(counts(place, "prison_release.csv"), "0 = 0 + 0")
end)

-- Every order gives the same database; so does loading file by file.
test("the_order_of_loading_makes_no_difference", function(check, place)
  local files = loading.small_extract()
  files["pnc_offence_2010-01-01.csv"] = loading.rows("pnc_offence", { { offence_id = "3",
    pnc_id = GOOD, appearance_id = "3", ho_code = "045/10", offence_date = "2009-06-21",
    proven_date = "2009-08-01", verdict = "G" } })
  files["pnc_merge.csv"] = loading.rows("pnc_merge", { { superseded_pnc_id = pnc_id(2001, 22),
    current_pnc_id = GOOD, merge_date = "2010-01-01" } })
  loading.write_all(place, files)
  local names = {}
  for name in pairs(files) do names[#names + 1] = name end
  table.sort(names)
  place:load(names)
  place:build()
  local expected = place:content()
  for round = 1, 3 do
    local other = loading.place()
    loading.write_all(other, files)
    for place_from = #names, 2, -1 do
      local place_to = (place_from * 7 + round * 5) % place_from + 1
      names[place_from], names[place_to] = names[place_to], names[place_from]
    end
    for _, name in ipairs(names) do other:load { name } end
    other:build()
    local content = other:content()
    other:remove()
    check.equal(content == expected, true, "order " .. table.concat(names, " "))
  end
end)

test("what_a_later_load_changed", function(check, place)
  local files = loading.small_extract()
  loading.write_all(place, files)
  place:load()
  check.equal(place:query("SELECT count(*) FROM revision"), { "0" })
  files["pnc_appearance.csv"] = files["pnc_appearance.csv"]:gsub("2009%-02%-01", "2009-02-02")
  files["prison_release.csv"] = loading.rows("prison_release", {})
  files["drug_test.csv"] = loading.rows("drug_test", { { test_id = "1", pnc_id = GOOD,
    test_date = "2008-05-01", result = "positive" } })
  loading.write_all(place, files)
  place:load()
  check.equal(place:query("SELECT number, event, kind, year, added, removed, changed FROM revision"
    .. " ORDER BY event, kind"), { "1|appearance|caution|2009|0|0|1",
    "1|appearance|drug_test|2008|1|0|0", "1|appearance|release|2009|0|1|0" })
  place:load()
  check.equal(place:query("SELECT count(*) FROM revision"), { "3" })
end)

test("versions_of_one_file_in_any_order", function(check, place)
  local lfs = require "lfs"
  for _, year in ipairs { "2009", "2010" } do
    lfs.mkdir(place.extracts .. "/" .. year)
    place:write(year .. "/extract.csv", loading.rows("extract",
      { { name = "extract_date", value = year .. "-12-31" } }))
    place:write(year .. "/area.csv", loading.rows("area",
      { { area_code = "E1", area_name = "as of " .. year, area_type = "police_force" } }))
  end
  local other = loading.place()
  os.execute("cp -r '" .. place.extracts .. "'/* '" .. other.extracts .. "'")
  local report = place:load { "2009", "2010" }
  local states = {}
  for number, file in ipairs(report.files) do states[number] = file.name .. " " .. file.state end
  check.equal(states, { "area.csv superseded", "extract.csv superseded", "area.csv current",
    "extract.csv current" })
  other:load { "2010" }
  other:load { "2009" }
  check.equal(place:query("SELECT area_name FROM area"), { "as of 2010" })
  check.equal(place:content(), other:content())
  other:remove()
end)

test("refused_files_and_the_others", function(check, place)
  loading.write_all(place, loading.small_extract())
  place:write("pnc_person.csv", "pnc_id,surname,forename,birth_date,ethnicity\n")
  place:write("drug_test.csv", "")
  place:write("pnc_arrest.csv", "PK\3\4\0\0\0\8\0!\0\xff\xfe")
  place:write("pnc_charge_2009-02-30.csv", loading.rows("pnc_charge", {}))
  place:write("truth.csv", "anything\n")
  local report = place:load()
  check.equal(report.refused, 4)
  check.equal(#report.unknown, 1)
  local refused = {}
  for _, file in ipairs(report.files) do
    if file.state == "refused" then
      refused[#refused + 1] = file.name .. " " .. file.line .. " " .. file.column .. " "
        .. file.reason
    end
  end
  check.equal(refused, { "drug_test.csv 1  empty_file", "pnc_arrest.csv 1  not_text",
    "pnc_charge_2009-02-30.csv 1  not_a_date_in_name",
    "pnc_person.csv 1 sex missing_column" })
  check.equal(place:value("SELECT count(*) FROM appearance"), "4")
  check.equal(place:query("SELECT file, state, read, accepted, rejected FROM load_file"
    .. " WHERE state <> 'current' ORDER BY file"), { "drug_test.csv|refused|0|0|0",
    "pnc_arrest.csv|refused|0|0|0", "pnc_charge_2009-02-30.csv|refused|0|0|0",
    "pnc_person.csv|refused|0|0|0" })
  check.equal(place:load().changed, false)
end)

test("hostile_files_do_no_harm", function(check, place)
  local id = pnc_id(1999, 77)
  place:write("pnc_person.csv", loading.rows("pnc_person", {
    { pnc_id = GOOD, surname = "=HYPERLINK(\"http://x\")", forename = "x'; DROP TABLE person; --",
      birth_date = "1978-02-03", sex = "F" },
    { pnc_id = id, surname = "\n.shell echo harm > harm\n", birth_date = "1978-02-03", sex = "M" },
  }) .. pnc_id(1999, 78) .. ",A\0B,C,1978-02-03,M,\n" .. pnc_id(1999, 79) .. ",\xff\xfe,C,,M,\n"
    .. pnc_id(1999, 80) .. "," .. ("z"):rep(10 << 20) .. ",C,,M,\n")
  -- 5,000 columns: four of the format, the others kept aside with whatever they are called.
  local names = { "pnc_id", "asn", "arrest_date", "arrest_id" }
  local cells = { id, "", "2009-01-01", "1" }
  for number = 5, 5000 do
    names[number], cells[number] = "=cmd|' /C calc'!A" .. number, "@SUM(1)"
  end
  place:write("pnc_arrest.csv", table.concat(names, ",") .. "\n" .. table.concat(cells, ",") .. "\n"
    .. table.concat(cells, ",", 1, 4999) .. "\n")
  place:write("drug_test-x'; DROP TABLE person; --.csv", "test_id\"; DROP TABLE person,x\n1,2\n")
  place:write("area-$(touch harm)`touch harm`\".csv", "area_code,area_name,area_type,\"x\"\""
    .. "; DROP TABLE person\",'); DROP TABLE person; --\n"
    .. "E23000014,West Midlands,police_force,a,b\n")
  place:write("area-\n.shell touch harm\n:done\n.csv", "area_code,area_name,area_type\n")
  local report, problem = place:load()
  check.equal(problem, nil)
  check.equal(report.refused, 1)
  check.equal(report.unknown[1].message, "its name holds a line end or another control character")
  check.equal(place:query("SELECT count(*) FROM person"), { "2" })
  check.equal(place:query(".read 20_staged.sql\nSELECT extra FROM staged_area"),
    { [[{"x\"; DROP TABLE person":"a","'); DROP TABLE person; --":"b"}]] })
  check.equal(place:value("SELECT surname FROM person WHERE pnc_id = '" .. GOOD .. "'"),
    '=HYPERLINK("http://x")')
  check.equal(place:query("SELECT reason_code FROM reject WHERE file = 'pnc_person.csv'"
    .. " ORDER BY line"), { "nul_byte", "not_utf8", "field_too_long" })
  check.equal(counts(place, "pnc_person.csv"), "5 = 2 + 3")
  check.equal(counts(place, "pnc_arrest.csv"), "2 = 1 + 1")
  check.equal(place:query("SELECT reason_code, value_class FROM reject"
    .. " WHERE file = 'pnc_arrest.csv'"), { "too_few_fields|4999 fields, 5000 expected" })
  check.equal(place:value("SELECT extra_columns FROM load_file WHERE file = 'pnc_arrest.csv'"),
    "4996 columns")
  check.equal(place:value(".read 20_staged.sql\nSELECT json_extract(extra,"
    .. " '$.\"=cmd|'' /C calc''!A5000\"') FROM staged_pnc_arrest"), "@SUM(1)")
  check.equal(place:query("SELECT line FROM reject WHERE file = 'pnc_person.csv' ORDER BY line"),
    { "6", "7", "8" })
  check.equal(io.open("harm"), nil)
  check.equal(io.open("sql/harm"), nil)
end)

test("columns_the_format_does_not_know_are_kept_aside", function(check, place)
  place:write("area.csv", "colour,area_type,AREA_NAME,area_code\nred,police_force,Name,E1\n")
  local report = place:load()
  check.equal(#report.files[1].header.extra, 1)
  check.equal(place:query(".read 20_staged.sql\n"
    .. "SELECT area_code, area_name, extra FROM staged_area"),
    { 'E1|Name|{"colour":"red"}' })
  check.equal(place:query("SELECT extra_columns, absent_columns FROM load_file"),
    { "colour|parent_code" })
end)

test("a_parameter_changed_is_cleaned_and_built_again", function(check, place)
  loading.write_all(place, loading.small_extract())
  place:load()
  place:build()
  place:query("UPDATE parameter SET value = 'remand' WHERE name = 'release_types'")
  check.equal(place:build(), "built")
  check.equal(place:value("SELECT excluded FROM appearance WHERE kind = 'release'"), "sentence")
end)

test("a_failed_check_undoes_the_build", function(check, place)
  loading.write_all(place, loading.small_extract())
  place:load()
  place:query("UPDATE load_file SET read = read + 1 WHERE file = 'area.csv'")
  local outcome, problem = place:build()
  check.equal(outcome, nil)
  check.equal(problem.kind, "check")
  check.contains(problem.what, "accepted + rejected is not read in area.csv")
  check.equal(place:value("SELECT count(*) FROM result"), "0")
end)

test("what_is_not_there", function(check, place)
  local load = require "reoffend.load"
  local report, problem = load.run(place.database, { place.extracts .. "/none" }, print)
  check.equal(report, nil)
  check.equal(problem.kind, "usage")
  report, problem = load.run(place.folder .. "/none.db", { place.extracts }, print)
  check.equal(report, nil)
  check.equal(problem.kind, "database")
  place:write("other.csv", "a\n1\n")
  report = load.run(place.database, { place.extracts .. "/other.csv" }, print)
  check.equal(report.refused, 1)
end)

return tests
