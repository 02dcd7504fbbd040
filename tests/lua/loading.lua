-- loading.lua - extracts and databases for the tests of loading. Requires lfs, reoffend.build,
-- reoffend.extract_format, reoffend.load, reoffend.shell.
--
--   local place = loading.place()                     -- a folder with a database, made by init
--   place:write("area.csv", { { "area_code", … }, { "E23000001", … } })   -- rows, or a text
--   local report, problem = place:load()              -- or place:load { "a.csv", "b.csv" }
--   place:query("SELECT …")                           -- printed lines
--   place:remove()

local lfs = require "lfs"
local build = require "reoffend.build"
local extract_format = require "reoffend.extract_format"
local load = require "reoffend.load"
local shell = require "reoffend.shell"

local loading = {}

local LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"

-- The canonical PNC id of a year and serial.
function loading.pnc_id(year, serial)
  local rest = ((year % 100) * 10000000 + serial) % 23
  return string.format("%04d/%07d%s", year, serial, LETTERS:sub(rest + 1, rest + 1))
end

local function csv_cell(value)
  if value:find('[",\r\n]') then return '"' .. value:gsub('"', '""') .. '"' end
  return value
end

function loading.csv(rows)
  local lines = {}
  for place, row in ipairs(rows) do
    local cells = {}
    for index, value in ipairs(row) do cells[index] = csv_cell(tostring(value)) end
    lines[place] = table.concat(cells, ",")
  end
  return table.concat(lines, "\n") .. "\n"
end

-- CSV of a format: each row a table by column name; what is not given is empty.
function loading.rows(format_name, rows)
  local header = {}
  for place, column in ipairs(extract_format.find(format_name).columns) do
    header[place] = column.name
  end
  local lines = { header }
  for _, row in ipairs(rows) do
    local cells = {}
    for place, name in ipairs(header) do cells[place] = row[name] or "" end
    lines[#lines + 1] = cells
  end
  return loading.csv(lines)
end

local place_type = {}
place_type.__index = place_type

function loading.place()
  local folder = shell.capture("mktemp -d")
  local place = setmetatable({ folder = folder, database = folder .. "/test.db",
    extracts = folder .. "/extracts" }, place_type)
  assert(lfs.mkdir(place.extracts))
  local made, problem = build.init(place.database)
  assert(made, problem and problem.what)
  return place
end

function place_type:write(name, content)
  local file = assert(io.open(self.extracts .. "/" .. name, "wb"))
  assert(file:write(type(content) == "table" and loading.csv(content) or content))
  assert(file:close())
end

function place_type:load(names)
  local inputs = {}
  for place, name in ipairs(names or {}) do inputs[place] = self.extracts .. "/" .. name end
  return load.run(self.database, names and inputs or { self.extracts }, function() end)
end

function place_type:build()
  return build.run(self.database, function() end)
end

function place_type:query(sql)
  local session = assert(shell.open(self.database))
  local lines, message = session:run(sql .. ";")
  session:close()
  return assert(lines, message)
end

function place_type:value(sql)
  return self:query(sql)[1]
end

-- The content of a database without its own numbers: what must not depend on the order of loading.
function place_type:content()
  local tables = { "area", "pnc_merge", "person", "offender", "appearance", "offence", "release",
    "drug_test", "arrest", "charge", "caseload", "assessment", "local_cohort", "membership",
    "provenance", "notice", "reject", "load_file", "result", "made_from",
    "match_review", "match_rate", "model", "model_term", "model_pooled", "model_quality",
    "model_decile" }
  local commands = { ".mode insert" }
  for _, name in ipairs(tables) do
    local columns = self:value("SELECT group_concat('\"' || name || '\"', ', ') FROM"
      .. " pragma_table_info('" .. name .. "')")
    commands[#commands + 1] = "SELECT '" .. name .. "', * FROM " .. name .. " ORDER BY " .. columns
      .. ";"
  end
  return table.concat(self:query(table.concat(commands, "\n")), "\n")
end

function place_type:remove()
  os.execute("rm -rf " .. shell.word(self.folder))
end

-- Runs a test with a place and removes it, whatever happens.
function loading.with_place(test)
  return function(check)
    local place = loading.place()
    local good, message = xpcall(test, debug.traceback, check, place)
    place:remove()
    if not good then error(message, 0) end
  end
end

-- A small good extract of two people, as text by file name.
function loading.small_extract()
  local first, second = loading.pnc_id(1995, 1), loading.pnc_id(2001, 22)
  return {
    ["extract.csv"] = loading.rows("extract", { { name = "extract_date", value = "2011-12-31" },
      { name = "synthetic", value = "yes" } }),
    ["area.csv"] = loading.rows("area", { { area_code = "E23000014", area_name = "West Midlands",
      area_type = "police_force" } }),
    ["pnc_person.csv"] = loading.rows("pnc_person", {
      { pnc_id = first, surname = "ARCHER", forename = "ANN", birth_date = "1978-02-03", sex = "F",
        ethnicity = "White" },
      { pnc_id = second, surname = "BAKER", forename = "BOB", birth_date = "1985-10-11", sex = "M",
        ethnicity = "Black" } }),
    ["pnc_appearance.csv"] = loading.rows("pnc_appearance", {
      { appearance_id = "1", pnc_id = first, appearance_date = "2009-02-01", kind = "caution",
        home_area_code = "E23000014", force_code = "20" },
      { appearance_id = "2", pnc_id = second, appearance_date = "2009-03-01", kind = "conviction",
        disposal_code = "1002", duration = "M6", force_code = "20" },
      { appearance_id = "3", pnc_id = first, appearance_date = "2009-08-01", kind = "conviction",
        disposal_code = "1015", force_code = "20" } }),
    ["pnc_offence.csv"] = loading.rows("pnc_offence", {
      { offence_id = "1", pnc_id = first, appearance_id = "1", ho_code = "046/00",
        offence_date = "2009-01-20", offence_date_code = "1", proven_date = "2009-02-01",
        force_code = "20" },
      { offence_id = "2", pnc_id = second, appearance_id = "2", ho_code = "028/03",
        offence_date = "2008-12-20", offence_date_code = "1", proven_date = "2009-03-01",
        verdict = "G", disposal_code = "1002", force_code = "20" },
      { offence_id = "3", pnc_id = first, appearance_id = "3", ho_code = "105/01",
        offence_date = "2009-06-20", offence_date_code = "1", proven_date = "2009-08-01",
        verdict = "G", disposal_code = "1015", force_code = "20" } }),
    ["prison_release.csv"] = loading.rows("prison_release", {
      { release_id = "1", pnc_id = second, release_date = "2009-06-01", release_type = "sentence",
        sentence_date = "2009-03-01", duration = "M6", home_area_code = "E23000014" } }),
  }
end

function loading.write_all(place, files)
  for name, content in pairs(files) do place:write(name, content) end
end

return loading
