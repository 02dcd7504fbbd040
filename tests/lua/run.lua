-- Runs one file of Lua tests: lua5.4 tests/lua/run.lua tests/lua/some_test.lua
--
-- The file returns a table of functions by name; each is called with the table `check` below and
-- fails by raising. Requires nothing; makes lua/?.lua and the native module requirable.
package.path = "./lua/?.lua;./lua/?/init.lua;./tests/lua/?.lua;" .. package.path
package.cpath = "./build/release/lua/?.so;" .. package.cpath

local check = {}

local function show(value)
  return type(value) == "string" and string.format("%q", value) or tostring(value)
end

local function describe(value, seen)
  if type(value) ~= "table" then return show(value) end
  seen = seen or {}
  if seen[value] then return "{...}" end
  seen[value] = true
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  local parts = {}
  for _, key in ipairs(keys) do
    parts[#parts + 1] = "[" .. show(key) .. "] = " .. describe(value[key], seen)
  end
  return "{" .. table.concat(parts, ", ") .. "}"
end

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, value in pairs(a) do
    if not same(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

local function fail(message, note)
  error((note and note .. ": " or "") .. message, 3)
end

-- Values equal; tables by content.
function check.equal(actual, expected, note)
  if not same(actual, expected) then
    fail("expected " .. describe(expected) .. ", got " .. describe(actual), note)
  end
end

-- Numbers within an absolute tolerance (default 1e-12).
function check.near(actual, expected, tolerance, note)
  if type(actual) ~= "number" or actual ~= actual
    or math.abs(actual - expected) > (tolerance or 1e-12) then
    fail("expected about " .. show(expected) .. ", got " .. show(actual), note)
  end
end

function check.truthy(value, note)
  if not value then fail("expected a true value, got " .. show(value), note) end
end

-- `text` holds `part` as plain text.
function check.contains(text, part, note)
  if type(text) ~= "string" or not text:find(part, 1, true) then
    fail("expected a text with " .. show(part) .. ", got " .. show(text), note)
  end
end

-- Calling f raises an error whose text holds `part`.
function check.raises(f, part, note)
  local ok, message = pcall(f)
  if ok then fail("expected an error with " .. show(part), note) end
  check.contains(tostring(message), part, note)
end

local file = assert(arg[1], "usage: lua5.4 tests/lua/run.lua FILE")
local tests = assert(loadfile(file))()
local names = {}
for name in pairs(tests) do names[#names + 1] = name end
table.sort(names)
local passed, failed = 0, 0
for _, name in ipairs(names) do
  local ok, message = xpcall(tests[name], debug.traceback, check)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print("FAILED " .. name .. ": " .. tostring(message))
  end
end
print(string.format("%d passed, %d failed", passed, failed))
os.exit(failed == 0)
