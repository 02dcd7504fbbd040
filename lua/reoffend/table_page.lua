-- table_page.lua - a report made of tables of its own: a table and its lines of the CSV in one.
--
-- Requires: reoffend.bar_chart, reoffend.format, reoffend.line_chart, reoffend.page,
-- reoffend.palette, reoffend.publication, reoffend.svg, reoffend.tidy_csv.
--
--   local made = table_page.new(release, window, { published = true })
--   made:table("rejected", "Rows by format", columns, rows)  -- also adds every figure to the CSV
--
-- A column is { field, title, kind, without = … }: kinds are text (part of the row's name), code
-- (text that is not), date, and those of SHOW below; `without` is shown where there is no value.
-- Nothing is calculated here. A published report has the column conf_status in its CSV; the figures
-- of a row with `hidden` set are shown as [c] and written nowhere.

local bar_chart = require "reoffend.bar_chart"
local format = require "reoffend.format"
local line_chart = require "reoffend.line_chart"
local page = require "reoffend.page"
local palette = require "reoffend.palette"
local publication = require "reoffend.publication"
local svg = require "reoffend.svg"
local tidy_csv = require "reoffend.tidy_csv"

local table_page = setmetatable({}, { __index = publication })
table_page.__index = table_page

local COLUMNS = {
  { "topic", "string", "Table of the page" },
  { "group", "string", "What the line is about" },
  { "subgroup", "string", "Part of it, where the table has parts" },
  { "detail", "string", "Part of that" },
  { "measure", "string", "Name of the measure" },
  { "unit", "string", "count, proportion (0 to 1), days or date" },
  { "value", "number", "The figure; empty where there is none" },
  { "date", "date", "The day, where the measure is one" },
}
local STATUS = { "conf_status", "string", "F free, C confidential (hidden because it concerns few"
  .. " people)" }
local KEY = { "topic", "group", "subgroup", "detail", "measure" }

local SHOW = {
  count = { unit = "count", text = function(value) return format.number(value) end },
  share = { unit = "proportion", text = function(value)
    return format.number(value * 100, 2) .. "%"
  end },
  days = { unit = "days", text = function(value) return format.number(value) end },
  proportion = { unit = "proportion", text = format.percent },
  difference = { unit = "proportion", text = function(value)
    return format.number(value * 100, 1) .. " points"
  end },
  score = { unit = "score", text = function(value) return format.number(value, 3) end },
  statistic = { unit = "statistic", text = function(value) return format.number(value, 2) end },
  log_odds = { unit = "log odds", text = function(value) return format.number(value, 4) end },
  odds_ratio = { unit = "odds ratio", text = function(value) return format.number(value, 3) end },
  probability = { unit = "probability", text = function(value)
    return value < 0.0001 and "< 0.0001" or format.number(value, 4)
  end },
  date = { unit = "date", text = format.date },
}

function table_page.new(release, window, options)
  local sheet = tidy_csv.new(release)
  local published = options and options.published
  sheet.columns = table.move(COLUMNS, 1, #COLUMNS, 1, {})
  if published then sheet.columns[#COLUMNS + 1] = STATUS end
  sheet.key = KEY
  return setmetatable({
    release = release, window = window, sheet = sheet, figures = 0, tables = 0,
    published = published,
    extract_date = release.provenance.extract_date or "an unknown date",
    synthetic = release.provenance.synthetic == "yes",
  }, table_page)
end

-- Adds one figure to the CSV. names: up to three texts that say what it is about; hidden: it is
-- confidential.
function table_page:add(topic, names, field, kind, value, hidden)
  local texts = { topic, names[1] or "", names[2] or "", names[3] or "", field, SHOW[kind].unit }
  for place, text in ipairs(texts) do texts[place] = tidy_csv.text_cell(text) end
  if hidden then value = nil end
  texts[7] = kind ~= "date" and tidy_csv.number_cell(value) or ""
  texts[8] = kind == "date" and tidy_csv.text_cell(value or "") or ""
  if self.published then texts[9] = hidden and "C" or "F" end
  local lines = self.sheet.lines
  lines[#lines + 1] = { text = table.concat(texts, ","), order = #lines + 1, window = "", code = "",
    subcohort = "", topic = "", place = 0 }
end

-- The figure as the page shows it; [x] where there is none.
function table_page.shown(kind, value)
  if value == nil then return "[x]" end
  return SHOW[kind].text(value)
end

-- A table, each of its figures also a line of the CSV.
function table_page:table(topic, caption, columns, rows)
  local heads, body = {}, {}
  for place, column in ipairs(columns) do
    local text = column[3] == "text" or column[3] == "code"
    heads[place] = { column[2], text = text }
  end
  for place, row in ipairs(rows) do
    local cells, names, hidden = {}, {}, rawget(row, "hidden") -- a row of a query has it not
    for _, column in ipairs(columns) do
      local field, kind, value = column[1], column[3], row[column[1]]
      if SHOW[kind] then
        cells[#cells + 1] = hidden and "[c]" or value == nil and column.without
          or table_page.shown(kind, value)
        self:add(topic, names, field, kind, value, hidden)
      else
        cells[#cells + 1] = value and tostring(value) or column.without or "Not known"
        if kind == "text" then names[#names + 1] = cells[#cells] end
      end
    end
    body[place] = cells
  end
  return page.table("table-" .. topic:gsub("_", "-"), self:table_title(caption), heads, body)
end

-- Charts ------------------------------------------------------------------------------------------

-- The text of a value of an axis.
local AXIS = {
  days = function(value) return format.number(value) end,
  share = function(value) return string.format("%g%%", math.floor(value * 1e4 + 0.5) / 100) end,
  proportion = svg.percent,
}

function table_page:source()
  return "Source: extract of " .. format.date(self.extract_date)
    .. (self.synthetic and ", synthetic data." or ".")
end

-- Bars of one column of rows. chart: topic, title, note, label (field), value (field), kind,
-- reference (value, label), missing (the text of a bar without a value).
function table_page:bars(chart, rows)
  local bars, spoken = {}, {}
  for place, row in ipairs(rows) do
    local label = row[chart.label] or "Not known"
    bars[place] = { label = label, value = row[chart.value],
      text = row[chart.value] == nil and chart.missing
        or table_page.shown(chart.kind, row[chart.value]) }
    spoken[place] = label .. " " .. bars[place].text
  end
  local drawn = { title = chart.title, description = table.concat(spoken, "; ") .. ".", rows = bars,
    reference = chart.reference, shown = AXIS[chart.kind] }
  return page.chart("chart-" .. chart.topic:gsub("_", "-"),
    { self:figure_title(chart.title), chart.note .. " " .. self:source() },
    function(id, width) return bar_chart.bars(id, width, drawn) end)
end

local STYLES = {
  { colour = palette.own, bold = true },
  { colour = palette.comparison, dash = "8 5" },
}

-- Years since 0, so that quarters are evenly spaced; nil for what is no year or date.
function table_page.place_in_time(text)
  local year, month = tostring(text):match("^(%d%d%d%d)%-?(%d*)")
  if not year then return nil end
  return tonumber(year) + ((tonumber(month) or 1) - 1) / 12
end

local function whole_number(number) return math.tointeger(number) or number end

-- Lines over time or months. chart: topic, title, note, place (field of the x axis), x_title,
-- lines (list of { field, label }), kind, from_zero, x (a function of the field; left out: time).
function table_page:lines(chart, rows)
  local x, series, ticks = chart.x or table_page.place_in_time, {}, {}
  for number, line in ipairs(chart.lines) do
    local points = {}
    for _, row in ipairs(rows) do
      local place = x(row[chart.place])
      if place then points[#points + 1] = { x = place, y = row[line[1]] } end
    end
    series[number] = { label = line[2], points = points, colour = STYLES[number].colour,
      bold = STYLES[number].bold, dash = STYLES[number].dash }
  end
  local points = series[1].points
  if #points < 2 then return nil end
  for tick = math.ceil(points[1].x), math.floor(points[#points].x) do
    ticks[#ticks + 1] = { tick, tostring(whole_number(tick)) }
  end
  local drawn = { title = chart.title, series = series, x_ticks = ticks, x_title = chart.x_title,
    x_low = points[1].x, x_high = points[#points].x, from_zero = chart.from_zero,
    shown = AXIS[chart.kind],
    description = "The table below gives every value." }
  return page.chart("chart-" .. chart.topic:gsub("_", "-"),
    { self:figure_title(chart.title), chart.note .. (line_chart.starts_at_zero(drawn) and " "
      or " The scale does not start at zero. ") .. self:source() },
    function(id, width) return line_chart.lines(id, width, drawn) end)
end

-- Files -------------------------------------------------------------------------------------------

-- The files of the report. fields: name, title, lead, banner, sections.
function table_page:files(fields)
  local name = publication.file_name(fields.name)
  local csv_name = name .. ".csv"
  local csv = self.sheet:csv()
  local sections = fields.sections
  sections[#sections + 1] = self:provenance()
  sections[#sections + 1] = publication.download(csv_name, csv)
  local text = page.render{
    title = fields.title, series = fields.series, description = fields.description,
    generator = "reoffend " .. self.release.version, banner = fields.banner,
    status = fields.status, sections = sections, footer = fields.footer,
  }
  return {
    { name = name .. ".html", text = text },
    { name = csv_name, text = csv },
    { name = csv_name .. "-metadata.json", text = self.sheet:metadata(csv_name, fields.title) },
  }
end

return table_page
