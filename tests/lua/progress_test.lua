-- What a terminal is told while a long piece of work goes on.

local progress = require "reoffend.progress"

local tests = {}

-- A terminal that keeps what is written, and a clock that is set.
local function terminal()
  local screen = { text = "", now = 100 }
  function screen:write(...) self.text = self.text .. table.concat({ ... }) end
  function screen.flush() end
  function screen.clock() return screen.now end
  return screen
end

function tests.rows_with_rate_and_time_left(check)
  check.equal(progress.line("pnc_offence", 1200000, 4000000, "rows", 4),
    "pnc_offence: 1,200,000 of 4,000,000 rows, 300,000 a second, 10 s left")
  check.equal(progress.line("a.csv", 0, 10 << 20, "bytes", 3), "a.csv: 0 of 10 MB")
  check.equal(progress.line("a.csv", 1 << 20, 10 << 20, "bytes", 0), "a.csv: 1 of 10 MB")
  check.equal(progress.line("a.csv", 5 << 20, 10 << 20, "bytes", 2),
    "a.csv: 5 of 10 MB, 2 MB a second, 2 s left")
  check.equal(progress.line("a.csv", 30 << 10, 60 << 10, "bytes", 1),
    "a.csv: 30 of 60 kB, 30 kB a second, 1 s left")
  check.equal(progress.line("a", 7, 5, "rows", 1), "a: 7 of 5 rows, 7 a second, 0 s left")
end

function tests.one_line_is_written_over(check)
  local screen = terminal()
  local say = progress.teller(screen, screen.clock)
  say("loading a.csv")
  say("a", 10, 100, "rows")
  screen.now = 102
  say("a", 40, 100, "rows")
  say("cleaning")
  check.equal(screen.text, "loading a.csv\n\r\27[Ka: 10 of 100 rows"
    .. "\r\27[Ka: 40 of 100 rows, 20 a second, 3 s left\r\27[Kcleaning\n")
end

function tests.each_pass_has_a_clock_of_its_own(check)
  local screen = terminal()
  local say = progress.teller(screen, screen.clock)
  say("a", 10, 100, "rows")
  screen.now = 200
  say("a", 5, 100, "rows") -- again from the start
  screen.now = 201
  say("a", 25, 100, "rows")
  check.contains(screen.text, "a: 25 of 100 rows, 25 a second, 3 s left")
end

return tests
