-- csv_input.lua - reads an extract as CSV, row by row, and says exactly what is wrong with it.
--
-- A gate before the sqlite3 shell's `.import`: what passes is regular UTF-8 CSV in the format's
-- column order, every record with the line it starts on; what does not pass is given to `reject`,
-- never lost. One pass, bounded memory. Requires nothing.
--
--   local header, fault = csv_input.header(path, format)
--   local counts = csv_input.copy(path, header, sink)    sink: prefix, write, reject, progress
--
-- 1. Comma, double quote, rows ended by LF or CRLF; a quoted field may hold commas, doubled quotes
--    and line ends. A byte order mark is skipped. Empty lines are no rows.
-- 2. header() refuses a whole file: not there, empty, not text, no UTF-8, a column missing or
--    twice. `fault` has reason, line, column and message, which never shows what stands in a row.
-- 3. copy() refuses single rows: too few or too many fields, a stray quote, a control character,
--    bytes that are not UTF-8, a field or line that is too long. A record is given up as a stray
--    quote when its quotes do not pair within RECORD_LIMIT bytes; reading goes on at the next line.
--    progress(bytes) is called now and then.
-- 4. write(text) gets finished CSV: prefix, line, kept-aside columns as JSON, then the columns in
--    order. reject(line, column, value_class, reason, row_text) gets the rest; read = written +
--    rejected.

local csv_input = {}

local CHUNK = 1 << 20
local RECORD_LIMIT = 1 << 20
local LINE_LIMIT = 1 << 24
local FIELD_LIMIT = 4000
local ROW_TEXT_LIMIT = 2000
local ROWS_AT_ONCE = 2000
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

local function split(line)
  local fields, position = {}, 1
  while true do
    local comma = find(line, ",", position, true)
    if not comma then
      fields[#fields + 1] = sub(line, position)
      return fields
    end
    fields[#fields + 1] = sub(line, position, comma - 1)
    position = comma + 1
  end
end

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

local function is_in_order(header, format)
  if header.count ~= #format.columns or header.count > 30 then return false end
  for place in ipairs(format.columns) do
    if header.places[place] ~= place then return false end
  end
  return true
end

local function describe_columns(format, names, places)
  local header = { count = #names, places = {}, absent = {}, extra = {} }
  local wanted = {}
  for index, column in ipairs(format.columns) do
    header.places[index] = places[column.name] or 0
    wanted[column.name] = true
    if not places[column.name] then header.absent[#header.absent + 1] = column.name end
  end
  for place, name in ipairs(names) do
    name = name:match("^%s*(.-)%s*$")
    if not wanted[name:lower()] then header.extra[#header.extra + 1] = { place, name } end
  end
  header.in_order = is_in_order(header, format)
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
function csv_input.header(path, format)
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

-- Rows --------------------------------------------------------------------------------------------

local function shown(text)
  text = sub(text, 1, ROW_TEXT_LIMIT)
  if not utf8.len(text) then text = text:gsub("[\128-\255]", "?") end
  return (text:gsub(CONTROL, "?"))
end

local function quote(value)
  if find(value, '[",\r\n]') then return '"' .. value:gsub('"', '""') .. '"' end
  return value
end
csv_input.quote = quote

local function json_text(value)
  return '"' .. value:gsub('[%c"\\]', function(character)
    return string.format("\\u%04x", character:byte())
  end) .. '"'
end

-- The columns the format does not know, as one JSON object, or nothing.
local function kept_aside(header, fields)
  local parts = {}
  for index, extra in ipairs(header.extra) do
    parts[index] = json_text(extra[2]) .. ":" .. json_text(fields[extra[1]])
  end
  return #parts > 0 and quote("{" .. concat(parts, ",") .. "}") or ""
end

-- What is wrong with a record, or nil.
local function row_fault(text, fields, expected)
  if find(text, "\0", 1, true) then return "nul_byte", "row with a NUL byte" end
  if find(text, CONTROL) or find(text, "\r[^\n]") then
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
      return "field_too_long", "text of " .. (utf8.len(value) or #value) .. " characters"
    end
  end
end

local reader = {}
reader.__index = reader

function reader:flush()
  if self.waiting > 0 then
    self.sink.write(concat(self.rows, "\n", 1, self.waiting) .. "\n")
    self.waiting = 0
  end
end

function reader:emit(row)
  local waiting = self.waiting + 1
  self.rows[waiting], self.waiting = row, waiting
  self.counts.read = self.counts.read + 1
  if waiting == ROWS_AT_ONCE then self:flush() end
end

function reader:reject(line, value_class, reason, text)
  self.counts.read = self.counts.read + 1
  self.counts.rejected = self.counts.rejected + 1
  self.sink.reject(line, "", value_class, reason, shown(text))
end

function reader:emit_fields(fields)
  local header = self.header
  local parts = { self.sink.prefix .. self.line, kept_aside(header, fields) }
  for index, place in ipairs(header.places) do
    parts[index + 2] = place > 0 and quote(fields[place]) or ""
  end
  self:emit(concat(parts, ","))
end

-- Takes the record at `position` of the text the slow way. Returns the position of the next record;
-- nil: the text must hold more first.
function reader:take_record(text, position, at_end)
  local line_end = find(text, "\n", position, true)
  if not line_end and not at_end then return nil end
  line_end = line_end or #text + 1
  local line = sub(text, position, line_end - 1):gsub("\r$", "")
  if line == "" then
    self.line = self.line + 1
    return line_end + 1
  end
  local fields, after
  if find(line, '"', 1, true) then
    fields, after = quoted_record(text, position)
    if fields == nil and not at_end and #text - position < RECORD_LIMIT then return nil end
  else
    fields = split(line)
  end
  after = after or line_end + 1
  local record = sub(text, position, after - 1):gsub("\r?\n$", "")
  local reason, value_class = row_fault(record, fields, self.header.count)
  if reason then
    self:reject(self.line, value_class, reason, record)
  else
    self:emit_fields(fields)
  end
  self.line = self.line + 1 + line_ends(record)
  return after
end

-- True when every finished line of the text is UTF-8.
local function is_utf8(text)
  local length, bad = utf8.len(text)
  return length or not find(text, "\n", bad, true)
end

-- Takes all records the text holds whole. Returns the position after the last one taken.
function reader:take_text(text, at_end)
  local position, size = 1, #text
  local regular = self.pattern and is_utf8(text)
  local pattern, start = self.pattern, self.sink.prefix
  while position <= size do
    local _, last, stop
    if regular then _, last, stop = find(text, pattern, position) end
    if last and stop - position <= FIELD_LIMIT then
      self:emit(start .. self.line .. ",," .. sub(text, position, stop - 1))
      self.line = self.line + 1
      position = last + 1
    else
      local after = self:take_record(text, position, at_end)
      if not after then return position end
      position = after
    end
  end
  return position
end

-- The rest of a line that is longer than LINE_LIMIT: read past it. Returns the text after it.
function reader:skip_line(file, text)
  self:reject(self.line, "line of more than " .. LINE_LIMIT .. " bytes", "line_too_long", text)
  self.line = self.line + 1
  while text do
    local line_end = find(text, "\n", 1, true)
    if line_end then return sub(text, line_end + 1) end
    text = file:read(CHUNK)
  end
  return ""
end

-- Copies the rows of the file to sink.write and sink.reject. Returns { read =, rejected = }; raises
-- when the file stops being readable.
function csv_input.copy(path, header, sink)
  local file = assert(io.open(path, "rb"))
  file:seek("set", header.offset)
  local self = setmetatable({ header = header, sink = sink, line = header.first_line, rows = {},
    waiting = 0, counts = { read = 0, rejected = 0 } }, reader)
  if header.in_order then
    local field = '[^,%c"]*'
    self.pattern = "^" .. field .. ("," .. field):rep(header.count - 1) .. "()\r?\n"
  end
  local text = ""
  repeat
    local chunk, message = file:read(CHUNK)
    if message then error(message, 0) end
    text = text .. (chunk or "")
    if not chunk or find(chunk, "\n", 1, true) then
      text = sub(text, self:take_text(text, chunk == nil))
    end
    if #text > LINE_LIMIT then text = self:skip_line(file, text) end
    if sink.progress then sink.progress(file:seek()) end
  until not chunk
  self:flush()
  file:close()
  return self.counts
end

return csv_input
