-- stage_pipe.lua - the writing end of `.import "|…"`: one extract through csv_input to the shell.
--
-- The sqlite3 shell starts it as `lua5.4 stage_pipe.lua WORK NUMBER`; WORK/NUMBER.job is a Lua
-- table written by load.lua: path, header, file_id, file, format, parent (process id), total
-- (bytes). Rows go to the standard output, refused rows to WORK/NUMBER.reject.csv and, when all is
-- read, the counts to WORK/NUMBER.count.csv: without that file the load fails. Requires csv_input,
-- progress.
--
-- It stops when the process that began the load is gone, so a killed load leaves nothing running.

local folder = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = folder .. "/../?.lua;" .. package.path

local csv_input = require "reoffend.csv_input"
local progress = require "reoffend.progress"

local work, number = arg[1], arg[2]
local job = assert(loadfile(work .. "/" .. number .. ".job", "t", {}))()

local function parent_lives()
  if not job.parent then return true end
  local status = io.open("/proc/" .. job.parent .. "/stat")
  if status then status:close() end
  return status ~= nil
end

local rejects = assert(io.open(work .. "/" .. number .. ".reject.csv", "wb"))

local function write_reject(line, column, value_class, reason, row_text)
  local cells = { job.file, line, job.format, column, value_class, reason, row_text }
  for place, cell in ipairs(cells) do
    cells[place] = '"' .. tostring(cell):gsub('"', '""') .. '"'
  end
  assert(rejects:write(table.concat(cells, ","), "\n"))
end

local shown = progress.start(job.file, job.total)

io.stdout:setvbuf("full", 1 << 16)
local counts = csv_input.copy(job.path, job.header, {
  prefix = job.file_id .. ",",
  write = function(text)
    assert(io.stdout:write(text))
  end,
  reject = write_reject,
  progress = function(bytes)
    if not parent_lives() then os.exit(1) end
    shown:at(bytes)
  end,
})
assert(io.stdout:flush())
assert(rejects:close())
shown:done()

local count = assert(io.open(work .. "/" .. number .. ".count.csv", "wb"))
assert(count:write(job.file_id, ",", counts.read, ",", counts.rejected, "\n"))
assert(count:close())
