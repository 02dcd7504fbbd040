-- small_csv.lua - a CSV file that people fill in, read whole: rows by the names of their columns.
-- Requires csv_header.
--
--   local rows, fault = small_csv.read(path, format)    -- format as in extract_format.lua
--   rows[1].line, rows[1].review_id, …
--   fault.line, fault.column, fault.message             -- never shows what stands in a row
--
-- Columns stand in any order and others are passed over; a row with too few fields has empty ones.
-- Extracts are read by load.lua.

local csv_header = require "reoffend.csv_header"

local small_csv = {}

local SIZE_LIMIT = 1 << 24

local function fault(line, message)
  return nil, { line = line, column = "", message = message }
end

function small_csv.read(path, format)
  local header, header_fault = csv_header.read(path, format)
  if not header then return nil, header_fault end
  local file = assert(io.open(path, "rb"))
  local text = file:read(SIZE_LIMIT + 1)
  file:close()
  if #text > SIZE_LIMIT then return fault(1, "it is longer than 16 MB") end
  local rows, position, line = {}, header.offset + 1, header.first_line
  while position <= #text do
    local fields, after = csv_header.record(text, position)
    if not fields then return fault(line, "a quote stands where none may or is not closed") end
    local record = text:sub(position, after - 1)
    if record:find("[^\r\n]") then
      local row = { line = line }
      for place, name in ipairs(header.names) do row[name] = fields[place] or "" end
      rows[#rows + 1] = row
    end
    local _, ends = record:gsub("\n", "")
    line, position = line + ends, after
  end
  return rows
end

return small_csv
