-- format.lua - numbers, dates and periods as a British reader expects them.
--
-- Requires: nothing. Nothing is calculated here beyond rounding for display.

local format = {}

local MONTHS = {
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
}

-- 12345.6 -> "12,345.6": `decimals` places, commas between thousands.
function format.number(value, decimals)
  local text = string.format("%." .. (decimals or 0) .. "f", value)
  local sign, whole, rest = text:match("^(-?)(%d+)(.*)$")
  whole = whole:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  if not (whole .. rest):find("[1-9]") then sign = "" end
  return (sign == "-" and "\u{2212}" or "") .. whole .. rest
end

-- 0.2634 -> "26.3%".
function format.percent(proportion) return format.number(proportion * 100, 1) .. "%" end

-- 0.0123 -> "1.2 percentage points"; the sign is for words to say.
function format.points(difference)
  local shown = format.number(math.abs(difference) * 100, 1)
  return shown .. (shown == "1.0" and " percentage point" or " percentage points")
end

local function parts_of(date)
  local year, month, day = date:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)")
  return year, tonumber(month), tonumber(day)
end

-- "2011-08-09" -> "9 August 2011"; any other text as it is.
function format.date(date)
  local year, month, day = parts_of(date)
  if not (year and MONTHS[month]) then return date end
  return string.format("%d %s %s", day, MONTHS[month], year)
end

local function is_last_of_month(date)
  local year, month, day = parts_of(date)
  local following = os.time { year = tonumber(year), month = month, day = day + 1, hour = 12 }
  return os.date("*t", following).day == 1
end

local function period(first, last, name)
  local year, month, day = parts_of(first)
  local last_year, last_month, last_day = parts_of(last)
  if day ~= 1 or not is_last_of_month(last) then
    return string.format("%d %s %s to %d %s %s", day, name(month), year,
      last_day, name(last_month), last_year)
  end
  if year == last_year then
    if month == last_month then return name(month) .. " " .. year end
    return string.format("%s to %s %s", name(month), name(last_month), year)
  end
  return string.format("%s %s to %s %s", name(month), year, name(last_month), last_year)
end

-- The first and last day of a window -> "January to December 2009", "April 2009 to March 2010".
function format.period(first, last)
  return period(first, last, function(month) return MONTHS[month] end)
end

-- The same with months of three letters, for tables: "Jan to Dec 2009".
function format.short_period(first, last)
  return period(first, last, function(month) return MONTHS[month]:sub(1, 3) end)
end

-- { "a", "b", "c" } -> "a, b and c".
function format.list(items)
  if #items < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, #items - 1) .. " and " .. items[#items]
end

-- "west midlands" -> "West midlands".
function format.sentence(text)
  return (text:gsub("^%l", string.upper))
end

return format
