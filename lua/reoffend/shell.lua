-- shell.lua - one sqlite3 shell at work on a database, driven step by step.
--
-- Step files hold many statements and `.import` is the shell's, so loading and building run in the
-- sqlite3 shell, in ONE connection and one transaction. Requires lfs.
--
--   local shell, message = shell.open(path, { create = true })
--   local lines, message = shell:run("SELECT count(*) FROM reject;")   -- printed lines, or nil
--   shell:close()                                                      -- without COMMIT: undone
--
-- 1. The shell reads commands from a pipe and answers through a named pipe in a work folder of its
--    own (shell.work), so the next command is sent only when the last one has come to its end. If
--    this process dies, the shell comes to the end of its input without COMMIT: nothing changed.
-- 2. The first error ends the shell (-bail). run() then returns nil and SQLite's message.
-- 3. No value of an extract ever stands in a command line or a command. Paths are quoted.
-- 4. It runs in the folder sql/ with the extension loaded, so a step says `.read` and
--    `.import lookup/…` without a path of this machine.

local lfs = require "lfs"

local shell = {}
shell.__index = shell

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
    "export REOFFEND_LUA=" .. word(arg and arg[-1] or "lua5.4"),
    "export REOFFEND_MODULES=" .. word(shell.root .. "/lua/reoffend"),
    "export REOFFEND_WORK=" .. word(self.work),
    "sqlite3 -bail -batch -init /dev/null " .. word(path) .. " >&3 2>" .. word(self.errors),
    "echo ':end' >&3", -- the shell is gone, whatever the reason
  }, "\n")
  self.commands = assert(io.popen(command, "w"))
  self.commands:setvbuf("full")
  self.reader = assert(io.open(self.answers, "r"))
end

-- Opens a database. With create it may be missing, else it must be there.
function shell.open(path, options)
  local extension, message = find_extension()
  if not extension then return nil, message end
  path = shell.absolute(path)
  if path:find("[\n\r]") then return nil, "a database's name cannot hold a line end" end
  if not (options and options.create) and lfs.attributes(path, "mode") ~= "file" then
    return nil, "there is no such database: " .. path
  end
  local work = shell.capture("mktemp -d \"${TMPDIR:-/tmp}/reoffend.XXXXXX\"")
  if not work then return nil, "no folder for temporary files" end
  local self = setmetatable({ work = work, answers = work .. "/answers",
    errors = work .. "/errors" }, shell)
  if not os.execute("mkfifo " .. shell.word(self.answers)) then
    return nil, "no named pipe can be made in " .. work
  end
  start(self, path)
  local lines
  lines, message = self:run(".timeout 10000\n.load " .. shell.dot_argument(extension)
    .. "\nPRAGMA temp_store = FILE;\nPRAGMA cache_size = -65536;\nPRAGMA foreign_keys = OFF;")
  if not lines then
    self:close()
    return nil, message
  end
  return self
end

function shell:error_text()
  local file = io.open(self.errors, "r")
  local text = file and file:read("a") or ""
  if file then file:close() end
  return (text:gsub("%s+$", ""))
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
    lines[#lines + 1] = line
  end
  self.ended = true
  local text = self:error_text()
  return nil, text ~= "" and text or "the sqlite3 shell ended without a message"
end

-- Begins a transaction beside which readers go on reading the old state, also after a kill: it is
-- kept in a write-ahead log. settle() ends that; at rest the database is one plain file.
-- A database made by an earlier version gets the tables and parameters it lacks.
function shell:begin()
  return self:run("SELECT count(*) FROM load_file;\nPRAGMA journal_mode = WAL;\nBEGIN IMMEDIATE;\n"
    .. ".read 00_schema.sql")
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
