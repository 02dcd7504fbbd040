-- The list of formats: names of files, and agreement with the staging tables and the documentation.

local extract_format = require "reoffend.extract_format"
local loading = require "loading"

local tests = {}

local function name_of(file)
  local format = extract_format.recognise(file)
  return format and format.name
end

function tests.files_are_recognised_by_their_names(check)
  check.equal(name_of("pnc_offence.csv"), "pnc_offence")
  check.equal(name_of("pnc_offence.CSV"), "pnc_offence")
  check.equal(name_of("pnc_offence-2.csv"), "pnc_offence")
  check.equal(name_of("pnc_offence_2009-03-31.csv"), "pnc_offence")
  check.equal(name_of("pnc_offence-north_2009-03-31.csv"), "pnc_offence")
  check.equal(name_of("jtrack_caseload_2009-04-01.csv"), "jtrack_caseload")
  check.equal(name_of("cohort_burglars.csv"), "cohort")
  check.equal(name_of("cohort_burglars-2.csv"), "cohort")
  for _, file in ipairs { "truth.csv", "offence.csv", "pnc_offence.txt", "pnc_offence",
    "README.txt", "cohort.csv", "cohort_Burglars.csv", "cohort_.csv", "pnc_offences.csv",
    ".csv" } do
    check.equal(name_of(file), nil, file)
  end
end

function tests.what_a_name_says(check)
  check.equal(extract_format.date_in_name("jtrack_caseload_2009-04-01.csv"), "2009-04-01")
  check.equal(extract_format.date_in_name("pnc_offence-2009.csv"), nil)
  check.equal(extract_format.cohort_in_name("cohort_north_east-1.csv"), "north_east-1")
  check.equal(extract_format.cohort_in_name("cohort_north_2009-04-01.csv"), "north")
  check.equal(extract_format.cohort_in_name("pnc_person.csv"), nil)
end

function tests.a_day_of_the_calendar(check)
  for _, text in ipairs { "2009-01-31", "2008-02-29", "2000-02-29", "2009-12-31" } do
    check.equal(extract_format.is_day(text), true, text)
  end
  for _, text in ipairs { "2009-02-30", "2009-02-29", "1900-02-29", "2009-00-01", "2009-13-01",
    "2009-04-31", "2009-01-00", "0000-01-01", "2009-1-1", "" } do
    check.equal(extract_format.is_day(text), false, text)
  end
end

-- A column in one place and not in the other would shift every value of a row.
tests.staging_tables_have_the_columns_of_the_formats = loading.with_place(function(check, place)
  for _, format in ipairs(extract_format.list) do
    local names = { "file_id", "line", "extra" }
    for _, column in ipairs(format.columns) do names[#names + 1] = column.name end
    check.equal(place:query("SELECT name FROM pragma_table_info('" .. format.stage
      .. "') ORDER BY cid"), names, format.name)
  end
end)

function tests.every_format_and_column_is_documented(check)
  local file = assert(io.open("sql/README.md"))
  local text = file:read("a")
  file:close()
  for _, format in ipairs(extract_format.list) do
    local section = text:match("\n### " .. format.name .. "\n(.-)\n##")
      or text:match("\n### " .. format.name .. "\n(.*)$")
    check.truthy(section, "a section on " .. format.name)
    for _, column in ipairs(format.columns) do
      check.contains(section, "| `" .. column.name .. "` |", format.name)
    end
  end
end

return tests
