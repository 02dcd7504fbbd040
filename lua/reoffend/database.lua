-- database.lua - the one module that owns LuaSQL.
--
-- Opens a SQLite database with the re-offending extension in it, puts values into SQL safely and
-- reads rows without losing an error. Requires: luasql.sqlite3, lfs, reoffend_native (built).
--
--   local connection, message = database.open(path)             -- read-only
--   local connection, message = database.open(path, "write")    -- an existing database
--   local rows = connection:rows("SELECT a FROM t WHERE b = :b", { b = 7 })
--   local row = connection:row(sql, values)      -- nil when there is none; two rows are an error
--   local value = connection:value(sql, values)  -- first column of that row
--   connection:run(sql, values)                  -- a statement that returns no rows
--   connection:freeze()                          -- what is read from now on is of one moment
--   connection:close()
--
-- 1. A file that is missing, is no database or does not open: `open` returns nil and a message.
--    An error in a query raises (a table with `message`; it prints as its message).
-- 2. A row is keyed by column name. NULL is nil; asking a row for a column the query does not have
--    raises, so a misspelt name cannot pass for NULL. rows.columns lists the names in order.
-- 3. LuaSQL binds no parameters, runs only the first statement of a text and reports an error in
--    mid-result as a second value. So :name values are quoted here, a text with a second statement
--    or a `?` is refused, every fetch's second value is checked, and every cursor is closed.
-- 4. Reading is read-only twice over: SQLite opens the file with mode=ro where URI names are
--    compiled in (Debian's is), and PRAGMA query_only holds for the connection in every case.

local lfs = require "lfs"
local luasql = require "luasql.sqlite3"

local database = {}

local function own_root()
  local source = debug.getinfo(1, "S").source:gsub("^@", "")
  local folder = source:match("^(.*)/[^/]*$") or "."
  return folder .. "/../.."
end

local ROOT = own_root()

-- Where the built extension lies: in a source tree, or installed with this tree in share/reoffend.
local EXTENSION_FOLDERS = { ROOT .. "/build/release", ROOT .. "/../../lib/reoffend" }

local registered

-- Registers the extension for every connection opened from now on. Returns true, or nil and why.
local function register_extension()
  if registered then return true end
  for _, folder in ipairs(EXTENSION_FOLDERS) do
    local extension = folder .. "/reoffend.so"
    if lfs.attributes(extension, "mode") == "file" then
      package.cpath = folder .. "/lua/?.so;" .. package.cpath
      local found, native = pcall(require, "reoffend_native")
      if not found then return nil, "the Lua module reoffend_native is not built; run: make" end
      local good, message = native.register(extension)
      if not good then return nil, message end
      registered = true
      return true
    end
  end
  return nil, "the extension reoffend.so is not built; run: make"
end

-- Values and statements ---------------------------------------------------------------------------

-- A value as an SQL literal. Text with a NUL byte has none and raises, as does any other type.
function database.quote(value)
  local kind = math.type(value) or type(value)
  if kind == "nil" then return "NULL" end
  if kind == "integer" then
    return value == math.mininteger and "(-9223372036854775807 - 1)" or tostring(value)
  end
  if kind == "float" then
    if value ~= value then return "NULL" end
    if value == math.huge then return "9e999" end
    if value == -math.huge then return "-9e999" end
    return string.format("%.17g", value)
  end
  if kind == "boolean" then return value and "1" or "0" end
  if kind ~= "string" then error("an SQL value cannot be a " .. kind, 2) end
  if value:find("\0", 1, true) then error("an SQL text cannot hold a NUL byte", 2) end
  return "'" .. value:gsub("'", "''") .. "'"
end

-- The stretches of SQL in which no parameter and no end of statement can stand.
local OPAQUE = { "^'[^']*'", '^"[^"]*"', "^`[^`]*`", "^%[[^%]]*%]", "^%-%-[^\n]*", "^/%*.-%*/" }

local function opaque_end(sql, position)
  for _, pattern in ipairs(OPAQUE) do
    local _, last = sql:find(pattern, position)
    if last then return last end
  end
end

-- The SQL text with each :name replaced by its quoted value. Raises on a name without a value, on
-- `?` and on a second statement. A value left out is an error: write { name = database.null }.
database.null = setmetatable({}, { __tostring = function() return "NULL" end })

function database.statement(sql, values)
  local parts, position, ended = {}, 1, false
  while position <= #sql do
    local last = opaque_end(sql, position)
    local name = not last and sql:match("^:([%a_][%w_]*)", position)
    local character = sql:sub(position, position)
    if last then
      if ended and not character:find("[-/]") then
        error("more than one statement in: " .. sql, 2)
      end
      parts[#parts + 1] = sql:sub(position, last)
    elseif name then
      local value = values and values[name]
      if value == nil then error("no value for :" .. name .. " in: " .. sql, 2) end
      parts[#parts + 1] = database.quote(value ~= database.null and value or nil)
      last = position + #name
    else
      if character == "?" then error("LuaSQL binds no `?`; write :name in: " .. sql, 2) end
      if ended and not character:find("%s") then
        error("more than one statement in: " .. sql, 2)
      end
      ended = ended or character == ";"
      parts[#parts + 1] = character
      last = position
    end
    position = last + 1
  end
  return table.concat(parts)
end

-- Rows --------------------------------------------------------------------------------------------

local failure_type = { __tostring = function(failure) return failure.message end }

local function raise(message, sql)
  message = tostring(message):gsub("^LuaSQL: ", "")
  local shown = sql:gsub("%s+", " "):sub(1, 100)
  error(setmetatable({ message = message .. " (in: " .. shown .. ")" }, failure_type), 0)
end

-- True for what a failed query raises.
function database.is_failure(value) return getmetatable(value) == failure_type end

local function row_type(columns)
  local known = {}
  for _, name in ipairs(columns) do known[name] = true end
  return {
    __index = function(_, name)
      if known[name] then return nil end
      error("the query has no column '" .. tostring(name) .. "'", 2)
    end,
  }
end

local connection_type = {}
connection_type.__index = connection_type

local function fetch_all(cursor, sql)
  local columns = cursor:getcolnames()
  local rows, kind = { columns = columns }, row_type(columns)
  while true do
    local fields, message = cursor:fetch({}, "n")
    if not fields then
      cursor:close()
      if message then raise(message, sql) end
      return rows
    end
    local row = {}
    for place, name in ipairs(columns) do row[name] = fields[place] end
    rows[#rows + 1] = setmetatable(row, kind)
  end
end

function connection_type:rows(sql, values)
  local statement = database.statement(sql, values)
  local cursor, message = self.luasql:execute(statement)
  if not cursor then raise(message, statement) end
  if type(cursor) ~= "userdata" then raise("the statement returns no rows", statement) end
  return fetch_all(cursor, statement)
end

function connection_type:row(sql, values)
  local rows = self:rows(sql, values)
  if #rows > 1 then raise("one row was expected, " .. #rows .. " came", sql) end
  return rows[1], rows.columns
end

function connection_type:value(sql, values)
  local row, columns = self:row(sql, values)
  return row and row[columns[1]]
end

function connection_type:run(sql, values)
  local statement = database.statement(sql, values)
  local outcome, message = self.luasql:execute(statement)
  if not outcome then raise(message, statement) end
  if type(outcome) == "userdata" then fetch_all(outcome, statement) end
end

-- Begins a transaction, so that all that is read until `close` belongs together, even while another
-- process writes.
function connection_type:freeze() self:run("BEGIN") end

-- True when the database has a table or view of this name.
function connection_type:has_table(name)
  return self:value("SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view')"
    .. " AND name = :name", { name = name }) > 0
end

function connection_type:close()
  if self.luasql then
    self.luasql:close()
    self.environment:close()
    self.luasql = nil
  end
end

-- Opening -----------------------------------------------------------------------------------------

local function check_file(path)
  if not lfs.attributes(path) then return nil, "there is no such database: " .. path end
  local file, message = io.open(path, "rb")
  if not file then return nil, "the database does not open: " .. message end
  local start = file:read(16)
  file:close()
  if start ~= "SQLite format 3\0" then return nil, "not a SQLite database: " .. path end
  return true
end

local function uri(path, mode)
  local escaped = path:gsub("[^%w%-%._~/]", function(character)
    return string.format("%%%02X", character:byte())
  end)
  return "file:" .. escaped .. "?mode=" .. mode
end

local function has_uri_names(environment)
  local connection = assert(environment:connect(":memory:"))
  local cursor = assert(connection:execute("SELECT sqlite_compileoption_used('USE_URI')"))
  local used = cursor:fetch()
  cursor:close()
  connection:close()
  return used == 1
end

local PATIENCE = 10000 -- milliseconds to wait for another process to finish writing

local MODES = { read = "ro", write = "rw" }

function database.open(path, purpose)
  purpose = purpose or "read"
  local mode = MODES[purpose] or error("open a database to 'read' or to 'write'", 2)
  local good, message = check_file(path)
  if not good then return nil, message end
  good, message = register_extension()
  if not good then return nil, message end

  local environment = luasql.sqlite3()
  local name = has_uri_names(environment) and uri(path, mode) or path
  local opened
  opened, message = environment:connect(name)
  if not opened then
    environment:close()
    return nil, "the database does not open: " .. tostring(message):gsub("^LuaSQL: ", "")
  end
  local connection = setmetatable({ luasql = opened, environment = environment }, connection_type)
  local usable, failure = pcall(function()
    if purpose == "read" then connection:run("PRAGMA query_only = 1") end
    connection:run("PRAGMA busy_timeout = " .. PATIENCE)
    connection:value("SELECT count(*) FROM sqlite_master")
    return connection:value("SELECT reoffend_version()")
  end)
  if not usable then
    connection:close()
    return nil, "the database does not open: " .. tostring(failure)
  end
  return connection
end

return database
