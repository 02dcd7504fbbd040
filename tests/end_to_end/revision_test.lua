-- Revisions: a second load with known differences gives exactly these, in records and figures.

local loading = require "loading"
local shell = require "reoffend.shell"

local tests = {}

local function test(name, body) tests[name] = loading.with_place(body) end

local FIRST, SECOND = loading.pnc_id(1995, 1), loading.pnc_id(2001, 22)

local function managed(pnc_id, status, surname)
  return { extract_date = "2009-04-01", pnc_id = pnc_id, scheme = "PPO", status = status,
    area_code = "E23000014", surname = surname }
end

local function more_files()
  local files = loading.small_extract()
  files["jtrack_caseload_2009-04-01.csv"] = loading.rows("jtrack_caseload",
    { managed(FIRST, "active"), managed(SECOND, "active"), managed("", "active", "NOBODY") })
  -- By name and birth date the second person: matched by a build, and no revision by the next load.
  files["jtrack_caseload_2009-07-01.csv"] = loading.rows("jtrack_caseload", {
    { extract_date = "2009-07-01", scheme = "PPO", status = "active", surname = "BAKER",
      forename = "BOB", birth_date = "1985-10-11" } })
  files["pnc_arrest.csv"] = loading.rows("pnc_arrest", {
    { arrest_id = "1", pnc_id = FIRST, asn = "A1", arrest_date = "2009-01-21" },
    { arrest_id = "2", pnc_id = FIRST, asn = "A2", arrest_date = "2010-01-21" } })
  files["oasys_assessment.csv"] = loading.rows("oasys_assessment", {
    { assessment_id = "1", pnc_id = FIRST, assessment_date = "2009-03-03", drug_score = "4" } })
  return files
end

local REVISION = "SELECT event, kind, year, added, removed, changed FROM revision WHERE number ="
  .. " (SELECT max(number) FROM revision) ORDER BY event, kind, year"

test("a_second_load_changes_known_records", function(check, place)
  local files = more_files()
  loading.write_all(place, files)
  place:load()
  check.equal(place:query(REVISION), {})
  check.equal(place:build(), "built")
  check.equal(place:query("SELECT matched_by FROM caseload WHERE extract_date = '2009-07-01'"),
    { "name" })
  local function replace(name, old, new)
    local text, times = files[name]:gsub(old, new)
    check.equal(times, 1, name .. " " .. old)
    files[name] = text
  end
  replace("pnc_person.csv", "1978%-02%-03", "1978-03-02")
  replace("pnc_appearance.csv", "2009%-02%-01", "2009-02-02")
  replace("pnc_offence.csv", "046/00", "034/01")
  replace("oasys_assessment.csv", ",4\n", ",9\n")
  files["prison_release.csv"] = loading.rows("prison_release", {})
  files["drug_test.csv"] = loading.rows("drug_test", { { test_id = "1", pnc_id = FIRST,
    test_date = "2008-05-01", result = "positive" } })
  files["pnc_charge.csv"] = loading.rows("pnc_charge", { { charge_id = "1", pnc_id = FIRST,
    charge_date = "2009-01-22", ho_code = "046/00" } })
  files["pnc_arrest.csv"] = loading.rows("pnc_arrest", { { arrest_id = "2", pnc_id = FIRST,
    asn = "A2", arrest_date = "2010-01-21" } })
  files["pnc_merge.csv"] = loading.rows("pnc_merge", { { current_pnc_id = FIRST,
    superseded_pnc_id = loading.pnc_id(1996, 2), merge_date = "2010-01-01" } })
  files["cohort_north.csv"] = loading.rows("cohort", { { pnc_id = FIRST,
    start_date = "2008-01-01" } })
  files["jtrack_caseload_2009-04-01.csv"] = loading.rows("jtrack_caseload",
    { managed(FIRST, "removed"), managed(SECOND, "active"), managed("", "active", "NOONE") })
  loading.write_all(place, files)
  place:load()
  check.equal(place:query(REVISION), {
    "appearance|caution|2009|0|0|1", "appearance|drug_test|2008|1|0|0",
    "appearance|release|2009|0|1|0", "arrest|arrest|2009|0|1|0", "assessment|assessment|2009|0|0|1",
    "caseload|PPO|2009|1|1|1", "charge|charge|2009|1|0|0", "cohort|north|2008|1|0|0",
    "merge|merge|2010|1|0|0", "offence|caution|2009|0|0|1", "person|person|1995|0|0|1" })
end)

test("only_the_figures_that_changed_are_listed", function(check, place)
  local files = loading.small_extract()
  loading.write_all(place, files)
  place:load()
  place:build()
  check.equal(place:value("SELECT count(*) FROM result_revision"), "0")
  -- The re-offence was committed before the index event after all: only windows with it change.
  files["pnc_offence.csv"] = files["pnc_offence.csv"]:gsub("105/01,2009%-06%-20",
    "105/01,2009-01-20")
  loading.write_all(place, files)
  place:load()
  place:load() -- once more without a change: what the last build had stays to compare with
  check.equal(place:build(), "built")
  check.equal(place:query("SELECT measure, was_final, old_value, new_value FROM result_revision"
    .. " WHERE topic = '' AND window_start = '2009-01-01' ORDER BY measure"), {
    "frequency|1|1.0|", "per_offender|1|0.5|0.0", "proportion|1|0.5|0.0",
    "reoffences|1|1.0|0.0", "reoffenders|1|1.0|0.0",
    "violent_sexual_reoffences|1|1.0|0.0", "violent_sexual_reoffenders|1|1.0|0.0" })
  check.equal(place:query("SELECT breakdown, measure, old_value, new_value FROM result_revision"
    .. " WHERE topic = 'months_to_reoffence' AND window_start = '2009-01-01'"
    .. " AND measure IN ('offenders', 'reoffenders') ORDER BY breakdown, measure"),
    { "5|offenders|1.0|", "5|reoffenders|1.0|", "unknown|offenders|1.0|2.0" })
  -- Counted once more without the list: each figure of both builds, compared one by one.
  check.equal(place:value("SELECT count(*) FROM result AS n JOIN result_previous AS o"
    .. " USING (topic, window_start) WHERE topic = '' AND n.reoffences IS NOT o.reoffences"),
    place:value("SELECT count(*) FROM result_revision WHERE topic = ''"
    .. " AND measure = 'reoffences'"))
end)

test("the_command_prints_both", function(check, place)
  local function say(options)
    local pipe = io.popen("lua5.4 " .. shell.word(shell.root .. "/lua/bin/reoffend")
      .. " revisions " .. options .. " " .. shell.word(place.database))
    local text = pipe:read("a")
    pipe:close()
    return text
  end
  local files = loading.small_extract()
  loading.write_all(place, files)
  place:load()
  place:build()
  check.equal(say(""), "nothing has been revised\n")
  files["pnc_offence.csv"] = files["pnc_offence.csv"]:gsub("105/01,2009%-06%-20",
    "105/01,2009-01-20")
  loading.write_all(place, files)
  place:load()
  place:build()
  local text = say("")
  check.contains(text, "offence    conviction   2009            0        0        1")
  check.contains(text, "everyone, 2009-01-01, reoffences: 1 -> 0")
  check.contains(say("--figures"), '"",2009-01-01,"",reoffences,1,1.0,0.0')
end)

return tests
