-- Which file may know which: prints each violation, exits 1 when there is one.
--
--   lua5.4 tests/layers/layers.lua [ROOT] [GENERATED]
--
-- ROOT is the folder that holds ext/, lua/, sql/, reports/ (default: here); GENERATED a folder of
-- headers made at build time (default build/generated). Requires nothing.
--
-- C      A file's name says its layer; it includes its own header and lower layers only. Files of
--        the top layer (fn_, agg_, vt_) never include each other. sqlite3 headers: glue.h alone.
--        Files, taken with their headers, form no cycle.
-- Lua    luasql and the native module: lua/reoffend/database.lua alone. lua/ never requires
--        reports/. Modules form no cycle. Reports touch SQL through lua/ only.
-- SQL    Step n reads only tables and views made by steps up to n.
local root = arg[1] or "."
local generated = arg[2] or "build/generated"
local violations = 0

local function violation(...)
  violations = violations + 1
  print(string.format(...))
end

local function files(folder, pattern)
  local listing = assert(io.popen("ls '" .. root .. "/" .. folder .. "' 2>/dev/null"))
  local names = {}
  for name in listing:lines() do
    if name:match(pattern) then names[#names + 1] = name end
  end
  listing:close()
  return names
end

local function content(path)
  local file = assert(io.open(root .. "/" .. path))
  local text = file:read("a")
  file:close()
  return text
end

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

-- Prints one cycle of the graph `edges[node] = {other, ...}` when there is any.
local function find_cycle(what, edges)
  local state, path = {}, {}
  local function visit(node)
    if state[node] == "done" then return end
    path[#path + 1] = node
    if state[node] == "open" then
      violation("%s form a cycle: %s", what, table.concat(path, " -> "))
      path[#path] = nil
      return
    end
    state[node] = "open"
    for _, other in ipairs(edges[node] or {}) do visit(other) end
    state[node] = "done"
    path[#path] = nil
  end
  local nodes = {}
  for node in pairs(edges) do nodes[#nodes + 1] = node end
  table.sort(nodes)
  for _, node in ipairs(nodes) do visit(node) end
end

-- C -----------------------------------------------------------------------------------------------

-- What every layer may know: no rule of the measure, no SQLite.
local BASE = {
  calendar = true, memory = true, checksum = true, column = true, dictionary = true, text = true,
}
local LAYERS = { "base", "core", "glue", "store", "function", "registry", "entry" }
local RANK = {}
for rank, layer in ipairs(LAYERS) do RANK[layer] = rank end

local function c_layer(stem)
  if stem == "reoffend" then return "entry" end
  if stem == "registry" then return "registry" end
  if stem:match("^glue") then return "glue" end
  if stem:match("^store_") then return "store" end
  if stem:match("^fn_") or stem:match("^agg_") or stem:match("^vt_") then return "function" end
  return BASE[stem] and "base" or "core"
end

-- reoffend_functions lists the registry that lists it: the one place where a table looks up.
local ALLOWED_UP = { ["vt_functions registry"] = true }

local function check_include(name, stem, included, edges)
  if included:match("^sqlite3") then
    if name ~= "glue.h" then violation("ext/%s includes %s: only glue.h may", name, included) end
    return
  end
  if not exists(root .. "/ext/" .. included) then
    if not exists(generated .. "/" .. included) then
      violation("ext/%s includes %s, which is neither in ext/ nor generated", name, included)
    end
    return
  end
  local other = included:gsub("%.h$", "")
  if other == stem or ALLOWED_UP[stem .. " " .. other] then return end
  edges[stem][#edges[stem] + 1] = other
  local from, to = c_layer(stem), c_layer(other)
  if RANK[to] > RANK[from] then
    violation("ext/%s (%s) includes %s (%s): upward", name, from, included, to)
  elseif from == "function" and to == "function" then
    violation("ext/%s includes %s: tables and functions do not know each other", name, included)
  end
end

local function check_c()
  local edges = {}
  for _, name in ipairs(files("ext", "%.[ch]$")) do
    local stem = name:gsub("%.[ch]$", "")
    edges[stem] = edges[stem] or {}
    for line in content("ext/" .. name):gmatch("[^\n]+") do
      local quoted = line:match('^%s*#%s*include%s+"([^"]+)"')
      local angled = line:match("^%s*#%s*include%s+<(sqlite3[^>]*)>")
      if quoted or angled then check_include(name, stem, quoted or angled, edges) end
    end
  end
  find_cycle("ext/ files", edges)
end

-- Lua ---------------------------------------------------------------------------------------------

local function lua_requires(path)
  local found = {}
  for line in content(path):gmatch("[^\n]+") do
    if not line:match("^%s*%-%-") then
      for module in line:gmatch("require%s*%(?%s*[\"']([^\"']+)[\"']") do
        found[#found + 1] = module
      end
    end
  end
  return found
end

local function check_lua()
  local edges = {}
  local paths = {}
  for _, folder in ipairs { "lua/reoffend", "lua/bin", "reports" } do
    for _, name in ipairs(files(folder, folder == "lua/bin" and "." or "%.lua$")) do
      paths[#paths + 1] = folder .. "/" .. name
    end
  end
  for _, path in ipairs(paths) do
    local module = path:match("^lua/(.*)%.lua$")
    module = module and module:gsub("/", "."):gsub("%.init$", "") or path
    edges[module] = {}
    for _, required in ipairs(lua_requires(path)) do
      edges[module][#edges[module] + 1] = required
      local database = required:match("^luasql") or required == "reoffend_native"
      if database and path ~= "lua/reoffend/database.lua" then
        violation("%s requires %s: only lua/reoffend/database.lua may", path, required)
      end
      if path:match("^lua/") and required:match("^reports") then
        violation("%s requires %s: lua/ never knows a report", path, required)
      end
      if path:match("^reports/") and required:match("^reports") then
        violation("%s requires %s: reports do not know each other", path, required)
      end
    end
  end
  find_cycle("Lua modules", edges)
end

-- SQL ---------------------------------------------------------------------------------------------

local function strip_sql(text)
  text = text:gsub("%-%-[^\n]*", ""):gsub("/%*.-%*/", "")
  return (text:gsub("'[^']*'", "''"))
end

local function each_made(text, visit)
  local upper = text:upper()
  for _, word in ipairs { "TABLE", "VIEW" } do
    local pattern = "()CREATE%s+[%u%s]-%f[%w]" .. word .. "%f[%W]"
    for position in upper:gmatch(pattern) do visit(position, word) end
  end
end

-- Names made by CREATE TABLE or VIEW in a step.
local function tables_made(text)
  local made = {}
  each_made(text, function(position, word)
    local rest = text:sub(position):gsub("^.-%f[%w]" .. (word == "TABLE" and "[Tt][Aa][Bb][Ll][Ee]"
      or "[Vv][Ii][Ee][Ww]") .. "%s+", "", 1)
    rest = rest:gsub("^[Ii][Ff]%s+[Nn][Oo][Tt]%s+[Ee][Xx][Ii][Ss][Tt][Ss]%s+", "")
    local name = rest:gsub("^temp%.", ""):match('^"?([%w_]+)')
    if name then made[#made + 1] = name end
  end)
  return made
end

local function tables_read(text)
  local read = {}
  for name in text:gmatch("%f[%w][Ff][Rr][Oo][Mm]%s+([%w_]+)") do read[name] = true end
  for name in text:gmatch("%f[%w][Jj][Oo][Ii][Nn]%s+([%w_]+)") do read[name] = true end
  return read
end

local function check_sql()
  local steps, first_made = {}, {}
  for _, name in ipairs(files("sql", "^%d+.*%.sql$")) do
    local number = tonumber(name:match("^%d+"))
    local text = strip_sql(content("sql/" .. name))
    steps[#steps + 1] = { name = name, number = number, text = text }
    for _, made in ipairs(tables_made(text)) do
      if not first_made[made] or number < first_made[made] then first_made[made] = number end
    end
  end
  for _, step in ipairs(steps) do
    for read in pairs(tables_read(step.text)) do
      if first_made[read] and first_made[read] > step.number then
        violation("sql/%s reads %s, which step %d makes", step.name, read, first_made[read])
      end
    end
  end
end

check_c()
check_lua()
check_sql()
os.exit(violations == 0)
