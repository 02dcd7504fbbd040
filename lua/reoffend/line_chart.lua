-- line_chart.lua - series over time, and running shares by month, as SVG.
--
-- Requires: reoffend.palette, reoffend.svg. Pure.
--
--   line_chart.lines(id, width, chart), line_chart.steps(id, width, chart)  ->  an element
--
-- chart.title and chart.description name it for people who do not see it. Labels stand beside the
-- ends of the lines; below svg.NARROW pixels a key stands above the plot instead.

local palette = require "reoffend.palette"
local svg = require "reoffend.svg"

local line_chart = {}

-- The lowest and highest of all values and limits of the series.
local function range(series)
  local low, high = math.huge, -math.huge
  for _, one in ipairs(series) do
    for _, point in ipairs(one.points) do
      if point.y then
        low = math.min(low, point.low or point.y)
        high = math.max(high, point.high or point.y)
      end
    end
  end
  return low, high
end

-- A series' points as places in the plot; false where there is no value.
local function places(points, x, y)
  local found = {}
  for place, point in ipairs(points) do
    found[place] = point.y and { x(point.x), y(point.y) } or false
  end
  return found
end

-- The stretches of a series without gaps, each a closed outline of its interval.
local function bands(points, x, y)
  local outlines, upper, lower = {}, {}, {}
  local function finish()
    for place = #lower, 1, -1 do upper[#upper + 1] = lower[place] end
    if #upper > 0 then
      outlines[#outlines + 1] = svg.path(upper, { closed = true, fill = palette.band })
    end
    upper, lower = {}, {}
  end
  for _, point in ipairs(points) do
    if point.low then
      upper[#upper + 1] = { x(point.x), y(point.high) }
      lower[#lower + 1] = { x(point.x), y(point.low) }
    else
      finish()
    end
  end
  finish()
  return outlines
end

local function end_labels(series, x, y, top, bottom)
  local entries = {}
  for _, one in ipairs(series) do
    for place = #one.points, 1, -1 do
      local point = one.points[place]
      if point.y then
        entries[#entries + 1] = {
          y = y(point.y), text = one.label, from = { x(point.x), y(point.y) },
        }
        break
      end
    end
  end
  return svg.spread(entries, svg.LINE, top, bottom)
end

-- The plot's frame for charts with a vertical axis: room for the texts of its ticks at the left, a
-- key or room for labels at the right.
local function layout(width, height, series, axis)
  local narrow = width < svg.NARROW
  local left = 46
  for _, text in ipairs(axis) do left = math.max(left, math.ceil(svg.text_width(text)) + 8) end
  local box = { left = left, right = width - 10, top = 12, bottom = height - 50, narrow = narrow }
  if narrow then
    box.key, box.key_height = svg.key(series, box.left)
    box.top = box.top + box.key_height
  else
    local widest = 0
    for _, one in ipairs(series) do
      widest = math.max(widest, svg.text_width(one.label, nil, one.bold))
    end
    box.right = width - widest - 24
  end
  return box
end

local function series_paths(series, x, y)
  local parts = {}
  for place = #series, 1, -1 do
    local one = series[place]
    parts[#parts + 1] = svg.path(places(one.points, x, y),
      { colour = one.colour, width = one.width or 3, dash = one.dash })
    for _, point in ipairs(one.points) do
      if point.y and point.open then
        parts[#parts + 1] = svg.dot(x(point.x), y(point.y), 4, palette.paper, one.colour)
      end
    end
  end
  return parts
end

local function label_parts(series, box, x, y)
  if box.narrow then return box.key end
  local parts, by_label = {}, {}
  for _, one in ipairs(series) do by_label[one.label] = one end
  for _, entry in ipairs(end_labels(series, x, y, box.top, box.bottom)) do
    local one = by_label[entry.text]
    parts[#parts + 1] = svg.line(entry.from[1] + 5, entry.from[2], box.right + 12, entry.y,
      { colour = one.colour })
    parts[#parts + 1] = svg.text(box.right + 16, entry.y + 5, entry.text, { bold = one.bold })
  end
  return parts
end

-- The lowest and highest tick's place for the values: from nought where the values reach down near
-- it or the chart asks for it.
local function value_ticks(chart)
  local low, high = range(chart.series)
  if low > high then low, high = 0, 1 end
  if chart.from_zero or low < 0.4 * high then low = 0 end
  return svg.ticks(low, high, 5)
end

-- True when the scale of the chart begins at nought.
function line_chart.starts_at_zero(chart) return value_ticks(chart)[1] == 0 end

-- chart: series (label, colour, dash, bold, band, points of x, y, low, high, open), x_ticks (list
-- of { x, label }), x_low, x_high, x_title, mark (an x to point out), shown (the text of a value of
-- the axis; left out: a percentage).
function line_chart.lines(id, width, chart)
  local height = width < svg.NARROW and 380 or 360
  local ticks, shown, axis = value_ticks(chart), chart.shown or svg.percent, {}
  for place, tick in ipairs(ticks) do axis[place] = shown(tick) end
  local box = layout(width, height, chart.series, axis)
  local y = svg.scale(ticks[1], ticks[#ticks], box.bottom, box.top)
  local x_ticks = chart.x_ticks
  local x = svg.scale(chart.x_low or x_ticks[1][1], chart.x_high or x_ticks[#x_ticks][1],
    box.left + 4, box.right - 4)
  local parts = { svg.vertical_axis(ticks, y, box.left, box.right, shown) }
  for _, one in ipairs(chart.series) do
    if one.band then parts[#parts + 1] = bands(one.points, x, y) end
  end
  if chart.mark then
    parts[#parts + 1] = svg.line(x(chart.mark), box.top, x(chart.mark), box.bottom,
      { colour = palette.rule, dash = "2 3" })
  end
  parts[#parts + 1] = series_paths(chart.series, x, y)
  local named = {}
  for place, tick in ipairs(x_ticks) do named[place] = { x(tick[1]), tick[2] } end
  parts[#parts + 1] = svg.horizontal_axis(named, box, width, height, chart.x_title)
  parts[#parts + 1] = label_parts(chart.series, box, x, y)
  return svg.frame(id, width, height, chart.title, chart.description, parts)
end

-- The corners of a step line: a value holds from its month until the next.
local function stepped(points)
  local corners, previous = {}, { x = 0, y = 0 }
  corners[1] = previous
  for _, point in ipairs(points) do
    corners[#corners + 1] = { x = point.x, y = previous.y }
    corners[#corners + 1] = point
    previous = point
  end
  return corners
end

-- chart: series as for lines, with points by month from 1 to 12; step: draw steps, not slopes (for
-- points further apart).
function line_chart.steps(id, width, chart)
  local series, x_ticks = {}, {}
  for place, one in ipairs(chart.series) do
    local points = chart.step and stepped(one.points)
      or table.move(one.points, 1, #one.points, 2, { { x = 0, y = 0 } })
    series[place] = setmetatable({ points = points }, { __index = one })
  end
  for month = 0, 12 do x_ticks[#x_ticks + 1] = { month, tostring(month) } end
  return line_chart.lines(id, width, {
    title = chart.title, description = chart.description, series = series, x_ticks = x_ticks,
    x_title = "Months since the index event", from_zero = true,
  })
end

return line_chart
