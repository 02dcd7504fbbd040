-- hidden_list.lua - compares the list of what is hidden with what publications say is hidden.
--
--   lua5.4 tests/disclosure/hidden_list.lua FOLDER WINDOW
--
-- Every group that a CSV of the folder marks confidential is in the list, every group it shows is
-- not, and the list gives one reason to all. Prints each difference, then `N groups compared, M
-- differ`.
local folder, window = arg[1], arg[2]

local function split(line)
  local cells = {}
  for cell in (line:gsub('"([^"]*)"', function(text) return (text:gsub(",", "\1")) end) .. ",")
    :gmatch("([^,]*),") do
    cells[#cells + 1] = (cell:gsub("\1", ","))
  end
  return cells
end

local function each_row(path, visit)
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

local listed, reasons, compared, differing = {}, {}, 0, 0

local function differ(...)
  differing = differing + 1
  print(string.format(...))
end

local function key_of(row)
  return table.concat({ row.window_start, row.area_code, row.subcohort, row.breakdown_topic,
    row.breakdown }, "|")
end

each_row(folder .. "/hidden-" .. window .. ".csv", function(row)
  if row.figures_code == "people" then listed[key_of(row)] = true end
  if not reasons[row.why] then reasons[#reasons + 1] = row.why end
  reasons[row.why] = true
end)
if #reasons ~= 1 then differ("%d reasons in the list", #reasons) end

local seen = {}
for path in io.popen("ls " .. folder .. "/area-*.csv " .. folder .. "/subcohort-*.csv"):lines() do
  each_row(path, function(row)
    local key = key_of(row)
    if row.measure == "offenders" and not seen[key] then
      seen[key] = true
      compared = compared + 1
      local is_hidden = row.conf_status == "C"
      if is_hidden ~= (listed[key] or false) then
        differ("%s: hidden in the publication %s, in the list %s", key, is_hidden, listed[key])
      end
    end
  end)
end
print(string.format("%d groups compared, %d differ", compared, differing))
os.exit(differing == 0 and compared > 0)
