-- svg.lua - what every chart is made of: measured text, scales, ticks, label placing, the frame.
--
-- Requires: reoffend.html, reoffend.palette. Pure: the same input gives the same bytes.

local html = require "reoffend.html"
local palette = require "reoffend.palette"

local h = html.elements
local svg = {}

svg.SIZE = 14      -- of text, in pixels
svg.LINE = 18      -- from one line of text to the next
svg.NARROW = 500   -- charts of less are laid out for a telephone

-- 0.125 -> "12.5%".
function svg.percent(value)
  return string.format("%g%%", math.floor(value * 1000 + 0.5) / 10)
end

-- Widths of the printable ASCII characters in Arial and its kin, in thousandths of the size.
local WIDTHS = {}
do
  local list = [[278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556
    556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667
    556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556
    500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500
    500 334 260 334 584]]
  local code = 32
  for width in list:gmatch("%d+") do
    WIDTHS[code] = tonumber(width) / 1000
    code = code + 1
  end
end

-- The width of a text in pixels; characters beyond ASCII count as wide ones.
function svg.text_width(text, size, bold)
  local width = 0
  for _, code in utf8.codes(html.clean(text)) do width = width + (WIDTHS[code] or 0.7) end
  return width * (size or svg.SIZE) * (bold and 1.08 or 1)
end

-- Breaks a text at spaces into lines no wider than `width`, and shortens a word that still is.
function svg.wrap(text, width, size)
  local lines, line = {}, ""
  for word in text:gmatch("%S+") do
    local longer = line == "" and word or line .. " " .. word
    if line ~= "" and svg.text_width(longer, size) > width then
      lines[#lines + 1] = line
      longer = word
    end
    line = longer
  end
  lines[#lines + 1] = line
  return lines
end

-- Steps of 1, 2 or 5 times a power of ten that take about `count` steps from low to high. Returns
-- the ticks from the one at or below low to the one at or above high.
function svg.ticks(low, high, count)
  local rough = (high - low) / count
  if rough <= 0 then rough = 0.01 end
  local power = 10 ^ math.floor(math.log(rough, 10))
  local step = power
  for _, factor in ipairs { 1, 2, 5, 10 } do
    step = power * factor
    if step >= rough * 0.999 then break end
  end
  local ticks = {}
  local first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
  for place = first, math.max(last, first + 1) do ticks[#ticks + 1] = place * step end
  return ticks
end

-- A function from values in [from_low, from_high] to pixels in [to_low, to_high].
function svg.scale(from_low, from_high, to_low, to_high)
  local span = from_high - from_low
  return function(value) return to_low + (value - from_low) / span * (to_high - to_low) end
end

-- Moves places apart until neighbours are `gap` from each other and within [low, high]; the order
-- stays. `entries` have a field y, which is changed.
function svg.spread(entries, gap, low, high)
  table.sort(entries, function(one, other)
    if one.y ~= other.y then return one.y < other.y end
    return one.text < other.text
  end)
  local floor_y = low
  for _, entry in ipairs(entries) do
    entry.y = math.max(entry.y, floor_y)
    floor_y = entry.y + gap
  end
  local ceiling = high
  for place = #entries, 1, -1 do
    entries[place].y = math.min(entries[place].y, ceiling)
    ceiling = entries[place].y - gap
  end
  return entries
end

-- Elements ----------------------------------------------------------------------------------------

-- Text at a point. options: anchor (start, middle, end), bold, colour, size, halo.
function svg.text(x, y, text, options)
  options = options or {}
  return h.text{
    x = x, y = y, fill = options.colour or palette.ink,
    ["text-anchor"] = options.anchor or false,
    ["font-size"] = options.size or false,
    ["font-weight"] = options.bold and "bold" or false,
    stroke = options.halo and palette.paper or false,
    ["stroke-width"] = options.halo and 4 or false,
    ["paint-order"] = options.halo and "stroke" or false,
    ["stroke-linejoin"] = options.halo and "round" or false,
    text,
  }
end

function svg.line(x1, y1, x2, y2, options)
  return h.line{
    x1 = x1, y1 = y1, x2 = x2, y2 = y2, stroke = options.colour,
    ["stroke-width"] = options.width or 1,
    ["stroke-dasharray"] = options.dash or false,
    ["stroke-linecap"] = options.cap or false,
  }
end

function svg.dot(x, y, radius, fill, colour)
  return h.circle{ cx = x, cy = y, r = radius, fill = fill, stroke = colour, ["stroke-width"] = 2 }
end

function svg.rectangle(x, y, width, height, fill)
  return h.rect{ x = x, y = y, width = math.max(width, 0), height = height, fill = fill }
end

local function point_text(point) return string.format("%.2f %.2f", point[1], point[2]) end

-- A path through points { x, y }; a false entry breaks it.
function svg.path(points, options)
  local parts, pen = {}, "M"
  for _, point in ipairs(points) do
    if point then
      parts[#parts + 1] = pen .. point_text(point)
      pen = "L"
    else
      pen = "M"
    end
  end
  return h.path{
    d = table.concat(parts) .. (options.closed and "Z" or ""),
    fill = options.fill or "none", stroke = options.colour or false,
    ["stroke-width"] = options.colour and (options.width or 2) or false,
    ["stroke-dasharray"] = options.dash or false,
    ["stroke-linejoin"] = options.colour and "round" or false,
  }
end

-- The chart as an image with a name and a description. `id` is unique in the page.
function svg.frame(id, width, height, title, description, content)
  return h.svg{
    class = "chart", role = "img", xmlns = "http://www.w3.org/2000/svg",
    viewBox = string.format("0 0 %d %d", width, height),
    width = width, height = height,
    ["aria-labelledby"] = id .. "-title " .. id .. "-desc",
    ["font-family"] = "Arial, 'Liberation Sans', Helvetica, sans-serif",
    ["font-size"] = svg.SIZE,
    h.title{ id = id .. "-title", title },
    h.desc{ id = id .. "-desc", description },
    h.rect{ x = 0, y = 0, width = width, height = height, fill = palette.paper },
    content,
  }
end

-- The horizontal grid lines and their labels: ticks at their places, unit added by `shown`.
function svg.vertical_axis(ticks, y, left, right, shown)
  local parts = {}
  for _, tick in ipairs(ticks) do
    parts[#parts + 1] = svg.line(left, y(tick), right, y(tick), { colour = palette.grid })
    parts[#parts + 1] = svg.text(left - 8, y(tick) + 5, shown(tick),
      { anchor = "end", colour = palette.muted })
  end
  return parts
end

-- The horizontal axis of a box (left, right, bottom) in a chart of this width and height: its line,
-- ticks { place, text } of which those that would collide stay without text, and its title.
function svg.horizontal_axis(ticks, box, width, height, title)
  local parts = {
    svg.line(box.left, box.bottom, box.right, box.bottom, { colour = palette.rule }),
  }
  local free = 0
  for _, tick in ipairs(ticks) do
    local place, half = tick[1], svg.text_width(tick[2]) / 2
    parts[#parts + 1] = svg.line(place, box.bottom, place, box.bottom + 5,
      { colour = palette.rule })
    if place - half >= free and place + half <= width then
      parts[#parts + 1] = svg.text(place, box.bottom + 20, tick[2],
        { anchor = "middle", colour = palette.muted })
      free = place + half + 9
    end
  end
  parts[#parts + 1] = svg.text((box.left + box.right) / 2, height - 8, title,
    { anchor = "middle", colour = palette.muted })
  return parts
end

-- A key above the plot for narrow charts: one line per series. Returns it and its height.
function svg.key(series, left)
  local parts = {}
  for place, one in ipairs(series) do
    local y = place * svg.LINE
    parts[#parts + 1] = svg.line(left, y - 5, left + 28, y - 5,
      { colour = one.colour, width = 3, dash = one.dash })
    parts[#parts + 1] = svg.text(left + 36, y, one.label)
  end
  return parts, #series * svg.LINE + 10
end

return svg
