--[[
derive.lua - re-derives what the lookups take from the register of CJS codes.

  lua5.4 sql/lookup/derive.lua PACKAGE FROM TO

PACKAGE is the unpacked npm package @moj-bichard7-developers/bichard7-next-data, FROM the folder of
the committed lookups, TO the folder the re-derived ones are written into. `make lookup` writes over
the committed ones; the test writes beside them and compares.

cjs_offence.csv and cjs_result.csv come from the package alone. In the small tables the first
columns (code, meaning) are the package's; the rest are ours and are carried over from FROM by code,
so a code new in the package appears with empty columns, to be decided by a person, and one gone
from it disappears unless its source is another. police_force.csv
is a choice among the package's forces: only the names are refreshed.

Requires: dkjson.
]]
local json = require("dkjson")

local SOURCE = "bichard-data"
local LABEL_LENGTH = 60

local function fail(message)
  io.stderr:write("derive: ", message, "\n")
  os.exit(2)
end

local function read_file(path)
  local file, reason = io.open(path, "rb")
  if not file then fail(reason) end
  local text = file:read("a")
  file:close()
  return text
end

local function write_file(path, lines)
  local file, reason = io.open(path, "wb")
  if not file then fail(reason) end
  file:write(table.concat(lines, "\n"), "\n")
  file:close()
end

local function read_json(package, name)
  local value, _, reason = json.decode(read_file(package .. "/dist/data/" .. name .. ".json"))
  if not value then fail(name .. ": " .. reason) end
  return value
end

local function quote(field)
  if field:find('[,"\n]') then return '"' .. field:gsub('"', '""') .. '"' end
  return field
end

local function line_of(fields)
  local quoted = {}
  for i, field in ipairs(fields) do quoted[i] = quote(field) end
  return table.concat(quoted, ",")
end

local function fields_of(line)
  local fields, at = {}, 1
  while at <= #line + 1 do
    if line:sub(at, at) == '"' then
      local text, stop = "", at
      repeat
        local close = line:find('"', stop + 1, true)
        text = text .. line:sub(stop + 1, close)
        stop = close + 1
      until line:sub(stop, stop) ~= '"'
      fields[#fields + 1] = text:sub(1, -2)
      at = stop + 1
    else
      local stop = line:find(",", at, true) or #line + 1
      fields[#fields + 1] = line:sub(at, stop - 1)
      at = stop + 1
    end
  end
  return fields
end

-- The title made short: one line, at most LABEL_LENGTH characters, cut between words.
local function label(title)
  title = title:gsub("%s+", " "):gsub("^ ", ""):gsub("[ .]+$", "")
  local length = utf8.len(title)
  if not length then fail("a title is not UTF-8") end
  if length <= LABEL_LENGTH then return title end
  local cut = title:sub(1, utf8.offset(title, LABEL_LENGTH + 2) - 1)
  cut = cut:match("^(.*) ") or title:sub(1, utf8.offset(title, LABEL_LENGTH + 1) - 1)
  return (cut:gsub("[ ,;:(/-]+$", ""))
end

local function yes_no(value)
  return value and "yes" or "no"
end

-- Sorted by code in upper case, the order the built tables search in.
local function write_table(path, head, rows)
  table.sort(rows, function(a, b) return a[1]:upper() < b[1]:upper() end)
  local lines = { head }
  for _, row in ipairs(rows) do lines[#lines + 1] = line_of(row) end
  write_file(path, lines)
end

local function write_offences(package, to)
  local rows = {}
  for _, offence in ipairs(read_json(package, "offence-code")) do
    rows[#rows + 1] = {
      offence.cjsCode, offence.homeOfficeClassification, offence.offenceCategory,
      yes_no(offence.recordableOnPnc), yes_no(offence.notifiableToHo),
      label(offence.offenceTitle), SOURCE, "", "",
    }
  end
  write_table(to .. "/cjs_offence.csv",
    "cjs_code,ho_class,category,recordable,notifiable,label,source,valid_from,valid_to", rows)
end

local function write_results(package, to)
  local rows = {}
  for _, result in ipairs(read_json(package, "result-code")) do
    rows[#rows + 1] = { result.cjsCode, label(result.description), result.type, SOURCE, "", "" }
  end
  write_table(to .. "/cjs_result.csv", "code,label,type,source,valid_from,valid_to", rows)
end

-- Rewrites the first two columns of a small table from the package and keeps the others. `closed`:
-- the table is our choice among the package's codes, so none is added.
local function refresh(package, from, to, name, json_name, code_key, name_key, closed)
  local text = read_file(from .. "/" .. name)
  local kept, order, head = {}, {}, nil
  for line in text:gmatch("[^\n]+") do
    if not head then
      head = line
    else
      local fields = fields_of(line)
      kept[fields[1]] = fields
      order[#order + 1] = fields[1]
    end
  end
  local meaning = {}
  for _, entry in ipairs(read_json(package, json_name)) do
    meaning[entry[code_key]] = entry[name_key]
    if not kept[entry[code_key]] and not closed then
      local fields = { entry[code_key] }
      for i = 2, #fields_of(head) do fields[i] = "" end
      kept[entry[code_key]] = fields
      order[#order + 1] = entry[code_key]
    end
  end
  local lines = { head }
  for _, code in ipairs(order) do
    local fields = kept[code]
    local from_package = table.concat(fields, "\n"):find(SOURCE, 1, true)
    fields[2] = meaning[code] or fields[2]
    if meaning[code] or not from_package then lines[#lines + 1] = line_of(fields) end
  end
  write_file(to .. "/" .. name, lines)
end

local package, from, to = arg[1], arg[2], arg[3]
if not to then fail("usage: derive.lua PACKAGE FROM TO") end
write_offences(package, to)
write_results(package, to)
refresh(package, from, to, "verdict.csv", "verdict", "cjsCode", "description")
refresh(package, from, to, "offence_date_code.csv", "actual-offence-date", "cjsCode",
  "description")
refresh(package, from, to, "duration_unit.csv", "duration-unit", "cjsCode", "description")
refresh(package, from, to, "offence_category.csv", "offence-category", "cjsCode", "description")
refresh(package, from, to, "police_force.csv", "forces", "code", "name", true)
