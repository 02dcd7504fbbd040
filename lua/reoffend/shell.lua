-- shell.lua - one sqlite3 shell at work on a database, driven step by step.
--
-- Step files hold many statements and `.import` is the shell's, so loading and building run in the
-- sqlite3 shell, in ONE connection and one transaction. Requires failure, lfs, schema_version.
--
--   local shell, message, mend = shell.open(path, { create = true, say = say })
--   local lines, message = shell:run("SELECT count(*) FROM reject;")   -- printed lines, or nil
--   shell:close()                                                      -- without COMMIT: undone
--   local lines, problem = shell.ask(path, "SELECT …;")                -- all three in one
--
-- 1. The shell reads commands from a pipe and answers through a named pipe in a work folder of its
--    own (shell.work), so the next command is sent only when the last one has come to its end. If
--    this process dies, the shell comes to the end of its input without COMMIT: nothing changed.
-- 2. The first error ends the shell (-bail). run() then returns nil and a plain sentence with
--    SQLite's message. Another program that writes is waited for, PATIENCE milliseconds.
-- 3. No value of an extract ever stands in a command line or a command. Paths are quoted.
-- 4. While a statement runs the extension tells how far it is, when it is asked to (`say`): lines
--    that begin with :at are handed to say(name, done, total, unit) (progress.lua).
-- 5. It runs in the folder sql/ with the extension loaded, so a step says `.read` and
--    `.import lookup/…` without a path of this machine.

local lfs = require "lfs"
local failure = require "reoffend.failure"
local schema_version = require "reoffend.schema_version"

local shell = {}
shell.__index = shell

local PATIENCE = 5000

-- Pages held in memory, in KiB: of the database, and half as much of tables made on the way. A sort
-- takes up to as much again; what does not fit goes to the disk. REOFFEND_CACHE_MB sets it.
local CACHE = (math.tointeger(tonumber(os.getenv("REOFFEND_CACHE_MB"))) or 128) << 10

local function own_root()
  local source = debug.getinfo(1, "S").source:gsub("^@", "")
  local root = (source:match("^(.*)/[^/]*$") or ".") .. "/../.."
  return root:sub(1, 1) == "/" and root or lfs.currentdir() .. "/" .. root
end

shell.root = own_root()

-- A text as one word of a command line.
function shell.word(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- A text as an SQL literal.
function shell.literal(text)
  return "'" .. text:gsub("'", "''") .. "'"
end

-- The first line a command prints, or nil.
function shell.capture(command)
  local pipe = assert(io.popen(command, "r"))
  local line = pipe:read("l")
  pipe:close()
  return line
end

function shell.absolute(path)
  return path:sub(1, 1) == "/" and path or lfs.currentdir() .. "/" .. path
end

-- Where the built extension lies: in a source tree, or installed beside it.
local function find_extension()
  for _, folder in ipairs { "/build/release", "/../../lib/reoffend" } do
    local path = shell.root .. folder .. "/reoffend"
    if lfs.attributes(path .. ".so", "mode") == "file" then return path end
  end
  return nil, "the extension reoffend.so is not built; run: make"
end

-- A path as an argument of a dot command.
function shell.dot_argument(path)
  return '"' .. path:gsub('[\\"]', "\\%0") .. '"'
end

local function start(self, path)
  local word = shell.word
  local command = table.concat({
    "cd " .. word(shell.root .. "/sql") .. " || exit 3",
    "exec 3<>" .. word(self.answers),
    self.say and "export REOFFEND_PROGRESS=stdout" or "unset REOFFEND_PROGRESS",
    "sqlite3 -bail -batch -init /dev/null " .. word(path) .. " >&3 2>" .. word(self.errors),
    "echo ':end' >&3", -- the shell is gone, whatever the reason
  }, "\n")
  self.commands = assert(io.popen(command, "w"))
  self.commands:setvbuf("full")
  self.reader = assert(io.open(self.answers, "r"))
end

-- What is sent to every new shell.
local function prepare(self, extension, create)
  local lines, message = self:run(".timeout " .. PATIENCE .. "\n.load "
    .. shell.dot_argument(extension)
    .. "\nPRAGMA temp_store = FILE;\nPRAGMA cache_size = -" .. CACHE
    .. ";\nPRAGMA temp.cache_size = -" .. CACHE // 2 .. ";\nPRAGMA foreign_keys = OFF;")
  local kind, mend
  if lines then kind, message = self:value(schema_version.QUERY .. ";") end
  if kind then message, mend = schema_version.problem(kind, create) end
  return message, mend
end

-- Opens a database of this version. With create it may be missing or empty, else it must be there.
-- Returns nil, what is wrong and, where the remedy is not to make it, how to mend it.
function shell.open(path, options)
  local create = options and options.create
  local extension, message = find_extension()
  if not extension then return nil, message, "run make in the folder of reoffend" end
  path = shell.absolute(path)
  if path:find("[\n\r]") then return nil, "a database's name cannot hold a line end" end
  if not create and lfs.attributes(path, "mode") ~= "file" then
    return nil, "there is no such database: " .. path
  end
  local mend
  message, mend = schema_version.file_problem(path)
  if message then return nil, message, mend end
  local work = shell.capture("mktemp -d \"${TMPDIR:-/tmp}/reoffend.XXXXXX\"")
  if not work then return nil, "no folder for temporary files" end
  local self = setmetatable({ work = work, answers = work .. "/answers",
    errors = work .. "/errors", say = options and options.say }, shell)
  if not os.execute("mkfifo " .. shell.word(self.answers)) then
    return nil, "no named pipe can be made in " .. work
  end
  start(self, path)
  message, mend = prepare(self, extension, create)
  if message then
    self:close()
    return nil, message, mend or "mend the cause and try again"
  end
  return self
end

-- What SQLite's messages mean to the people who read them.
local PLAIN = {
  { "is locked", "another program is writing to the database" },
  { "is full", "the disk is full" },
  { "readonly database", "the database may not be written to" },
  { "unable to open", "the database cannot be opened" },
  { "not a database", "this file is not a SQLite database" },
  { "malformed", "the database is damaged" },
}

-- An error of the shell as one line: a plain sentence, then the message without the SQL it shows.
function shell.plain(text)
  local said = {}
  for line in text:gmatch("[^\n]+") do
    if not line:find("^%s") then said[#said + 1] = line end
  end
  local message = table.concat(said, "; ")
  for _, row in ipairs(PLAIN) do
    if message:find(row[1], 1, true) then return row[2] .. " (SQLite: " .. message .. ")" end
  end
  return "a step came to an error (SQLite: " .. message .. ")"
end

function shell:error_text()
  local file = io.open(self.errors, "r")
  local text = file and file:read("a") or ""
  if file then file:close() end
  return text:find("%S") and shell.plain(text) or "the sqlite3 shell ended without a message"
end

-- Sends commands and waits for their end. Returns the printed lines, or nil and the error.
function shell:run(commands)
  if self.ended then return nil, self:error_text() end
  self.commands:write(commands, "\n.print :done\n")
  self.commands:flush()
  local lines = {}
  for line in self.reader:lines() do
    if line == ":done" then return lines end
    if line == ":end" then break end
    local done, total, unit, name = line:match("^:at (%d+) (%d+) (%l+) (.*)$")
    if not done then
      lines[#lines + 1] = line
    elseif self.say then
      self.say(name, math.tointeger(done), math.tointeger(total), unit)
    end
  end
  self.ended = true
  return nil, self:error_text()
end

-- Begins a transaction beside which readers go on reading the old state, also after a kill: it is
-- kept in a write-ahead log. settle() ends that; at rest the database is one plain file. Where
-- nothing is loaded yet there is no old state to read, and what a log would hold goes straight to
-- its place. A database made by an earlier version gets the tables and parameters it lacks.
function shell:begin()
  local loaded, message = self:value("SELECT EXISTS (SELECT 1 FROM load_file);")
  if not loaded then return nil, message end
  return self:run((loaded == "1" and "PRAGMA journal_mode = WAL;\n" or "")
    .. "BEGIN IMMEDIATE;\n.read 00_schema.sql")
end

-- Ends it: what is not committed is undone. A reader at work keeps the log until the next time,
-- which is no failure.
function shell:settle()
  self:run(".bail off\nROLLBACK;\nPRAGMA journal_mode = DELETE;")
end

-- The first value a query prints, or nil and an error.
function shell:value(sql)
  local lines, message = self:run(sql)
  if not lines then return nil, message end
  return lines[1] or ""
end

-- Opens a database, asks and closes it. Returns the printed lines, or nil and a problem
-- (failure.lua).
function shell.ask(path, queries)
  local session, message, mend = shell.open(path)
  local lines
  if session then
    lines, message = session:run(queries)
    session:close()
  end
  if lines then return lines end
  return nil, failure.new("database", message, path, mend
    or session and "mend the cause and try again" or "create it with: reoffend init " .. path)
end

function shell:close()
  if self.commands then
    self.commands:close()
    self.reader:close()
    self.commands = nil
    for name in lfs.dir(self.work) do
      if name ~= "." and name ~= ".." then os.remove(self.work .. "/" .. name) end
    end
    lfs.rmdir(self.work)
  end
end

return shell
