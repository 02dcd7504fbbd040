-- The data dictionary of sql/README.md: every table there is and each of its columns, and no other.

local loading = require "loading"

local tests = {}

-- The columns of reoffend_rates stand in ext/README.md; limits are named with what they limit.
local ELSEWHERE = { result = true, result_previous = true, history = true }
local LIKE_RESULT = { published = true }

local function documented()
  local file = assert(io.open("sql/README.md"))
  local text = file:read("a")
  file:close()
  local rows = {}
  for name, row in text:match("\n## Tables\n(.-)\nViews: "):gmatch("\n| `([%w_]+)` |([^\n]*)") do
    rows[name] = row
  end
  return rows
end

tests.every_table_and_column_is_documented = loading.with_place(function(check, place)
  local rows = documented()
  local of_result = {}
  for _, column in ipairs(place:query("SELECT name FROM pragma_table_info('result')")) do
    of_result[column] = true
  end
  for _, line in ipairs(place:query("SELECT m.name, p.name FROM sqlite_schema AS m"
    .. " JOIN pragma_table_info(m.name) AS p WHERE m.type = 'table'"
    .. " AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.cid")) do
    local name, column = line:match("^(.*)|(.*)$")
    check.truthy(rows[name] or ELSEWHERE[name], "a row on " .. name)
    local is_elsewhere = ELSEWHERE[name] or LIKE_RESULT[name] and of_result[column]
      or column:match("_low$") or column:match("_high$")
    if not is_elsewhere then
      check.contains(rows[name] or "", "`" .. column .. "`", name)
    end
  end
end)

tests.no_other_table_is_documented = loading.with_place(function(check, place)
  for name in pairs(documented()) do
    if name ~= "history" then
      check.equal(place:value("SELECT count(*) FROM sqlite_schema WHERE name = '" .. name .. "'"),
        "1", name)
    end
  end
end)

return tests
