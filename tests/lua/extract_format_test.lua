-- The list of formats: names of files, and agreement with the staged rows and the documentation.

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
    "pnc_offence-\n.csv", "pnc_offence-\r.csv", "README.txt", "cohort.csv", "cohort_Burglars.csv",
    "cohort_.csv", "pnc_offences.csv", ".csv" } do
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

-- The columns of temp.staged_FORMAT between those that tell where a row stands and what it lacks.
tests.staged_rows_have_the_columns_of_the_formats = loading.with_place(function(check, place)
  for _, format in ipairs(extract_format.list) do
    local names = { "file_id", "file", "part", "line", "place", "fault" }
    for _, column in ipairs(format.columns) do names[#names + 1] = column.name end
    for _, name in ipairs { "unknown", "extra", "row_text" } do names[#names + 1] = name end
    check.equal(place:query(".read 20_staged.sql\nSELECT name FROM pragma_table_info('staged_"
      .. format.name .. "') ORDER BY cid"), names, format.name)
  end
end)

-- No column that may be absent has cells that must not be empty.
tests.required_cells_are_of_needed_columns = loading.with_place(function(check)
  local file = assert(io.open("sql/20_staged.sql"))
  local text = file:read("a")
  file:close()
  for _, format in ipairs(extract_format.list) do
    local declared = text:match("%(format=" .. format.name .. ",(.-)%);")
    check.truthy(declared, format.name)
    for _, column in ipairs(format.columns) do
      local required = declared:find("\n  " .. column.name .. " required ", 1, true) ~= nil
      check.truthy(not (required and column.optional), format.name .. "." .. column.name)
    end
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
