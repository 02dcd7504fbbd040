-- tidy_csv.lua - the figures of a publication as one long CSV file and its description (CSVW).
--
-- Requires: dkjson, reoffend.html (for clean text), reoffend.labels, reoffend.measures.
--
--   local sheet = tidy_csv.new(release)
--   sheet:add(record, topic, names)     -- one line per measure; the same line twice is kept once
--   sheet:csv(), sheet:metadata(file_name, title)
--
-- 1. One line per observation: period, area, sub-cohort, breakdown, measure, unit, value, limits,
--    numerator, denominator, and two status columns beside the value. No value: an empty cell and a
--    status that says why. Proportions run from 0 to 1. UTF-8, a line ends in a line feed.
-- 2. A text that a spreadsheet would run as a formula (it starts with = + - @, a tab or a carriage
--    return) gets an apostrophe in front. Numbers are numbers, so a minus sign there is safe.
-- 3. Lines stand in a fixed order, numbers in their shortest form that reads back exactly.

local json = require "dkjson"
local html = require "reoffend.html"
local labels = require "reoffend.labels"
local measures = require "reoffend.measures"

local tidy_csv = {}
tidy_csv.__index = tidy_csv

-- Column, type and meaning: the header of the file and its description.
local COLUMNS = {
  { "window_start", "date", "First day of the twelve-month window that identifies offenders" },
  { "window_end", "date", "Last day of the window" },
  { "geographic_level", "string", "Country, or the type of the area" },
  { "area_code", "string", "Code of the area (Government Statistical Service)" },
  { "area_name", "string", "Name of the area" },
  { "subcohort", "string", "Sub-cohort, or all" },
  { "breakdown_topic", "string", "What the line is broken down by, or total" },
  { "breakdown", "string", "Group within the topic, or total" },
  { "measure", "string", "Name of the measure" },
  { "unit", "string", "Unit of the value; a proportion runs from 0 to 1" },
  { "value", "number", "The figure; empty where a status says why" },
  { "lower_95", "number", "Lower limit of the 95% confidence interval" },
  { "upper_95", "number", "Upper limit of the 95% confidence interval" },
  { "numerator", "number", "What is divided" },
  { "denominator", "number", "What it is divided by" },
  { "obs_status", "string", "p provisional, u unreliable, x not available, z not applicable;"
    .. " several are separated by a space; empty: final" },
  { "conf_status", "string", "F free, C confidential (hidden because it concerns few people)" },
}
tidy_csv.COLUMNS = COLUMNS

local KEY = { "window_start", "area_code", "subcohort", "breakdown_topic", "breakdown", "measure" }

tidy_csv.NATION = { code = "K04000001", name = "England and Wales", level = "country" }

-- A cell of text, safe to open in a spreadsheet and quoted where CSV needs it.
function tidy_csv.text_cell(text)
  local defused = text:find("^[=+@\t\r-]") and "'" .. text or text
  text = html.clean(defused):gsub("\r\n?", "\n")
  if text:find('[",\n]') then return '"' .. text:gsub('"', '""') .. '"' end
  return text
end

-- The shortest form of a number that reads back as the same number; nil is an empty cell.
function tidy_csv.number_cell(number)
  if number == nil then return "" end
  if math.type(number) == "integer" then return tostring(number) end
  for digits = 15, 17 do
    local text = string.format("%." .. digits .. "g", number)
    if tonumber(text) == number then return text end
  end
end

function tidy_csv.new(release)
  return setmetatable({ release = release, lines = {}, seen = {}, columns = COLUMNS, key = KEY },
    tidy_csv)
end

-- The level, code and name of the area a record is of.
function tidy_csv.place_of(sheet, record)
  if not record.area_code and not record.unknown_area then
    return tidy_csv.NATION.level, tidy_csv.NATION.code, tidy_csv.NATION.name
  end
  local area = sheet.release.areas[record.area_code]
  if not area then return "unknown", record.area_code or "x", "Area not known" end
  return area.area_type or "area", record.area_code, area.area_name
end

local function statuses(cell)
  local observed, confidential = {}, "F"
  for _, mark in ipairs(cell.marks) do
    if mark == "c" then confidential = "C" else observed[#observed + 1] = mark end
  end
  return table.concat(observed, " "), confidential
end

-- Adds one line for each named measure of a record. `topic`: the breakdown column, or nil for the
-- total; `label` stands in for the label of the record's breakdown.
function tidy_csv:add(record, topic, names, label)
  local window = self.release.windows[record.window_start]
  local level, code, name = tidy_csv.place_of(self, record)
  local place = 0
  if topic == "subcohort" then topic = nil end -- it has its own column
  if topic and not label then label, place = labels.value(topic, record.breakdown) end
  local subcohort = record.subcohort and labels.value("subcohort", record.subcohort) or "all"
  for _, measure_name in ipairs(names) do
    local cell = measures.cell(record, measure_name)
    local key = table.concat({ record.window_start, code, subcohort, topic or "total",
      label or "total", measure_name }, "\31")
    if not self.seen[key] then
      self.seen[key] = true
      local observed, confidential = statuses(cell)
      local texts = { record.window_start, window.last_day, level, code, name, subcohort,
        topic or "total", label or "total", measure_name, cell.measure.unit }
      for column, text in ipairs(texts) do texts[column] = tidy_csv.text_cell(text) end
      for _, number in ipairs { "value", "low", "high", "numerator", "base" } do
        texts[#texts + 1] = tidy_csv.number_cell(cell[number])
      end
      texts[#texts + 1], texts[#texts + 2] = observed, confidential
      self.lines[#self.lines + 1] = {
        text = table.concat(texts, ","), order = #self.lines + 1,
        window = record.window_start, code = code, subcohort = subcohort,
        topic = topic or "", place = place, measure = measure_name,
        confidential = confidential == "C",
      }
    end
  end
end

local ORDER = { "window", "code", "subcohort", "topic", "place", "order" }

local function comes_before(one, other)
  for _, field in ipairs(ORDER) do
    if one[field] ~= other[field] then return one[field] < other[field] end
  end
  return false
end

-- The whole file.
function tidy_csv:csv()
  table.sort(self.lines, comes_before)
  local names, texts = {}, {}
  for place, column in ipairs(self.columns) do names[place] = column[1] end
  texts[1] = table.concat(names, ",")
  for place, line in ipairs(self.lines) do texts[place + 1] = line.text end
  return table.concat(texts, "\n") .. "\n"
end

-- Its description for machines, as CSV on the Web has it.
function tidy_csv:metadata(file_name, title)
  local columns = {}
  for place, column in ipairs(self.columns) do
    columns[place] = setmetatable({
      name = column[1], titles = column[1], datatype = column[2], ["dc:description"] = column[3],
    }, { __jsonorder = { "name", "titles", "datatype", "dc:description" } })
  end
  local release = self.release
  local description = setmetatable({
    ["@context"] = { "http://www.w3.org/ns/csvw", { ["@language"] = "en-GB" } },
    url = file_name,
    ["dc:title"] = title,
    ["dc:language"] = "en-GB",
    ["dc:source"] = "Extract of " .. tostring(release.provenance.extract_date or "unknown date")
      .. (release.provenance.synthetic == "yes" and "; synthetic data" or ""),
    ["dc:creator"] = "reoffend " .. release.version .. (release.provenance.lookup_version
      and ", lookups " .. release.provenance.lookup_version or ""),
    dialect = setmetatable({ encoding = "utf-8", header = true, delimiter = ",",
      lineTerminators = "\n" },
      { __jsonorder = { "encoding", "header", "delimiter", "lineTerminators" } }),
    tableSchema = setmetatable({ columns = columns, primaryKey = self.key },
      { __jsonorder = { "columns", "primaryKey" } }),
  }, { __jsonorder = { "@context", "url", "dc:title", "dc:language", "dc:source", "dc:creator",
    "dialect", "tableSchema" } })
  return json.encode(description, { indent = true }) .. "\n"
end

return tidy_csv
