-- Quarter by quarter or all at once: the same database, compared by content.

local lfs = require "lfs"
local loading = require "loading"

local tests = {}

local QUARTERS = { "2010-12-31", "2011-03-31", "2011-06-30", "2011-09-30", "2011-12-31" }

-- The column whose date says which quarter's extract a row is on.
local DATED = { pnc_appearance = "appearance_date", pnc_offence = "offence_date",
  pnc_arrest = "arrest_date", pnc_charge = "charge_date", prison_release = "release_date",
  drug_test = "test_date", oasys_assessment = "assessment_date", pnc_merge = "merge_date" }

-- The lines of a file of the nation: its header and its rows. None of these files has a line end
-- within quotes.
local function read_lines(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line:gsub("\r$", "") end
  lines[1] = lines[1]:gsub("^\239\187\191", "")
  return table.remove(lines, 1), lines
end

local function write_lines(path, header, lines)
  local file = assert(io.open(path, "wb"))
  assert(file:write(header, "\n", table.concat(lines, "\n"), #lines > 0 and "\n" or ""))
  file:close()
end

local function column_of(header, name)
  local place = 0
  for column in header:gmatch("[^,]+") do
    if column == name then return place end
    place = place + 1
  end
end

-- The number of the first extract that can hold a row of that date.
local function quarter_of(date)
  for number, last in ipairs(QUARTERS) do
    if date <= last then return number end
  end
  return #QUARTERS
end

-- Each row on the extract of its quarter; every seventh once more on the next, and some of these
-- revised there: the last cell is emptied.
local function split(from, to, format, date_column)
  local header, lines = read_lines(from .. "/" .. format .. ".csv")
  local before = ("[^,]*,"):rep(column_of(header, date_column))
  local parts = {}
  for number in ipairs(QUARTERS) do parts[number] = {} end
  for number, line in ipairs(lines) do
    local quarter = quarter_of(line:match("^" .. before .. "([^,]*)") or "")
    table.insert(parts[quarter], line)
    if quarter < #QUARTERS and number % 7 == 0 then
      table.insert(parts[quarter + 1], number % 40 == 0 and line:gsub("[^,]*$", "") or line)
    end
  end
  for number, last in ipairs(QUARTERS) do
    write_lines(to .. "/" .. number .. "/" .. format .. "_" .. last .. ".csv", header,
      parts[number])
  end
end

-- Five folders of extracts below `to`, made from the nation's.
local function make_quarters(from, to)
  for number, last in ipairs(QUARTERS) do
    local folder = to .. "/" .. number
    assert(lfs.mkdir(folder))
    write_lines(folder .. "/extract.csv", "name,value",
      { "extract_date," .. last, "synthetic,yes" })
    for _, name in ipairs { "area", "pnc_person" } do
      os.execute("cp '" .. from .. "/" .. name .. ".csv' '" .. folder .. "/" .. name .. "_" .. last
        .. ".csv'")
    end
  end
  for format, column in pairs(DATED) do split(from, to, format, column) end
  for name in lfs.dir(from) do
    local date = name:match("^jtrack_caseload_(.*)%.csv$")
    if date then
      os.execute("cp '" .. from .. "/" .. name .. "' '" .. to .. "/" .. quarter_of(date) .. "'")
    end
  end
end

-- From 2006 on: fewer windows, which take most of the time.
local function build(place)
  place:query("UPDATE parameter SET value = '2006-01-01' WHERE name = 'first_window'")
  return place:build()
end

tests.quarter_by_quarter_is_all_at_once = loading.with_place(function(check, place)
  local nation = place.folder .. "/nation"
  assert(os.execute("build/release/nation --out '" .. nation .. "' --scale 0.0005 --seed 4"
    .. " > '" .. place.folder .. "/said'"))
  make_quarters(nation, place.extracts)
  local all = {}
  for number in ipairs(QUARTERS) do
    all[number] = tostring(number)
    place:load { all[number] }
    if number == 1 or number == #QUARTERS then check.equal(build(place), "built") end
  end
  check.equal(place:value("SELECT count(DISTINCT reason_code) FROM reject WHERE reason_code IN"
    .. " ('duplicate', 'superseded')"), "2")
  check.truthy(tonumber(place:value("SELECT max(number) FROM revision")) == #QUARTERS - 1)
  local content = place:content()
  for _, order in ipairs { { 1, 2, 3, 4, 5 }, { 5, 3, 1, 4, 2 } } do
    local other = loading.place()
    local names = {}
    for number, quarter in ipairs(order) do names[number] = place.extracts .. "/" .. quarter end
    local report = require "reoffend.load".run(other.database, names, function() end)
    check.equal(report.refused, 0)
    check.equal(build(other), "built")
    check.equal(other:content() == content, true, "order " .. table.concat(order, " "))
    other:remove()
  end
  check.truthy(#content > 1 << 20, "there is something to compare")
end)

return tests
