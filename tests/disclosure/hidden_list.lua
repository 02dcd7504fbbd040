-- hidden_list.lua - compares the list of what is hidden with what publications say is hidden.
--
--   lua5.4 tests/disclosure/hidden_list.lua FOLDER WINDOW
--
-- Every group that a CSV of the folder marks confidential is in the list, every group it shows is
-- not, and the list gives one reason to all. Prints each difference, then `N groups compared, M
-- differ`.
package.path = "tests/disclosure/?.lua;" .. package.path
local csv_rows = require "csv_rows"

local folder, window = arg[1], arg[2]

local listed, reasons, compared, differing = {}, {}, 0, 0

local function differ(...)
  differing = differing + 1
  print(string.format(...))
end

local function key_of(row)
  return table.concat({ row.window_start, row.area_code, row.subcohort, row.breakdown_topic,
    row.breakdown }, "|")
end

csv_rows.each(folder .. "/hidden-" .. window .. ".csv", function(row)
  if row.figures_code == "people" then listed[key_of(row)] = true end
  if not reasons[row.why] then reasons[#reasons + 1] = row.why end
  reasons[row.why] = true
end)
if #reasons ~= 1 then differ("%d reasons in the list", #reasons) end

local seen = {}
for _, path in ipairs(csv_rows.files(folder, "area-*.csv", "subcohort-*.csv")) do
  csv_rows.each(path, function(row)
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
