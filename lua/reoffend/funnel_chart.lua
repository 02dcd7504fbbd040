-- funnel_chart.lua - groups by size against the limits of chance, as SVG.
--
-- Requires: reoffend.format, reoffend.palette, reoffend.svg. Pure.
--
--   funnel_chart.funnel(id, width, chart)  ->  an element
--
-- chart.title and chart.description name it for people who do not see it. The own group and those
-- outside the outer limits are labelled where there is room; the own one always.

local format = require "reoffend.format"
local palette = require "reoffend.palette"
local svg = require "reoffend.svg"

local funnel_chart = {}

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

-- Round sizes from low to high: 1, 2, 3, 5 and 7 times powers of ten.
local function size_ticks(low, high, x)
  local ticks = {}
  for power = 0, 7 do
    for _, factor in ipairs { 1, 2, 3, 5, 7 } do
      local size = factor * 10 ^ power
      if size >= low and size <= high then
        ticks[#ticks + 1] = { x(math.log(size)), format.number(size) }
      end
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

-- The four limit curves, as far as they lie within the plot.
local function limit_paths(limits, x, y, lowest, highest)
  local parts = {}
  for _, curve in ipairs {
    { "low", "2 3" }, { "high", "2 3" }, { "outer_low" }, { "outer_high" },
  } do
    local points = {}
    for place, row in ipairs(limits) do
      local value = row[curve[1]]
      points[place] = value >= lowest and value <= highest and { x(math.log(row.n)), y(value) }
    end
    parts[#parts + 1] = svg.path(points, { colour = palette.rule, width = 1.5, dash = curve[2] })
  end
  return parts
end

-- Ticks that hold every point and the inner limits of the smallest size.
local function value_ticks(points, limits)
  local low, high = limits[1].low, limits[1].high
  for _, point in ipairs(points) do
    low, high = math.min(low, point.y), math.max(high, point.y)
  end
  return svg.ticks(math.max(0, low - 0.01), math.min(1, high + 0.01), 6)
end

-- chart: points (label, n, y, own, outside), limits (n, low, high, outer_low, outer_high in order
-- of n), target (value, label), x_title. Values are proportions.
function funnel_chart.funnel(id, width, chart)
  local height = width < svg.NARROW and 420 or 460
  local box = { left = 46, right = width - 12, bottom = height - 50 }
  local key, key_height = svg.key({
    { label = chart.target.label, colour = palette.comparison, dash = "6 4" },
    { label = "95% of areas by chance alone", colour = palette.rule, dash = "2 3" },
    { label = "99.8% of areas by chance alone", colour = palette.rule },
  }, box.left)
  box.top = key_height + 8
  local limits = chart.limits
  local ticks = value_ticks(chart.points, limits)
  local lowest, highest = ticks[1], ticks[#ticks]
  local first, last = limits[1].n, limits[#limits].n
  local y = svg.scale(lowest, highest, box.bottom, box.top)
  local x = svg.scale(math.log(first), math.log(last), box.left + 6, box.right - 6)
  local target_y = y(chart.target.value)
  return svg.frame(id, width, height, chart.title, chart.description, {
    key,
    svg.vertical_axis(ticks, y, box.left, box.right, svg.percent),
    limit_paths(limits, x, y, lowest, highest),
    svg.line(box.left, target_y, box.right, target_y,
      { colour = palette.comparison, width = 2, dash = "6 4" }),
    svg.horizontal_axis(size_ticks(first, last, x), box, width, height, chart.x_title),
    funnel_points(chart.points, x, y, { box.left, box.top - 4, box.right, box.bottom }),
  })
end

return funnel_chart
