-- cohort_command.lua - `reoffend cohort`: a local list of people, from any CSV to the results, in
-- one command (S19, R26). Requires build, extract_format, failure, load, load_report, progress,
-- shell.
--
--   cohort_command.declare(command)             -- argparse
--   local status = cohort_command.run(arguments)
--
-- The list is loaded as cohort_NAME.csv, whatever its file is called, in the place of what that
-- name had before; then the results are built. Taken away it is an empty list.

local build = require "reoffend.build"
local extract_format = require "reoffend.extract_format"
local failure = require "reoffend.failure"
local load = require "reoffend.load"
local load_report = require "reoffend.load_report"
local progress = require "reoffend.progress"
local shell = require "reoffend.shell"

local cohort_command = {}

local GOOD, CHECK = 0, 1
local RESERVED = { ppo = true, class_a = true }

local LIST = [[
SELECT subcohort || ': people ' || count(DISTINCT offender_id) || ', spells ' || count(*)
  || ', from ' || min(start_date) || ' to '
  || iif(count(end_date) < count(*), 'open', max(end_date))
  || iif(sum(of_nobody) > 0,
    ', spells of nobody on record ' || sum(of_nobody), '')
FROM (
  SELECT *, offender_id NOT IN (SELECT offender_id FROM person) AS of_nobody FROM local_cohort
)
GROUP BY subcohort
ORDER BY subcohort;]]

local stop = failure.stop

local function list(path)
  local lines, problem = shell.ask(path, LIST)
  if not lines then return stop(problem) end
  print(#lines == 0 and "there is no local cohort" or table.concat(lines, "\n"))
  return GOOD
end

-- What is wrong with the name, or nil.
local function name_problem(name)
  if RESERVED[name] then
    return failure.new("usage", "the system makes this sub-cohort itself", name,
      "give the list another name")
  elseif extract_format.cohort_in_name("cohort_" .. name .. ".csv") ~= name then
    return failure.new("usage", "a name is of small letters, digits, _ and -, a letter first", name,
      "give the list another name")
  end
end

-- Loads the file under each of the names and builds. Returns an exit status.
local function take(path, file, names)
  local say, inputs = progress.teller(), {}
  for place, name in ipairs(names) do
    inputs[place] = { path = file, name = name, insists = true }
  end
  local report, problem = load.run(path, inputs, say)
  if not report then return stop(problem) end
  load_report.print(report, path)
  if report.refused > 0 then return CHECK end
  local outcome
  outcome, problem = build.run(path, say)
  if not outcome then return stop(problem) end
  print(outcome == "built" and "built: " .. path or "no change")
  return GOOD
end

-- An empty list in a file of its own.
local function empty_list()
  local path, names = os.tmpname(), {}
  for place, column in ipairs(extract_format.find("cohort").columns) do
    names[place] = column.name
  end
  local file = assert(io.open(path, "wb"))
  assert(file:write(table.concat(names, ","), "\n"))
  assert(file:close())
  return path
end

-- Puts an empty list in the place of every file of the cohort.
local function remove(path, name)
  local files, problem = shell.ask(path, "SELECT file FROM load_file WHERE format = 'cohort'"
    .. " AND part = " .. shell.literal(name)
    .. " AND state = 'current' AND accepted > 0 ORDER BY file;")
  if not files then return stop(problem) end
  if #files == 0 then
    return stop(failure.new("usage", "there is no local cohort of this name", name,
      "list them with: reoffend cohort " .. path))
  end
  local list_file = empty_list()
  local status = take(path, list_file, files)
  os.remove(list_file)
  return status
end

function cohort_command.declare(command)
  command:summary("Take a local cohort from a CSV file into the results.")
  command:description("Take a local list of people from any CSV file into the results: with columns"
    .. " pnc_id, start_date and, where it is known, end_date (see reoffend formats cohort). Without"
    .. " a name, list the local cohorts there are.")
  command:epilog("reoffend cohort nation.db burglars list.csv\n"
    .. "reoffend report subcohort --db nation.db --subcohort burglars")
  command:argument("name", "what it is called: small letters, digits, _ and -"):args("?")
  command:argument("file", "the CSV file; it takes the place of what the name had before"):args("?")
  command:flag("--remove", "take the cohort of this name away")
end

function cohort_command.run(arguments)
  local path, name = arguments.database, arguments.name
  if not name and not arguments.remove then return list(path) end
  local problem = name and name_problem(name)
  if problem then return stop(problem) end
  if not name or not arguments.file ~= (arguments.remove == true) then
    return stop(failure.new("usage", "a name needs a file, or --remove", "the command line",
      "see: reoffend cohort --help"))
  end
  if not arguments.remove then
    return take(path, arguments.file, { "cohort_" .. name .. ".csv" })
  end
  return remove(path, name)
end

return cohort_command
