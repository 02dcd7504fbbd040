-- report_command.lua - the command line every report script shares.
--
-- Requires: argparse, lfs, reoffend.atomic_files, reoffend.database, reoffend.hidden,
-- reoffend.release, reoffend.schema_version.
--
--   report_command.run(argv, report)  ->  exit status
--
-- report: name, description, option (the option that names its group), choices(release) (the groups
-- there are: code and name), files(release, window, code) (the files of one publication). A report
-- without an option is one for all. problem(release), where there is one: why it cannot be made of
-- these results, and the remedy; nil: it can. internal: management information (R35), which goes to
-- a folder of its own (`folder`) and is refused where publications lie.
--
-- Exit status: 0 every file written; 1 a file could not be written; 2 wrong usage, an unknown group
-- or window included; 3 the database is missing, not usable or without results; 4 an internal
-- report would stand among publications. A message says what is wrong, where, and how to mend it.
-- No file is ever half-written.

local argparse = require "argparse"
local lfs = require "lfs"
local atomic_files = require "reoffend.atomic_files"
local database = require "reoffend.database"
local hidden = require "reoffend.hidden"
local release_reader = require "reoffend.release"
local schema_version = require "reoffend.schema_version"

local report_command = {}

report_command.GOOD, report_command.UNWRITTEN = 0, 1
report_command.USAGE, report_command.DATABASE = 2, 3
report_command.DISCLOSURE = 4

local function complain(report, ...)
  io.stderr:write("reoffend report ", report.name, ": ", table.concat({ ... }, "\n  "), "\n")
end

local function parse(argv, report)
  local parser = argparse("reoffend report " .. report.name, report.description)
  parser:option("--db", "the database with results"):argname("FILE"):count(1)
  if report.option then
    parser:option("--" .. report.option, report.option_help):argname("CODE"):count(1)
  end
  parser:option("--window", "first day of the window (default: the latest final one)")
    :argname("DATE")
  parser:option("--out", "the folder to write to", report.folder or "."):argname("FOLDER")
  parser:flag("--quiet", "do not print the files written")
  return parser:pparse(argv)
end

-- "a, b, c", at most `most` of them.
local function some(items, most)
  local shown = table.concat(items, ", ", 1, math.min(#items, most))
  return #items > most and shown .. ", … (" .. #items .. " in all)" or shown
end

local function find_window(release, report, start)
  if not start then return release:latest_window() end
  local window = release.windows[start]
  if window then return window end
  local starts = {}
  for place, each in ipairs(release.windows) do starts[place] = each.start end
  complain(report, "there is no window that starts on '" .. start .. "' in these results",
    "windows start on: " .. some(starts, 60), "leave --window out for the latest final one")
end

-- The codes to publish: the one asked for, or all.
local function find_codes(release, report, wanted)
  if not report.option then return { "" } end
  local codes, described = {}, {}
  for place, choice in ipairs(report.choices(release)) do
    if choice.code == wanted then return { wanted } end
    codes[place] = choice.code
    described[place] = choice.code .. " (" .. choice.name .. ")"
  end
  if wanted == "all" then return codes end
  complain(report, "there is no " .. report.option .. " '" .. wanted .. "' in these results",
    "there are: " .. some(described, 60),
    "give one of these codes to --" .. report.option .. ", or all")
end

-- Writes files and names them. False: they could not be written.
local function write(report, arguments, files)
  local paths, message = atomic_files.write(arguments.out, files)
  if not paths then
    complain(report, message, "folder: " .. arguments.out,
      "check that the folder can be written to and the disk is not full")
    return false
  end
  if not arguments.quiet then
    for _, path in ipairs(paths) do print(path) end
  end
  return true
end

-- The publications, and beside them once the list of what is hidden.
local function publish(release, report, arguments, window, codes)
  local good = report.internal or write(report, arguments, hidden.files(release, window))
  for place = 1, good and #codes or 0 do
    good = good and write(report, arguments, report.files(release, window, codes[place]))
  end
  return good and report_command.GOOD or report_command.UNWRITTEN
end

-- The first publication of a folder; nil without one.
local function publication_in(folder)
  if lfs.attributes(folder, "mode") ~= "directory" then return nil end
  local found
  for name in lfs.dir(folder) do
    local published = name:find("%.html$") and not name:find("^INTERNAL%-")
    if published and (not found or name < found) then found = name end
  end
  return found
end

local function run_on(connection, report, arguments)
  connection:freeze()
  local kind = connection:value(schema_version.QUERY)
  local problem, mend = schema_version.problem(kind)
  if problem then
    complain(report, problem, "database: " .. arguments.db, mend)
    return report_command.DATABASE
  end
  local release, message = release_reader.open(connection)
  if not release then
    complain(report, message, "database: " .. arguments.db,
      "build the results first: reoffend build " .. arguments.db)
    return report_command.DATABASE
  end
  if report.problem then problem, mend = report.problem(release) end
  if problem then
    complain(report, problem, "database: " .. arguments.db, mend)
    return report_command.DATABASE
  end
  local window = find_window(release, report, arguments.window)
  local codes = window and find_codes(release, report, arguments[report.option])
  if not codes then return report_command.USAGE end
  return publish(release, report, arguments, window, codes)
end

function report_command.run(argv, report)
  local parsed, arguments = parse(argv, report)
  if not parsed then
    complain(report, arguments, "see: reoffend report " .. report.name .. " --help")
    return report_command.USAGE
  end
  local published = report.internal and publication_in(arguments.out)
  if published then
    complain(report, "it is internal and does not belong among publications",
      "folder: " .. arguments.out .. ", where " .. published .. " lies",
      "give another folder to --out; left out, it is ./" .. report.folder)
    return report_command.DISCLOSURE
  end
  local connection, message = database.open(arguments.db)
  if not connection then
    complain(report, message, "give --db a database that `reoffend build` has filled")
    return report_command.DATABASE
  end
  local good, status = xpcall(run_on, function(failure)
    return database.is_failure(failure) and failure or debug.traceback(failure, 2)
  end, connection, report, arguments)
  connection:close()
  if good then return status end
  if not database.is_failure(status) then error(status, 0) end
  complain(report, "the database cannot be read: " .. status.message,
    "database: " .. arguments.db, "was it built by this version? run: reoffend build "
      .. arguments.db)
  return report_command.DATABASE
end

return report_command
