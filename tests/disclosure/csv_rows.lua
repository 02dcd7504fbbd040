-- csv_rows.lua - reads CSV as somebody reads it who has the published files and nothing else.
--
--   csv_rows.each(path, visit)            -- visit(row) for each row, keyed by the header
--   csv_rows.files(folders, pattern …)    -- paths in folders (a comma between two) that match
local csv_rows = {}

local function split(line)
  local cells, position = {}, 1
  while position <= #line + 1 do
    local cell, finish
    if line:sub(position, position) == '"' then
      local parts, from = {}, position + 1
      while true do
        local quote = assert(line:find('"', from, true), "a quote that does not end")
        parts[#parts + 1] = line:sub(from, quote - 1)
        finish, from = quote + 1, quote + 2
        if line:sub(quote + 1, quote + 1) ~= '"' then break end
        parts[#parts + 1] = '"'
      end
      cell = table.concat(parts)
    else
      finish = line:find(",", position, true) or #line + 1
      cell = line:sub(position, finish - 1)
    end
    cells[#cells + 1] = cell
    position = finish + 1
  end
  return cells
end

function csv_rows.each(path, visit)
  local header
  for line in io.lines(path) do
    local cells = split(line)
    if header then
      local row = {}
      for place, name in ipairs(header) do row[name] = cells[place] end
      visit(row)
    else
      header = cells
    end
  end
end

function csv_rows.files(folders, ...)
  local names = {}
  for folder in folders:gmatch("[^,]+") do
    for _, pattern in ipairs { ... } do names[#names + 1] = folder .. "/" .. pattern end
  end
  local found = {}
  for path in io.popen("ls " .. table.concat(names, " ") .. " 2>/dev/null"):lines() do
    found[#found + 1] = path
  end
  return found
end

return csv_rows
