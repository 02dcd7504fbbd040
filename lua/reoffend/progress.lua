-- progress.lua - says on a terminal what is being done and how far it is. Requires nothing.
--
--   local say = progress.teller()
--   say("cleaning")                            -- a line of its own
--   say("pnc_offence", 120000, 400000, "rows") -- one line, written over: rate and time left
--
-- Writes to the standard error, and only when that is a terminal (or `to` is given: tests). No
-- result depends on it, nor on the clock it reads.

local progress = {}

local CLEAR = "\r\27[K"

-- 1234567 as 1,234,567.
local function grouped(number)
  local text = string.format("%d", number)
  local count
  repeat text, count = text:gsub("^(%-?%d+)(%d%d%d)", "%1,%2") until count == 0
  return text
end

-- The line for work that has gone on for so many seconds. Bytes are told in megabytes, few of them
-- in kilobytes.
function progress.line(label, done, total, unit, seconds)
  local size, name = 1, ""
  if unit == "bytes" then
    if total < 1 << 20 then size, name = 1 << 10, " kB" else size, name = 1 << 20, " MB" end
  end
  local line = string.format("%s: %s of %s%s", label, grouped(done // size),
    grouped(total // size), name ~= "" and name or " " .. unit)
  if done == 0 or seconds == 0 then return line end
  local rate = done / seconds
  return string.format("%s, %s%s a second, %s s left", line, grouped(math.floor(rate / size)), name,
    grouped(math.ceil(math.max(0, total - done) / rate)))
end

function progress.teller(to, clock)
  to = to or os.execute("test -t 2") and io.stderr
  clock = clock or os.time
  if not to then return function() end end
  local label_before, done_before, began = nil, 0, 0
  return function(label, done, total, unit)
    if not done then
      to:write(label_before and CLEAR or "", label, "\n")
      label_before = nil
    else
      -- Each piece of work has a clock of its own; the same rows may be read more than once.
      if label ~= label_before or done < done_before then began = clock() end
      label_before, done_before = label, done
      to:write(CLEAR, progress.line(label, done, total, unit, clock() - began))
    end
    to:flush()
  end
end

return progress
