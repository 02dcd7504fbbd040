-- bench.lua - runs the benchmark: the speed goals of README.md, side by side, in one run.
--
--   lua5.4 tests/bench/bench.lua [--size S|M|L] [--passes N] [--duckdb-passes N]
--                                [--slow-passes N] [--clock wall|processor] [--record]
--
-- Size L is 8 million people with 60 million events, M a tenth of it, S a hundredth. First the
-- answers of every competitor are compared with ours, cell by cell; a difference ends the run.
-- Then each pass runs everything once, each piece of work in a fresh process, and a ratio is made
-- of two times of the same pass; the table shows the median over the passes and their range. DuckDB
-- is in the first passes only.
-- --clock processor takes processor time instead of the clock on the wall, for a machine that is
-- busy with other work; programs with two threads are then counted as if both were always busy.
-- Needs what tests/bench/bench.mk builds, the demonstration among it. Competitors that are not
-- installed are left out and said to be. --record writes the tables into tests/bench/README.md.
--
-- Requires: nothing.

local people = { S = 80000, M = 800000, L = 8000000 }
local here, work = "tests/bench/", "build/bench/"

local options = { size = "L", passes = 5, duckdb_passes = 5, slow_passes = 1, clock = "wall",
                  record = false }

local function fail(message)
  io.stderr:write("bench: ", message, "\n")
  os.exit(1)
end

local function read_options()
  local i = 1
  while arg[i] do
    local name = arg[i]:match("^%-%-(.*)$")
    if name == "record" then
      options.record = true
    elseif name == "size" and people[arg[i + 1]] then
      options.size = arg[i + 1]
      i = i + 1
    elseif (name == "passes" or name == "duckdb-passes" or name == "slow-passes")
      and math.tointeger(tonumber(arg[i + 1])) then
      options[name:gsub("-", "_")] = math.tointeger(tonumber(arg[i + 1]))
      i = i + 1
    elseif name == "clock" and (arg[i + 1] == "wall" or arg[i + 1] == "processor") then
      options.clock = arg[i + 1]
      i = i + 1
    else
      fail("usage: bench.lua [--size S|M|L] [--passes N] [--duckdb-passes N] " ..
           "[--slow-passes N] [--clock wall|processor] [--record]")
    end
    i = i + 1
  end
end

-- --- running programs ---------------------------------------------------------------------------

local function say(...)
  io.stderr:write(string.format(...), "\n")
end

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("a")
  if not pipe:close() then fail("failed: " .. command) end
  return text
end

local function run(command)
  output_of(command)
end

local function succeeds(command)
  return (os.execute(command .. " >" .. work .. "probe.log 2>&1"))
end

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

local function read_file(path)
  local file = assert(io.open(path))
  local text = file:read("a")
  file:close()
  return text
end

local function write_file(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

-- What `measure` and the competitors print: seconds, rows, kilobytes, processor seconds.
local function timed(command)
  local pattern = "([%d.]+) (%d+) (%d+) ([%d.]+)%s*$"
  local seconds, rows, kilobytes, processor = output_of(command):match(pattern)
  if not seconds then fail("printed no time: " .. command) end
  if options.clock == "processor" then seconds = processor end
  return { seconds = tonumber(seconds), rows = tonumber(rows), kilobytes = tonumber(kilobytes) }
end

local extension = work .. "reoffend.so"

local function database(size)
  return work .. size .. ".db"
end

local function ours(size, file, mode)
  return string.format("%smeasure %s %s %ssql/%s.sql %s", work, database(size), mode or "run", here,
                       file, extension)
end

local function scan(size)
  return string.format("%smeasure %s scan", work, database(size))
end

local function handover(size)
  return string.format([[%smeasure %s handover "%s" %s]], work, database(size),
                       "SELECT * FROM reoffend_cohort('history', '2009-01-01')", extension)
end

-- Plain SQL is given its calendar before the timed part.
local function plain(size, file, mode)
  local path = work .. file .. ".sql"
  write_file(path, read_file(here .. "sql/plain_calendar.sql") ..
                   read_file(here .. "sql/" .. file .. ".sql"))
  return string.format("%smeasure %s %s %s", work, database(size), mode or "run", path)
end

local function duckdb(size, mode, argument)
  return string.format("node %snode/duckdb.mjs %s%s.duckdb %s %s", work, work, size, mode,
                       argument or "")
end

local function duckdb_one_thread(size, name)
  return "DUCKDB_THREADS=1 " .. duckdb(size, "run", name)
end

local function polars(size, mode, question)
  return string.format("node %snode/polars.mjs %s%s_csv %s %s", work, work, size, mode, question)
end

local function data_table(size, mode, question)
  return string.format("Rscript %sdata_table.R %s%s_csv %s %s", here, work, size, mode, question)
end

-- --- preparing ----------------------------------------------------------------------------------

local installed = {}

local function find_competitors()
  local import = "(cd %snode && node -e \"import('%s').catch(() => process.exit(1))\")"
  installed.duckdb = succeeds(import:format(work, "@duckdb/node-api"))
  installed.polars = succeeds(import:format(work, "nodejs-polars"))
  installed.data_table = succeeds("Rscript -e 'library(data.table)'")
  for _, name in ipairs { "duckdb", "polars" } do
    if installed[name] then run(string.format("cp %s%s.mjs %snode/", here, name, work)) end
  end
  for _, name in ipairs { "duckdb", "polars", "data_table" } do
    if not installed[name] then say("%s is not installed: left out", name) end
  end
end

local csv_columns = {
  offender = "offender_id, sex, birth_date, ethnicity",
  appearance = "offender_id, appearance_date, appearance_id, kind, area_code, disposal, " ..
    "sentence_months, ho_code, excluded",
  offence = "offender_id, offence_id, offence_date, offence_date_end, proven_date, proven_by, " ..
    "ho_code, excluded, violent_sexual",
  membership = "offender_id, start_date, end_date, subcohort",
}

local function export(size)
  local folder = work .. size .. "_csv/"
  run("mkdir -p " .. folder)
  for name, columns in pairs(csv_columns) do
    local path = folder .. name
    if not exists(path .. ".csv") then
      say("writing %s.csv", path)
      write_file(path .. ".sql", "-- timed\nSELECT " .. columns .. " FROM " .. name .. ";\n")
      run(string.format("%smeasure %s csv %s.sql >%s.part && mv %s.part %s.csv", work,
                        database(size), path, path, path, path))
    end
  end
end

local function make_nation(size)
  local file = database(size)
  if not exists(file) then
    say("generating %d people", people[size])
    run(string.format("%snation %d %s.part %s && mv %s.part %s", work, people[size], file,
                      extension, file, file))
  end
  timed(ours(size, "rebuild"))
end

-- The rows of a size once more, in the order in which they came in.
local function make_arrival(size)
  local file = database(size .. "_arrival")
  if exists(file) then return end
  say("putting %s in order of arrival", size)
  local script = read_file(here .. "sql/arrival.sql"):gsub("SOURCE", database(size))
  write_file(work .. "arrival.sql", script)
  run(string.format("rm -f %s.part && sqlite3 -batch %s.part <%sarrival.sql >%sprobe.log && " ..
                    "mv %s.part %s", file, file, work, work, file, file))
end

-- --- comparing ----------------------------------------------------------------------------------

local function now()
  return tonumber(output_of("date +%s.%N"))
end

-- Returns how long the command took, start and output included.
local function sorted(command, path)
  local began = now()
  run(string.format("%s >%s.raw", command, path))
  local seconds = now() - began
  run(string.format("LC_ALL=C sort %s.raw >%s", path, path))
  return seconds
end

local function compare(size, question, who, command)
  local right, other = work .. "cells_ours.csv", work .. "cells_other.csv"
  sorted(ours(size, "cells_" .. question, "csv"), right)
  local seconds = sorted(command, other)
  local cells = tonumber(output_of("wc -l <" .. right))
  if cells == 0 or not succeeds(string.format("cmp %s %s", right, other)) then
    fail(string.format("%s and ours differ on %s at size %s: see %s and %s", who, question, size,
                       right, other))
  end
  say("%s = ours on %s, size %s: %d cells", who, question, size, cells)
  return cells, seconds
end

-- The ways to ask DuckDB; one window is asked in one.
local function forms_of(question)
  return question == "window" and { "join" } or { "join", "year", "list" }
end

-- DuckDB's formulations of a question on one kind of tables; returns the fastest.
local function compare_duckdb(size, tables, question)
  local best, least
  for _, form in ipairs(forms_of(question)) do
    local name = table.concat({ tables, form, question }, ".")
    local _, seconds = compare(size, question, "DuckDB " .. tables .. " " .. form,
                               duckdb(size, "csv", name))
    if not least or seconds < least then best, least = name, seconds end
  end
  say("DuckDB's best for %s: %s", question, best)
  return best
end

-- Returns how many cells each question has, and DuckDB's fastest formulations.
local function compare_all(size, slow_size)
  local cells, forms = {}, { clean = {}, narrow = {} }
  for _, question in ipairs { "rates", "rates_ppo", "window" } do
    cells[question] = compare(size, question, "plain SQL", plain(size, "plain_" .. question, "csv"))
    if installed.duckdb then
      for tables, best in pairs(forms) do
        best[question] = compare_duckdb(size, tables, question)
      end
    end
    if question ~= "rates_ppo" then
      for name, command in pairs { data_table = data_table, polars = polars } do
        if installed[name] then
          compare(slow_size, question, name, command(slow_size, "csv", question))
        end
      end
    end
  end
  return cells, forms
end

-- --- measuring ----------------------------------------------------------------------------------

local measured = {} -- name of the work -> passes
local function measure(name, command)
  local result = timed(command)
  measured[name] = measured[name] or {}
  table.insert(measured[name], result)
  say("  %-22s %10.4f s %9d rows %8.1f MB", name, result.seconds, result.rows,
      result.kilobytes / 1024)
end

local function one_pass(size, forms, with_duckdb)
  measure("scan", scan(size))
  measure("rebuild", ours(size, "rebuild"))
  for _, question in ipairs { "rates", "rates_ppo", "window" } do
    measure(question, ours(size, "ours_" .. question))
    if with_duckdb then
      measure("DuckDB " .. question, duckdb(size, "run", forms.clean[question]))
      measure("DuckDB narrow " .. question, duckdb(size, "run", forms.narrow[question]))
    end
  end
  measure("cohort", ours(size, "ours_cohort"))
  measure("handover", handover(size))
  measure("refresh scattered", ours(size, "refresh_scattered"))
  measure("refresh together", ours(size, "refresh_together"))
  measure("changed rows", string.format("%smeasure %s run %ssql/changed_rows.sql", work,
                                        database(size), here))
  measure("packed blocks", string.format("%smeasure %s run %ssql/packed_blocks.sql", work,
                                         database(size), here))
  measure("rates, 37 rows", ours(size, "growth"))
end

local function slow_pass(size, slow_size, forms)
  for _, question in ipairs { "rates", "rates_ppo", "window" } do
    measure("plain " .. question, plain(size, "plain_" .. question))
  end
  if installed.duckdb then
    measure("DuckDB load", duckdb(size .. "_load", "load", work .. size .. "_csv"))
    measure("DuckDB prepare", duckdb(size .. "_load", "prepare"))
    for _, question in ipairs { "rates", "window" } do
      measure("DuckDB one thread " .. question, duckdb_one_thread(size, forms.clean[question]))
    end
  end
  local arrival = slow_size .. "_arrival"
  measure("scan by index", scan(arrival))
  measure("rebuild arrival", ours(arrival, "rebuild"))
  for _, question in ipairs { "rates", "window" } do
    measure(slow_size .. " " .. question, ours(slow_size, "ours_" .. question))
    for name, command in pairs { data_table = data_table, polars = polars } do
      if installed[name] then
        measure(name .. " " .. question, command(slow_size, "run", question))
      end
    end
  end
end

local function growth_pass(sizes)
  for _, size in ipairs(sizes) do
    measure("growth scan " .. size, scan(size))
    measure("growth rebuild " .. size, ours(size, "rebuild"))
    measure("growth rates " .. size, ours(size, "growth"))
  end
end

-- --- ratios -------------------------------------------------------------------------------------

local function median(values)
  local copy = table.move(values, 1, #values, 1, {})
  table.sort(copy)
  local middle = (#copy + 1) // 2
  return #copy % 2 == 1 and copy[middle] or (copy[middle] + copy[middle + 1]) / 2
end

-- Seconds of the work in that pass; several names are added up.
local function seconds_of(names, pass)
  local sum = 0
  for name in names:gmatch("[^+]+") do
    local passes = measured[name]
    if not passes then return nil end
    sum = sum + passes[(pass - 1) % #passes + 1].seconds
  end
  return sum
end

local function passes_of(names)
  local most, least = 0, math.huge
  for name in names:gmatch("[^+]+") do
    most = math.max(most, #(measured[name] or {}))
    least = math.min(least, #(measured[name] or {}))
  end
  return most, least
end

-- The ratio of two works, pass by pass: median, lowest, highest, number of passes.
local function ratio(above, below)
  local values = {}
  local _, of_above = passes_of(above)
  local _, of_below = passes_of(below)
  for pass = 1, math.min(of_above, of_below) do
    table.insert(values, seconds_of(above, pass) / seconds_of(below, pass))
  end
  if #values == 0 then return nil end
  local low, high = math.huge, 0
  for _, value in ipairs(values) do
    low, high = math.min(low, value), math.max(high, value)
  end
  return { median = median(values), low = low, high = high, passes = #values }
end

local function median_seconds(names)
  local values = {}
  for pass = 1, (passes_of(names)) do table.insert(values, seconds_of(names, pass)) end
  return #values > 0 and median(values) or nil
end

-- The speed goals: work above / work below, at most or at least so much.
local bars = {
  { "rebuild, rows in person order, against SCAN", "rebuild", "scan", "<=", 1.1 },
  { "rebuild, rows in order of arrival: an index scan against it", "scan by index",
    "rebuild arrival", ">=", 2 },
  { "refresh, 1 % of people, scattered, against rebuild", "refresh scattered", "rebuild", "<=",
    1 / 20 },
  { "refresh, 1 % of people, neighbours, against rebuild", "refresh together", "rebuild", "<=",
    1 / 20 },
  { "limit of refresh: reading the scattered rows by id, against rebuild", "changed rows",
    "rebuild" },
  { "rates, 37 windows, everyone, against SCAN", "rates", "scan", "<=", 1 / 12 },
  { "all columns of everyone together, 37 rows, against SCAN", "rates, 37 rows", "scan" },
  { "rates, 37 windows, everyone and PPO, against SCAN", "rates+rates_ppo", "scan", "<=", 1 / 12 },
  { "DuckDB against rates, everyone", "DuckDB rates", "rates", ">=", 20 },
  { "DuckDB on one thread against rates, everyone", "DuckDB one thread rates", "rates" },
  { "DuckDB against rates, everyone and PPO", "DuckDB rates+DuckDB rates_ppo", "rates+rates_ppo",
    ">=", 20 },
  { "DuckDB on narrow tables against rates, everyone", "DuckDB narrow rates", "rates" },
  { "DuckDB on narrow tables against rates, everyone and PPO",
    "DuckDB narrow rates+DuckDB narrow rates_ppo", "rates+rates_ppo" },
  { "plain SQL against rates, everyone", "plain rates", "rates", ">=", 100 },
  { "plain SQL against rates, everyone and PPO", "plain rates+plain rates_ppo",
    "rates+rates_ppo", ">=", 100 },
  { "DuckDB load + query against rebuild + rates", "DuckDB load+DuckDB rates", "rebuild+rates",
    ">=", 3 },
  { "DuckDB load + narrow tables + query against rebuild + rates",
    "DuckDB load+DuckDB prepare+DuckDB narrow rates", "rebuild+rates" },
  { "rates, one window, against SCAN", "window", "scan", "<=", 1 / 30 },
  { "limit of rates: reading the packed blocks, against rates, one window", "packed blocks",
    "window" },
  { "DuckDB against rates, one window", "DuckDB window", "window", ">=", 8 },
  { "DuckDB on one thread against rates, one window", "DuckDB one thread window", "window" },
  { "DuckDB on narrow tables against rates, one window", "DuckDB narrow window", "window" },
  { "plain SQL against rates, one window", "plain window", "window" },
  { "cohort, one window, against handing over as much", "cohort", "handover", "<=", 2 },
}

local function slow_bars(slow_size)
  local rows = {}
  for _, name in ipairs { "data_table", "polars" } do
    for _, question in ipairs { "rates", "window" } do
      table.insert(rows, { string.format("%s against %s, size %s", name, question, slow_size),
                           name .. " " .. question, slow_size .. " " .. question })
    end
  end
  return rows
end

local function number(value)
  if value >= 10 then return string.format("%.0f", value) end
  return string.format(value >= 1 and "%.2f" or "%.3f", value)
end

local function shown_bar(sign, bar)
  if not sign then return "–" end
  local sense = sign == "<=" and "≤ " or "≥ "
  return sense .. (bar < 1 and string.format("1/%.0f", 1 / bar) or string.format("%g", bar))
end

local function verdict(sign, value, bar)
  if not sign then return "–" end
  local met
  if sign == "<=" then met = value <= bar else met = value >= bar end
  return met and "met" or "NOT MET"
end

local function ratio_row(row)
  local what, above, below, sign, bar = table.unpack(row)
  local found = ratio(above, below)
  if not found then
    return string.format("| %s | not measured | | %s | |", what, shown_bar(sign, bar))
  end
  return string.format("| %s | %s | %s to %s, %d | %s | %s |", what, number(found.median),
                       number(found.low), number(found.high), found.passes, shown_bar(sign, bar),
                       verdict(sign, found.median, bar))
end

local function value_row(what, text, sign, value, bar)
  return string.format("| %s | %s | | %s | %s |", what, text,
                       sign and (sign == "<=" and "≤ " or "≥ ") .. bar or "–",
                       verdict(sign, value, bar))
end

-- --- sizes and memory ---------------------------------------------------------------------------

local function ask(size, sql)
  return output_of(string.format([[sqlite3 -batch %s "%s"]], database(size), sql))
end

local events = {}

local function count_events(size)
  events[size] = tonumber(ask(size, "SELECT (SELECT count(*) FROM appearance) + " ..
                                    "(SELECT count(*) FROM offence)"))
end

local function highest_megabytes(name)
  local most = 0
  for _, pass in ipairs(measured[name]) do most = math.max(most, pass.kilobytes) end
  return most / 1024
end

local function size_rows(size)
  -- Pages, not bytes: dbstat counts the bytes of a table in 32 bits.
  local packed, clean = ask(size, "SELECT coalesce(sum(pageno) FILTER (WHERE name LIKE " ..
    "'%history_%'), 0) * page_size, sum(pageno) FILTER (WHERE name IN ('offender', " ..
    "'appearance', 'offence', 'membership')) * page_size FROM dbstat, pragma_page_size " ..
    "WHERE aggregate = TRUE"):match("(%d+)|(%d+)")
  local share, each = 100 * packed / clean, packed / events[size]
  return {
    value_row("packed size, share of the clean tables (%)", number(share), "<=", share, 20),
    value_row("packed size, bytes an event", number(each), "<=", each, 8),
    value_row("memory of rates, 37 windows (MB)", number(highest_megabytes("rates")), "<=",
              highest_megabytes("rates"), 16),
    value_row("memory of rates for PPO (MB)", number(highest_megabytes("rates_ppo")), "<=",
              highest_megabytes("rates_ppo"), 16),
    value_row("memory of rebuild (MB)", number(highest_megabytes("rebuild")), "<=",
              highest_megabytes("rebuild"), 64),
  }
end

local function growth_lines(sizes)
  local lines = { "| nanoseconds an event | " .. table.concat(sizes, " | ") .. " | largest / " ..
                  "smallest |", "|---|" .. ("---|"):rep(#sizes + 1) }
  for _, work_name in ipairs { "scan", "rebuild", "rates" } do
    local cells, first, last = {}, nil, nil
    for _, size in ipairs(sizes) do
      last = 1e9 * median_seconds("growth " .. work_name .. " " .. size) / events[size]
      first = first or last
      table.insert(cells, number(last))
    end
    table.insert(lines, string.format("| %s | %s | %s |", work_name, table.concat(cells, " | "),
                                      number(last / first)))
  end
  return lines
end

-- One more area once the figures are read, in the demonstration.
local function publication_row()
  local text = output_of(string.format("bash %spublication.sh %d", here, options.passes))
  local seconds = tonumber(text:match("^one more area: ([%d.]+) s"))
  if not seconds then fail("publication.sh printed no time") end
  return value_row("the publication of one more area (s)", number(seconds), "<=", seconds, 0.3)
end

-- --- the report ---------------------------------------------------------------------------------

local function time_lines()
  local names, lines = {}, { "| work | median s | peak MB | passes |", "|---|---|---|---|" }
  for name in pairs(measured) do
    if not name:match("^growth") then table.insert(names, name) end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    table.insert(lines, string.format("| %s | %.4f | %.0f | %d |", name, median_seconds(name),
                                      highest_megabytes(name), #measured[name]))
  end
  return lines
end

local function machine()
  local cpu = (read_file("/proc/cpuinfo"):match("model name%s*:%s*([^\n]+)")) or "unknown"
  local memory = tonumber(read_file("/proc/meminfo"):match("MemTotal:%s*(%d+)")) // 1048576
  local parts = {
    os.date("%Y-%m-%d"), cpu, output_of("nproc"):gsub("%s", "") .. " cores", memory .. " GiB",
    "SQLite " .. output_of("sqlite3 --version"):match("^%S+"),
  }
  if installed.duckdb then
    table.insert(parts, "DuckDB " .. read_file(work .. "node/node_modules/@duckdb/node-api/" ..
                                               "package.json"):match('"version": "([^"]+)"'))
  end
  return table.concat(parts, "; ")
end

local function report(size, slow_size, sizes, cells)
  local lines = {
    machine() .. "; " .. (options.clock == "wall" and "wall clock" or "processor time") .. ".", "",
    string.format("Size %s: %d people, %d events. Equal in every cell: %d (37 windows), " ..
                  "%d (PPO), %d (one window).", size, people[size], events[size], cells.rates,
                  cells.rates_ppo, cells.window), "",
    "| | median | range, passes | bar | |", "|---|---|---|---|---|",
  }
  for _, row in ipairs(bars) do table.insert(lines, ratio_row(row)) end
  for _, row in ipairs(slow_bars(slow_size)) do table.insert(lines, ratio_row(row)) end
  for _, row in ipairs(size_rows(size)) do table.insert(lines, row) end
  local found = ratio("growth rates " .. sizes[#sizes], "growth rates " .. sizes[1])
  local growth = found.median * events[sizes[1]] / events[sizes[#sizes]]
  table.insert(lines, value_row("growth of rates, time an event, " .. sizes[#sizes] .. " / " ..
                                sizes[1], number(growth), "<=", growth, 1.1))
  table.insert(lines, publication_row())
  for _, part in ipairs { growth_lines(sizes), time_lines() } do
    table.insert(lines, "")
    table.move(part, 1, #part, #lines + 1, lines)
  end
  return table.concat(lines, "\n") .. "\n"
end

-- Puts the text where the section Results was; what stands before and after it stays.
local function record(text)
  local path = here .. "README.md"
  local head, old = read_file(path):match("^(.-## Results\n)(.*)$")
  if not head then fail(path .. " has no section Results") end
  write_file(path, head .. "\n" .. text .. (old:match("\n## .*$") or ""))
end

read_options()
find_competitors()
local size = options.size
local sizes = size == "L" and { "S", "M", "L" } or size == "M" and { "S", "M" } or { "S" }
local slow_size = size == "L" and "M" or size
for _, each in ipairs(sizes) do
  make_nation(each)
  count_events(each)
end
make_arrival(slow_size)
export(slow_size)
if installed.duckdb then
  export(size)
  if not exists(work .. size .. ".duckdb") then
    run(duckdb(size, "load", work .. size .. "_csv"))
    run(duckdb(size, "prepare"))
  end
end
local cells, forms = compare_all(size, slow_size)
for pass = 1, options.passes do
  say("pass %d of %d, size %s", pass, options.passes, size)
  one_pass(size, forms, installed.duckdb and pass <= options.duckdb_passes)
end
for pass = 1, options.slow_passes do
  say("slow pass %d of %d", pass, options.slow_passes)
  slow_pass(size, slow_size, forms)
end
for pass = 1, options.passes do
  say("growth, pass %d of %d", pass, options.passes)
  growth_pass(sizes)
end
local text = report(size, slow_size, sizes, cells)
write_file(work .. "results.md", text)
if options.record then record(text) end
print(text)
