-- csv_header.lua - reads the header row of an extract, and says exactly what is wrong with it.
--
--   local header, fault = csv_header.read(path, format)
--   header.names        the file's columns in order; those the format knows in its spelling
--   header.count        how many there are
--   header.offset       bytes before the first row; header.first_line the number of its line
--   header.extra        names the format does not know; header.absent names the file lacks
--   fault.reason, fault.line, fault.column, fault.message, which never shows what stands in a row
--
--   local fields, next_position = csv_header.record(text, position)    -- one record of a text
--
-- 1. Comma, double quote, rows ended by LF or CRLF. A byte order mark is skipped. Names are matched
--    without regard to capitals and blanks around them.
-- 2. It refuses a whole file: not there, empty, not text, no UTF-8, a column missing or twice. The
--    rows are read by the extension (reoffend_csv), which refuses them one by one.
--
-- Requires nothing.

local csv_header = {}

local RECORD_LIMIT = 1 << 20
local BINARY_SAMPLE = 4096
local BYTE_ORDER_MARK = "\239\187\191"
local NOT_TEXT = "it holds bytes that are no text"
local CONTROL = "[\0-\8\11\12\14-\31\127]"

local find, sub, concat = string.find, string.sub, table.concat

-- Records -----------------------------------------------------------------------------------------

-- The quoted field that opens at `position`: its text and the position after it. nil: it does not
-- close in this text; false: something stands after the closing quote.
local function quoted_field(text, position)
  local from = position + 1
  while true do
    local quote = find(text, '"', from, true)
    if not quote then return nil end
    if sub(text, quote + 1, quote + 1) ~= '"' then
      if not find(text, "^[,\n]", quote + 1) and not find(text, "^\r?\n", quote + 1)
        and not find(text, "^\r?$", quote + 1) then
        return false
      end
      return sub(text, position + 1, quote - 1):gsub('""', '"'), quote + 1
    end
    from = quote + 2
  end
end

-- The fields of the record that starts at `position`, and the position of the next record. nil:
-- a quote does not close in this text; false: a quote stands where none may.
local function quoted_record(text, position)
  local fields = {}
  while true do
    local value, after
    if sub(text, position, position) == '"' then
      value, after = quoted_field(text, position)
      if not value then return value end
    else
      after = find(text, "[,\n]", position) or #text + 1
      value = sub(text, position, after - 1)
      if find(value, '"', 1, true) then return false end
      if sub(text, after, after) ~= "," then value = value:gsub("\r$", "") end
    end
    fields[#fields + 1] = value
    if sub(text, after, after) ~= "," then
      local _, last = find(text, "^\r?\n", after)
      return fields, (last or #text) + 1
    end
    position = after + 1
  end
end

csv_header.record = quoted_record

local function line_ends(text)
  local _, count = text:gsub("\n", "")
  return count
end

-- Header ------------------------------------------------------------------------------------------

local function fault(reason, message, column)
  return nil, { reason = reason, line = 1, column = column or "", message = message }
end

local function column_places(names)
  local places = {}
  for place, name in ipairs(names) do
    name = name:match("^%s*(.-)%s*$"):lower()
    if places[name] then return nil, name end
    places[name] = place
  end
  return places
end

-- A column name of the file is shown only when the format knows it.
local function shown_name(format, name)
  for _, column in ipairs(format.columns) do
    if column.name == name then return name end
  end
  return ""
end

local function missing_columns(format, places)
  local missing = {}
  for _, column in ipairs(format.columns) do
    if not places[column.name] and not column.optional then missing[#missing + 1] = column.name end
  end
  return missing
end

local function names_any(format, places)
  for _, column in ipairs(format.columns) do
    if places[column.name] then return true end
  end
  return false
end

local function describe_columns(format, names, places)
  local header = { count = #names, names = {}, absent = {}, extra = {} }
  local wanted = {}
  for _, column in ipairs(format.columns) do
    wanted[column.name] = true
    if not places[column.name] then header.absent[#header.absent + 1] = column.name end
  end
  for place, name in ipairs(names) do
    name = name:match("^%s*(.-)%s*$"):gsub("[\r\n]", " ")
    local known = wanted[name:lower()]
    header.names[place] = known and name:lower() or name
    if not known then header.extra[#header.extra + 1] = name end
  end
  return header
end

-- True when the start of a file whose header cannot be read is that of no text at all.
local function is_binary(start)
  return find(sub(start, 1, BINARY_SAMPLE), CONTROL) ~= nil
end

-- What a header that names no column of the format may be instead, or nil.
local function other_kind(format, start)
  if is_binary(start) then return "not_text", NOT_TEXT end
  if find(start, "^%s*<[!?%a]") then
    return "missing_column", "it looks like a page of HTML or XML, not CSV"
  end
  local line = sub(start, 1, (find(start, "[\r\n]") or #start + 1) - 1):lower()
  for _, separator in ipairs { { ";", "semicolons" }, { "\t", "tabs" }, { "|", "bars" } } do
    for _, column in ipairs(format.columns) do
      if find(separator[1] .. line .. separator[1], separator[1] .. column.name .. separator[1], 1,
        true) and #format.columns > 1 then
        return "missing_column", "its columns are separated by " .. separator[2]
          .. " where commas are needed"
      end
    end
  end
end

local function header_record(start)
  local first_end = find(start, "\n", 1, true) or #start + 1
  local line = sub(start, 1, first_end - 1)
  local is_odd = find(line, CONTROL) or find(line, "\r[^\n]") or not utf8.len(line)
  if is_odd and is_binary(start) then return fault("not_text", NOT_TEXT) end
  if find(line, "\r[^\n]") then return fault("bare_carriage_return", "lines end with CR alone") end
  if find(line, CONTROL) then return fault("not_text", NOT_TEXT) end
  if not utf8.len(line) then return fault("not_utf8", "the header is not UTF-8") end
  local names, next_record = quoted_record(start, 1)
  if not names then return fault("stray_quote", "a quote in the header is not closed") end
  return names, next_record
end

-- Reads the header row of a file. Returns what copy() needs, or nil and a fault (2).
function csv_header.read(path, format)
  local file, message = io.open(path, "rb")
  if not file then return fault("not_readable", (message:gsub("^.*: ", ""))) end
  local start = file:read(RECORD_LIMIT)
  file:close()
  if not start or not find(start, "%S") then return fault("empty_file", "it is empty") end
  local offset = 0
  if sub(start, 1, 3) == BYTE_ORDER_MARK then
    offset, start = 3, sub(start, 4)
  end
  local names, next_record = header_record(start)
  if not names then return names, next_record end
  local places, twice = column_places(names)
  if not places then
    return fault("duplicate_column", "the header names a column twice", shown_name(format, twice))
  end
  local missing = missing_columns(format, places)
  local reason, kind
  if not names_any(format, places) then reason, kind = other_kind(format, start) end
  if reason then return fault(reason, kind) end
  if #missing > 0 then
    return fault("missing_column", "the header lacks " .. concat(missing, ", "), missing[1])
  end
  local header = describe_columns(format, names, places)
  header.offset = offset + next_record - 1
  header.first_line = 1 + line_ends(sub(start, 1, next_record - 1))
  return header
end

return csv_header
