-- calibration_chart.lua - what happened to groups against what was predicted for them, as SVG.
--
-- Requires: reoffend.palette, reoffend.svg. Pure.
--
--   calibration_chart.draw(id, width, chart)  ->  an element
--
-- chart: title, description, x_title, y_title, series (label, filled, points of predicted, actual,
-- low, high; a point without `actual` is not drawn). The dashed line is where both agree.

local palette = require "reoffend.palette"
local svg = require "reoffend.svg"

local calibration_chart = {}

local STYLES = {
  { colour = palette.own, fill = palette.own },
  { colour = palette.comparison, fill = palette.paper },
}

-- The dots with the lines of their intervals.
local function dots(points, style, x, y)
  local parts = {}
  for _, point in ipairs(points) do
    if point.actual then
      local px = x(point.predicted)
      parts[#parts + 1] = svg.line(px, y(point.low), px, y(point.high),
        { colour = style.colour, width = 1.5 })
      parts[#parts + 1] = svg.dot(px, y(point.actual), 5, style.fill, style.colour)
    end
  end
  return parts
end

-- A line of the key: a dot and its label.
local function key(series, left)
  local parts = {}
  for place, one in ipairs(series) do
    local line = place * svg.LINE
    local style = STYLES[place]
    parts[#parts + 1] = svg.dot(left + 14, line - 5, 5, style.fill, style.colour)
    parts[#parts + 1] = svg.text(left + 36, line, one.label)
  end
  local line = (#series + 1) * svg.LINE
  parts[#parts + 1] = svg.line(left, line - 5, left + 28, line - 5,
    { colour = palette.rule, width = 2, dash = "5 4" })
  parts[#parts + 1] = svg.text(left + 36, line, "Actual as predicted")
  return parts, line + 12
end

local function highest(series)
  local high = 0
  for _, one in ipairs(series) do
    for _, point in ipairs(one.points) do
      if point.actual then high = math.max(high, point.predicted, point.high) end
    end
  end
  return high > 0 and high or 1
end

function calibration_chart.draw(id, width, chart)
  local height = width < svg.NARROW and 420 or 480
  local box = { left = 46, right = math.min(width - 12, height + 120), bottom = height - 50 }
  local legend, top = key(chart.series, box.left)
  box.top = top + 8 + svg.LINE
  local ticks = svg.ticks(0, highest(chart.series), 5)
  local last = ticks[#ticks]
  local y = svg.scale(0, last, box.bottom, box.top)
  local x = svg.scale(0, last, box.left, box.right - 8)
  local named, drawn = {}, {}
  for place, tick in ipairs(ticks) do named[place] = { x(tick), svg.percent(tick) } end
  for place = #chart.series, 1, -1 do
    drawn[#drawn + 1] = dots(chart.series[place].points, STYLES[place], x, y)
  end
  return svg.frame(id, width, height, chart.title, chart.description, {
    legend,
    svg.text(4, box.top - 14, chart.y_title, { colour = palette.muted }),
    svg.vertical_axis(ticks, y, box.left, box.right, svg.percent),
    svg.line(x(0), y(0), x(last), y(last), { colour = palette.rule, width = 2, dash = "5 4" }),
    svg.horizontal_axis(named, box, width, height, chart.x_title),
    drawn,
  })
end

return calibration_chart
