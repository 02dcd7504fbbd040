-- palette.lua - the colours of pages and charts, and the contrast between two of them.
--
-- Requires: nothing. The categorical colours are those the Government Analysis Function recommends
-- for charts; not all of them carry text (4.5:1), so text beside a mark is in `ink` or `muted`.

local palette = {
  ink = "#1a1a1a",        -- text
  muted = "#4a4a4a",      -- axis text, notes
  paper = "#ffffff",
  panel = "#f3f5f7",      -- quiet background of boxes
  rule = "#8a8f94",       -- axes and borders that mean something
  grid = "#d9dcdf",       -- grid lines: decoration, the axis labels carry the meaning
  link = "#12436d",
  warning = "#801650",    -- banner border
  own = "#12436d",        -- the area or group of the page
  comparison = "#f46a25", -- England and Wales, everyone
  predicted = "#3d3d3d",
  other = "#28a197",
  band = "#d5dee6",       -- an interval behind a line
}

local function channel(hexadecimal)
  local value = tonumber(hexadecimal, 16) / 255
  return value <= 0.04045 and value / 12.92 or ((value + 0.055) / 1.055) ^ 2.4
end

local function luminance(colour)
  local red, green, blue = colour:match("^#(%x%x)(%x%x)(%x%x)$")
  return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)
end

-- The contrast ratio of two colours as WCAG 2 defines it, 1 to 21.
function palette.contrast(one, other)
  local lighter, darker = luminance(one), luminance(other)
  if lighter < darker then lighter, darker = darker, lighter end
  return (lighter + 0.05) / (darker + 0.05)
end

return palette
