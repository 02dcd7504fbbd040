-- csv_reference.lua - the rules of reading CSV a second time, slowly: what reoffend_csv is compared
-- with. Requires nothing.
--
--   local rows, refused = csv_reference.read(text, fields, first_line)
--   rows[1]       { line = 2, "first field", "second", … }
--   refused[1]    { line = 3, reason = "stray_quote", value_class = "row of 6 bytes", text = … }
--
-- The rules are those of ext/csv_record.h and ext/text.h; here a whole text is at hand, and
-- patterns and Lua's own utf8.len decide.

local csv_reference = {}

local RECORD_LIMIT = 1 << 20
local LINE_LIMIT = 1 << 24
local FIELD_LIMIT = 4000
local ROW_TEXT_LIMIT = 2000
local CONTROL = "[\0-\8\11\12\14-\31\127]"

local find, sub = string.find, string.sub

-- The quoted field that opens at `position`: its text and the position after it. nil: it is no
-- field, or does not close before `limit`.
local function quoted_field(text, position, limit)
  local from = position + 1
  while true do
    local quote = find(text, '"', from, true)
    if not quote or quote > limit then return nil end
    if sub(text, quote + 1, quote + 1) ~= '"' then
      local rest = sub(text, quote + 1, quote + 2)
      local ends = rest == "" or rest == "\r" or rest == "\r\n" or find(rest, "^[,\n]")
      if not ends then return nil end
      return (sub(text, position + 1, quote - 1):gsub('""', '"')), quote + 1
    end
    from = quote + 2
  end
end

-- The fields of the record that starts at `position` with its quotes, and where it ends (the last
-- byte before the line end); nil: a quote is stray.
local function quoted_record(text, position)
  local fields, limit = {}, position + RECORD_LIMIT - 1
  while true do
    local value, after
    if sub(text, position, position) == '"' and position <= limit then
      value, after = quoted_field(text, position, limit)
      if not value then return nil end
    else
      after = find(text, "[,\n]", position) or #text + 1
      if after > #text or sub(text, after, after) == "\n" then
        if sub(text, after - 1, after - 1) == "\r" and after > position then after = after - 1 end
      end
      value = sub(text, position, after - 1)
      if find(value, '"', 1, true) then return nil end
    end
    fields[#fields + 1] = value
    if sub(text, after, after) ~= "," then return fields, after - 1 end
    position = after + 1
  end
end

local function split(line)
  local fields = {}
  for field in (line .. ","):gmatch("([^,]*),") do fields[#fields + 1] = field end
  return fields
end

local function shown(text)
  if #text > ROW_TEXT_LIMIT then
    local length = ROW_TEXT_LIMIT
    while length > 0 and find(sub(text, length + 1, length + 1), "[\128-\191]") do
      length = length - 1
    end
    text = sub(text, 1, length)
  end
  if not utf8.len(text) then text = text:gsub("[\128-\255]", "?") end
  return (text:gsub(CONTROL, "?"))
end

-- What is wrong with a record, and what stood there; or nil.
local function fault(text, fields, expected)
  if find(text, "\0", 1, true) then return "nul_byte", "row with a NUL byte" end
  if find(text, CONTROL) or find(text, "\r[^\n]") or find(text, "\r$") then
    return "control_character", "row with a control character"
  end
  if not utf8.len(text) then return "not_utf8", "row that is not UTF-8" end
  if not fields then return "stray_quote", "row of " .. #text .. " bytes" end
  if #fields ~= expected then
    local reason = #fields < expected and "too_few_fields" or "too_many_fields"
    return reason, #fields .. " fields, " .. expected .. " expected"
  end
  for _, value in ipairs(fields) do
    if #value > FIELD_LIMIT then
      return "field_too_long", "text of " .. utf8.len(value) .. " characters"
    end
  end
end

function csv_reference.read(text, expected, line)
  local rows, refused, position = {}, {}, 1
  while position <= #text do
    local line_end = find(text, "\n", position, true) or #text + 1
    local whole = sub(text, position, line_end - 1)
    local record = whole:gsub("\r$", "")
    local fields, last
    if #whole > LINE_LIMIT then
      refused[#refused + 1] = { line = line, reason = "line_too_long",
        value_class = "line of more than " .. LINE_LIMIT .. " bytes", text = shown(whole) }
      record = whole
    elseif record ~= "" then
      if find(record, '"', 1, true) then
        fields, last = quoted_record(text, position)
        if fields then record = sub(text, position, last) end
      else
        fields = split(record)
      end
      local reason, value_class = fault(record, fields, expected)
      if reason then
        refused[#refused + 1] = { line = line, reason = reason, value_class = value_class,
          text = shown(record) }
      else
        fields.line = line
        rows[#rows + 1] = fields
      end
    end
    local after = find(text, "\n", position + #record, true) or #text
    local _, passed = sub(text, position, after):gsub("\n", "")
    line, position = line + passed, after + 1
  end
  return rows, refused
end

return csv_reference
