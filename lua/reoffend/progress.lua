-- progress.lua - says on a terminal how far a long piece of work is. Requires nothing.
--
--   local shown = progress.start("pnc_offence.csv", total_bytes)
--   shown:at(bytes)      -- now and then
--   shown:done()
--
-- Writes to the standard error, and only when that is a terminal: rate and time left by the clock.
-- No result depends on it.

local progress = {}

local MEGABYTE = 1 << 20

local is_terminal

local function stderr_is_terminal()
  if is_terminal == nil then is_terminal = os.execute("test -t 2") == true end
  return is_terminal
end

local shown = {}
shown.__index = shown

function progress.start(name, total)
  return setmetatable({ name = name, total = total, began = os.time(), last = os.time() }, shown)
end

function shown:at(bytes)
  local now = os.time()
  if now == self.last or not stderr_is_terminal() then return end
  self.last = now
  local rate = bytes / math.max(1, now - self.began)
  io.stderr:write(string.format("\r%s: %d of %d MB, %.0f MB a second, %d s left  ", self.name,
    bytes // MEGABYTE, self.total // MEGABYTE, rate / MEGABYTE,
    math.ceil((self.total - bytes) / math.max(1, rate))))
end

function shown:done()
  if self.last ~= self.began and stderr_is_terminal() then io.stderr:write("\r\27[K") end
end

return progress
