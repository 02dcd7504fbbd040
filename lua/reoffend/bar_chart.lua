-- bar_chart.lua - values of groups with their intervals and a reference line, as SVG.
--
-- Requires: reoffend.palette, reoffend.svg. Pure.
--
--   bar_chart.bars(id, width, chart)  ->  an element
--
-- chart.title and chart.description name it for people who do not see it. Names stand left of the
-- bars, below svg.NARROW pixels above them; the values in a column at the right.

local palette = require "reoffend.palette"
local svg = require "reoffend.svg"

local bar_chart = {}

-- One bar: its name (of lines), the bar, the interval over it and the value, which ends at value_x.
local function bar(row, x, block, value_x)
  local parts, y = {}, block.middle
  for place, line in ipairs(block.lines) do
    parts[#parts + 1] = svg.text(block.name_x, block.name_y + (place - 1) * 16, line,
      { anchor = block.anchor, bold = row.bold, halo = true })
  end
  if not row.value then
    parts[#parts + 1] = svg.text(x(0) + 4, y + 5, row.text, { colour = palette.muted })
    return parts
  end
  parts[#parts + 1] = svg.rectangle(x(0), y - 8, x(row.value) - x(0), 16, row.colour or palette.own)
  if row.low then
    for _, stroke in ipairs { { palette.paper, 5 }, { palette.ink, 2 } } do
      parts[#parts + 1] = svg.line(x(row.low), y, x(row.high), y,
        { colour = stroke[1], width = stroke[2] })
    end
  end
  parts[#parts + 1] = svg.text(value_x, y + 5, row.text,
    { anchor = "end", bold = row.bold, halo = true })
  return parts
end

-- Room for the names, room for the column of values right of the bars, and the highest value.
local function extent(chart, width, narrow)
  local names, texts, high = 0, 0, chart.reference and chart.reference.value or 0
  for _, row in ipairs(chart.rows) do
    names = math.max(names, svg.text_width(row.label, nil, row.bold))
    high = math.max(high, row.high or row.value or 0)
    if row.value then
      texts = math.max(texts, svg.text_width(row.text, nil, row.bold) + 14)
    end
  end
  return narrow and width - 16 or math.min(names, 250), texts, high > 0 and high or 1
end

-- Where a row's name and bar stand when it begins at y; `height` is what it takes.
local function place_row(row, y, left, name_width, narrow)
  local lines = svg.wrap(row.label, name_width)
  local text_height = #lines * 16
  if narrow then
    return { lines = lines, name_x = left, name_y = y + 14, middle = y + text_height + 14,
      height = text_height + 32 }
  end
  local height = math.max(28, text_height + 10)
  local middle = y + height / 2
  return { lines = lines, anchor = "end", name_x = left - 10,
    name_y = middle + 5 - (#lines - 1) * 8, middle = middle, height = height }
end

-- A text over a place, moved as far as it must to stay within the chart.
local function centred(place, y, text, width, colour)
  local half = svg.text_width(text) / 2 + 4
  return svg.text(math.max(half, math.min(place, width - half)), y, text,
    { anchor = "middle", colour = colour })
end

-- The grid and its labels below, and the reference line with its label above.
local function grid(chart, ticks, x, top, bottom, width)
  local parts = {}
  for _, tick in ipairs(ticks) do
    parts[#parts + 1] = svg.line(x(tick), top, x(tick), bottom, { colour = palette.grid })
    parts[#parts + 1] = centred(x(tick), bottom + 18, (chart.shown or svg.percent)(tick), width,
      palette.muted)
  end
  if chart.reference then
    local place = x(chart.reference.value)
    parts[#parts + 1] = svg.line(place, top - 6, place, bottom,
      { colour = palette.comparison, width = 2, dash = "6 4" })
    parts[#parts + 1] = centred(place, 16, chart.reference.label, width)
  end
  return parts
end

-- chart: rows (label, value, low, high, text, bold, colour; a row without a value shows its text),
-- reference (value, label), shown (the text of a value of the axis; left out: a percentage).
function bar_chart.bars(id, width, chart)
  local narrow = width < svg.NARROW
  local name_width, text_width, high = extent(chart, width, narrow)
  local left = narrow and 8 or name_width + 14
  local ticks = svg.ticks(0, high, narrow and 4 or 6)
  local x = svg.scale(0, ticks[#ticks], left, width - math.max(text_width, 16) - 4)
  local top = chart.reference and 30 or 8
  local parts, y = {}, top
  for place, row in ipairs(chart.rows) do
    local block = place_row(row, y, left, name_width, narrow)
    parts[place] = bar(row, x, block, width - 4)
    y = y + block.height
  end
  return svg.frame(id, width, math.ceil(y + 28), chart.title, chart.description,
    { grid(chart, ticks, x, top, y, width), parts })
end

return bar_chart
