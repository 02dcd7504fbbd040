-- charts.lua - the four forms of chart the publications use, as SVG.
--
-- Requires: reoffend.palette, reoffend.svg. Pure.
--
-- Every function takes (id, width, chart) and returns an element. chart.title and chart.description
-- name it for people who do not see it. Charts below NARROW pixels are laid out afresh for a
-- telephone: a key instead of labels beside the lines, names above the bars.
--
--   charts.lines   series over time, the first with its interval as a band
--   charts.steps   running shares by month, from nought
--   charts.bars    values of groups with their intervals, and a reference line
--   charts.funnel  groups by size against the limits of chance

local palette = require "reoffend.palette"
local svg = require "reoffend.svg"

local charts = {}

charts.NARROW = 500

local function percent(value) return string.format("%g%%", math.floor(value * 1000 + 0.5) / 10) end

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

-- The plot's frame for charts with a vertical axis: margins, key or room for labels at the right.
local function layout(width, height, series)
  local narrow = width < charts.NARROW
  local box = { left = 46, right = width - 10, top = 12, bottom = height - 50, narrow = narrow }
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

-- chart: series (label, colour, dash, bold, points of x, y, low, high, open), x_ticks (list of
-- { x, label }), x_title, mark (an x to point out). Values are proportions.
function charts.lines(id, width, chart)
  local height = width < charts.NARROW and 380 or 360
  local box = layout(width, height, chart.series)
  local low, high = range(chart.series)
  if low > high then low, high = 0, 1 end
  if chart.from_zero or low < 0.4 * high then low = 0 end
  local ticks = svg.ticks(low, high, 5)
  local y = svg.scale(ticks[1], ticks[#ticks], box.bottom, box.top)
  local x_ticks = chart.x_ticks
  local x = svg.scale(chart.x_low or x_ticks[1][1], chart.x_high or x_ticks[#x_ticks][1],
    box.left + 4, box.right - 4)
  local parts = { svg.vertical_axis(ticks, y, box.left, box.right, percent) }
  for _, one in ipairs(chart.series) do
    if one.band then parts[#parts + 1] = bands(one.points, x, y) end
  end
  parts[#parts + 1] = svg.line(box.left, box.bottom, box.right, box.bottom,
    { colour = palette.rule })
  if chart.mark then
    parts[#parts + 1] = svg.line(x(chart.mark), box.top, x(chart.mark), box.bottom,
      { colour = palette.rule, dash = "2 3" })
  end
  parts[#parts + 1] = series_paths(chart.series, x, y)
  local free = 0
  for _, tick in ipairs(x_ticks) do
    local place, room = x(tick[1]), svg.text_width(tick[2]) / 2
    parts[#parts + 1] = svg.line(place, box.bottom, place, box.bottom + 5,
      { colour = palette.rule })
    if place - room >= free and place + room <= width then
      parts[#parts + 1] = svg.text(place, box.bottom + 20, tick[2],
        { anchor = "middle", colour = palette.muted })
      free = place + room + 8
    end
  end
  parts[#parts + 1] = svg.text((box.left + box.right) / 2, height - 8, chart.x_title,
    { anchor = "middle", colour = palette.muted })
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
function charts.steps(id, width, chart)
  local series, x_ticks = {}, {}
  for place, one in ipairs(chart.series) do
    local points = chart.step and stepped(one.points)
      or table.move(one.points, 1, #one.points, 2, { { x = 0, y = 0 } })
    series[place] = setmetatable({ points = points }, { __index = one })
  end
  for month = 0, 12 do x_ticks[#x_ticks + 1] = { month, tostring(month) } end
  return charts.lines(id, width, {
    title = chart.title, description = chart.description, series = series, x_ticks = x_ticks,
    x_title = "Months since the index event", from_zero = true,
  })
end

-- One bar: its name, the bar, the interval over it and the value after it.
local function bar(row, x, y, text_x, options)
  local parts = {}
  for place, line in ipairs(options.lines) do
    parts[#parts + 1] = svg.text(options.name_x, options.name_y + (place - 1) * 16, line,
      { anchor = options.anchor, bold = row.bold })
  end
  if not row.value then
    parts[#parts + 1] = svg.text(x(0) + 4, y + 5, row.text, { colour = palette.muted })
    return parts
  end
  local right = x(row.value)
  parts[#parts + 1] = svg.rectangle(x(0), y - 8, right - x(0), 16, row.colour or palette.own)
  local last = right
  if row.low then
    last = math.max(last, x(row.high))
    for _, stroke in ipairs { { palette.paper, 5 }, { palette.ink, 2 } } do
      parts[#parts + 1] = svg.line(x(row.low), y, x(row.high), y,
        { colour = stroke[1], width = stroke[2] })
    end
  end
  parts[#parts + 1] = svg.text(text_x or last + 8, y + 5, row.text, { bold = row.bold,
    halo = true })
  return parts
end

-- chart: rows (label, value, low, high, text, bold, colour; a row without a value shows its text),
-- reference (value, label).
function charts.bars(id, width, chart)
  local narrow = width < charts.NARROW
  local name_width = 0
  for _, row in ipairs(chart.rows) do
    name_width = math.max(name_width, svg.text_width(row.label, nil, row.bold))
  end
  name_width = narrow and width - 16 or math.min(name_width, 250)
  local left = narrow and 8 or name_width + 14
  local high, text_room = 0, 0
  for _, row in ipairs(chart.rows) do
    high = math.max(high, row.high or row.value or 0)
    if row.value then
      text_room = math.max(text_room, svg.text_width(row.text, nil, row.bold) + 14)
    end
  end
  if chart.reference then high = math.max(high, chart.reference.value) end
  local ticks = svg.ticks(0, high > 0 and high or 1, narrow and 4 or 6)
  local x = svg.scale(0, ticks[#ticks], left, width - text_room - 4)
  local top = chart.reference and 30 or 8
  local parts, y = {}, top
  for _, row in ipairs(chart.rows) do
    local lines = svg.wrap(row.label, name_width, nil)
    local block = narrow and #lines * 16 + 32 or math.max(28, #lines * 16 + 10)
    local middle = narrow and y + #lines * 16 + 14 or y + block / 2
    parts[#parts + 1] = bar(row, x, middle, nil, {
      lines = lines, anchor = not narrow and "end" or nil,
      name_x = narrow and left or left - 10,
      name_y = narrow and y + 14 or middle + 5 - (#lines - 1) * 8,
    })
    y = y + block
  end
  local grid = {}
  for _, tick in ipairs(ticks) do
    local place, text = x(tick), percent(tick)
    grid[#grid + 1] = svg.line(place, top, place, y, { colour = palette.grid })
    local half = svg.text_width(text) / 2
    grid[#grid + 1] = svg.text(math.max(half + 2, math.min(place, width - half - 2)), y + 18, text,
      { anchor = "middle", colour = palette.muted })
  end
  if chart.reference then
    local place, text = x(chart.reference.value), chart.reference.label
    local half = svg.text_width(text) / 2
    grid[#grid + 1] = svg.line(place, top - 6, place, y,
      { colour = palette.comparison, width = 2, dash = "6 4" })
    grid[#grid + 1] = svg.text(math.max(half + 4, math.min(place, width - half - 4)), 16, text,
      { anchor = "middle" })
  end
  return svg.frame(id, width, math.ceil(y + 28), chart.title, chart.description,
    { grid, parts })
end

-- Funnel ------------------------------------------------------------------------------------------

local function overlaps(box, taken)
  for _, other in ipairs(taken) do
    if box[1] < other[3] and other[1] < box[3] and box[2] < other[4] and other[2] < box[4] then
      return true
    end
  end
  return false
end

-- A free place for a label beside a point, or nil: right, left, above, below. One that must stand
-- takes the first place within the bounds.
local function label_place(text, px, py, bounds, taken, bold, must)
  local wide = svg.text_width(text, nil, bold)
  local tries = {
    { px + 13, py + 5 }, { px - 13 - wide, py + 5 },
    { px - wide / 2, py - 11 }, { px - wide / 2, py + 21 },
  }
  local last_resort
  for _, try in ipairs(tries) do
    local box = { try[1] - 2, try[2] - 13, try[1] + wide + 2, try[2] + 4 }
    local inside = box[1] >= bounds[1] and box[3] <= bounds[3]
      and box[2] >= bounds[2] and box[4] <= bounds[4]
    if inside and not overlaps(box, taken) then
      taken[#taken + 1] = box
      return try
    end
    last_resort = last_resort or (inside and must and try)
  end
  return last_resort or nil
end

local function funnel_x_ticks(low, high)
  local ticks = {}
  for power = 0, 7 do
    for _, factor in ipairs { 1, 2, 3, 5, 7 } do
      local value = math.tointeger(factor * 10 ^ power)
      if value >= low and value <= high then ticks[#ticks + 1] = value end
    end
  end
  return ticks
end

-- The own point first, then those outside the limits, then the others; each group in its order.
local function by_importance(points)
  local sorted = {}
  for _, wanted in ipairs { "own", "outside", "inside" } do
    for _, point in ipairs(points) do
      local kind = point.own and "own" or point.outside and "outside" or "inside"
      if kind == wanted then sorted[#sorted + 1] = point end
    end
  end
  return sorted
end

local function funnel_points(points, x, y, bounds)
  local parts, labels, taken = {}, {}, {}
  for _, point in ipairs(points) do
    local px, py = x(math.log(point.n)), y(point.y)
    taken[#taken + 1] = { px - 6, py - 6, px + 6, py + 6 }
  end
  local sorted = by_importance(points)
  for place = #sorted, 1, -1 do
    local point = sorted[place]
    local px, py = x(math.log(point.n)), y(point.y)
    local colour = point.own and palette.own or palette.muted
    parts[#parts + 1] = point.outside
      and svg.path({ { px, py - 7 }, { px + 7, py + 6 }, { px - 7, py + 6 } },
        { closed = true, fill = colour, colour = palette.paper, width = 1 })
      or svg.dot(px, py, point.own and 7 or 4.5, point.own and colour or palette.paper, colour)
  end
  for _, point in ipairs(sorted) do
    if point.own or point.outside then
      local px, py = x(math.log(point.n)), y(point.y)
      local place = label_place(point.label, px, py, bounds, taken, point.own, point.own)
      if place then
        labels[#labels + 1] = svg.text(place[1], place[2], point.label,
          { bold = point.own, halo = true })
      end
    end
  end
  return { parts, labels }
end

-- chart: points (label, n, y, own, outside), limits (n, low, high, outer_low, outer_high in order
-- of n), target (value, label), x_title.
function charts.funnel(id, width, chart)
  local narrow = width < charts.NARROW
  local height = narrow and 420 or 460
  local key = {
    { label = chart.target.label, colour = palette.comparison, dash = "6 4" },
    { label = "95% of areas by chance alone", colour = palette.rule, dash = "2 3" },
    { label = "99.8% of areas by chance alone", colour = palette.rule },
  }
  local left, right = 46, width - 12
  local key_parts, key_height = svg.key(key, left)
  local top, bottom = key_height + 8, height - 50
  local low, high = 1, 0
  for _, point in ipairs(chart.points) do
    low, high = math.min(low, point.y), math.max(high, point.y)
  end
  local limits = chart.limits
  local ticks = svg.ticks(math.max(0, math.min(low, limits[1].low) - 0.01),
    math.min(1, math.max(high, limits[1].high) + 0.01), 6)
  local y = svg.scale(ticks[1], ticks[#ticks], bottom, top)
  local first, last = limits[1].n, limits[#limits].n
  local x = svg.scale(math.log(first), math.log(last), left + 6, right - 6)
  local parts = { key_parts, svg.vertical_axis(ticks, y, left, right, percent) }
  for _, limit in ipairs {
    { "low", "2 3" }, { "high", "2 3" }, { "outer_low" }, { "outer_high" },
  } do
    local points = {}
    for place, row in ipairs(limits) do
      local value = row[limit[1]]
      points[place] = value >= ticks[1] and value <= ticks[#ticks]
        and { x(math.log(row.n)), y(value) } or false
    end
    parts[#parts + 1] = svg.path(points, { colour = palette.rule, width = 1.5, dash = limit[2] })
  end
  parts[#parts + 1] = svg.line(left, y(chart.target.value), right, y(chart.target.value),
    { colour = palette.comparison, width = 2, dash = "6 4" })
  parts[#parts + 1] = svg.line(left, bottom, right, bottom, { colour = palette.rule })
  local free = 0
  for _, tick in ipairs(funnel_x_ticks(first, last)) do
    local place, text = x(math.log(tick)), tostring(tick):reverse():gsub("(%d%d%d)", "%1,")
      :reverse():gsub("^,", "")
    local half = svg.text_width(text) / 2
    parts[#parts + 1] = svg.line(place, bottom, place, bottom + 5, { colour = palette.rule })
    if place - half >= free and place + half <= width then
      parts[#parts + 1] = svg.text(place, bottom + 20, text,
        { anchor = "middle", colour = palette.muted })
      free = place + half + 10
    end
  end
  parts[#parts + 1] = svg.text((left + right) / 2, height - 8, chart.x_title,
    { anchor = "middle", colour = palette.muted })
  parts[#parts + 1] = funnel_points(chart.points, x, y, { left, top - 4, right, bottom })
  return svg.frame(id, width, height, chart.title, chart.description, parts)
end

return charts
