-- cli.lua - the commands of `reoffend`. Requires argparse, build, cohort_command, extract_format,
-- failure, keep_hidden, load, load_report, progress, rejects, review_command, shell and, for
-- `report`, the scripts of reports/.
--
--   cli.main(argv)  ->  exit status: 0 good, 1 a check failed or a file was refused, 2 usage,
--                       3 database, 4 disclosure refused

local argparse = require "argparse"
local build = require "reoffend.build"
local cohort_command = require "reoffend.cohort_command"
local extract_format = require "reoffend.extract_format"
local failure = require "reoffend.failure"
local keep_hidden = require "reoffend.keep_hidden"
local load = require "reoffend.load"
local load_report = require "reoffend.load_report"
local progress = require "reoffend.progress"
local rejects = require "reoffend.rejects"
local review_command = require "reoffend.review_command"
local shell = require "reoffend.shell"

local cli = {}

local GOOD, CHECK, USAGE = 0, 1, 2

local REPORTS = shell.root .. "/reports"

local stop = failure.stop

local commands = {}

function commands.init(arguments)
  local made, problem = build.init(arguments.database)
  if not made then return stop(problem) end
  print("ready: " .. arguments.database)
  return GOOD
end

function commands.load(arguments)
  local report, problem = load.run(arguments.database, arguments.input, progress.teller())
  if not report then return stop(problem) end
  load_report.print(report, arguments.database, arguments.quiet)
  if #report.files == 0 then
    return stop(failure.new("check", "there is no extract file to load",
      table.concat(arguments.input, ", "), "name the files as: reoffend formats shows"))
  end
  if not report.changed then print("no change") end
  return report.refused > 0 and CHECK or GOOD
end

function commands.build(arguments)
  local outcome, problem = build.run(arguments.database, progress.teller())
  if not outcome then return stop(problem) end
  print(outcome == "built" and "built: " .. arguments.database or "no change")
  return GOOD
end

commands["keep-hidden"] = function(arguments)
  local outcome, problem
  if arguments.forget then
    outcome, problem = keep_hidden.forget(arguments.database)
  elseif #arguments.list == 0 then
    return stop(failure.new("usage", "no list is given", "keep-hidden",
      "give the files hidden-….csv of earlier publications, or --forget"))
  else
    outcome, problem = keep_hidden.run(arguments.database, arguments.list)
  end
  if not outcome then return stop(problem) end
  print(string.format("kept hidden: %d figures; run: reoffend build %s", outcome.kept,
    arguments.database))
  return GOOD
end

local STATUS = [[
SELECT 'extract date: ' || coalesce((SELECT value FROM provenance WHERE name = 'extract_date'),
  'not said');
SELECT 'files: ' || count(*) || ' current, ' || coalesce(sum(read), 0) || ' rows read, '
  || coalesce(sum(accepted), 0) || ' accepted, ' || coalesce(sum(rejected), 0) || ' rejected'
FROM load_file WHERE state = 'current';
SELECT 'refused: ' || ]] .. rejects.LINE .. [[

FROM reject AS r LEFT JOIN reject_reason AS s ON s.reason_code = r.reason_code
WHERE r.step = 'refused' ORDER BY r.file, r.rowid;
SELECT 'rejected: ' || count(*) || ' ' || format || ' ' || column_name || ' ' || reason_code
FROM reject WHERE step <> 'refused'
GROUP BY format, column_name, reason_code ORDER BY format, column_name, reason_code;
SELECT 'results: ' || iif(count(*) = 0, 'none; run: reoffend build',
  count(*) || ' rows, windows ' || min(window_start) || ' to ' || max(window_start))
FROM result;
SELECT 'models: ' || iif(count(*) = 0, 'none', group_concat(
  series || ' ' || age_group || ' of ' || substr(base_window, 1, 4)
  || iif(converged = 1, '', ' (did not settle)'), ', '))
FROM (SELECT * FROM model ORDER BY series, age_group);]]

function commands.status(arguments)
  local lines, problem = shell.ask(arguments.database, STATUS)
  if not lines then return stop(problem) end
  for _, line in ipairs(lines) do print(line) end
  return GOOD
end

function commands.rejects(arguments)
  local wanted = { file = arguments.file, limit = arguments.limit }
  local lines, problem = shell.ask(arguments.database,
    rejects.counts(wanted) .. rejects.lines(wanted))
  if not lines then return stop(problem) end
  local all, files = math.tointeger(lines[1]), math.tointeger(lines[2])
  if arguments.file and files == 0 then
    return stop(failure.new("usage", "no file of this name was loaded", arguments.file,
      "give the name without its folder"))
  end
  for place = 3, #lines do print(lines[place]) end
  local more = all - (#lines - 2)
  if more > 0 then print(more .. " more") end
  if all == 0 then print("nothing was rejected") end
  return GOOD
end

local REVISIONS = [[
SELECT printf('%-10s %-12s %-8s %8s %8s %8s', 'event', 'kind', 'year', 'added', 'removed',
  'changed')
WHERE EXISTS (SELECT 1 FROM revision);
SELECT printf('%-10s %-12s %-8s %8d %8d %8d', event, kind, year, added, removed, changed)
FROM revision
WHERE number = (SELECT max(number) FROM revision)
ORDER BY event, kind, year;
SELECT 'results changed: ' || count(*) || ' figures in ' || count(DISTINCT window_start)
  || ' windows; of them final before: ' || sum(was_final)
FROM result_revision
HAVING count(*) > 0;
SELECT 'everyone, ' || window_start || ', ' || measure || ': '
  || coalesce(printf('%.10g', old_value), 'none') || ' -> '
  || coalesce(printf('%.10g', new_value), 'none')
FROM result_revision
WHERE topic = '' AND measure IN ('complete', 'offenders', 'reoffenders', 'reoffences')
ORDER BY window_start, measure;]]

-- Every changed figure, one to a line, as CSV.
local FIGURES = [[
.mode csv
.headers on
SELECT topic, window_start, breakdown, measure, was_final, old_value, new_value
FROM result_revision
ORDER BY topic, window_start, breakdown, measure;]]

function commands.revisions(arguments)
  local lines, problem = shell.ask(arguments.database, arguments.figures and FIGURES or REVISIONS)
  if not lines then return stop(problem) end
  print(#lines == 0 and "nothing has been revised" or table.concat(lines, "\n"))
  return GOOD
end

commands.cohort = cohort_command.run
commands.review = review_command.run

function commands.formats(arguments)
  for _, format in ipairs(extract_format.list) do
    if not arguments.format or arguments.format == format.name then
      print(format.name .. ": " .. format.meaning)
      for _, column in ipairs(format.columns) do
        print(string.format("  %-18s %s%s", column.name, column.meaning,
          column.optional and " (the column may be absent)" or ""))
      end
    end
  end
  if arguments.format and not extract_format.find(arguments.format) then
    return stop(failure.new("usage", "there is no such format", arguments.format,
      "list them with: reoffend formats"))
  end
  return GOOD
end

-- Everything after `report NAME` is the script's own; see reports/README.md.
local function run_report(argv)
  local name = argv[2]
  local script = name and name:match("^[%l_]+$") and REPORTS .. "/" .. name .. ".lua"
  local file = script and io.open(script)
  if not file then
    return stop(failure.new("usage", "there is no such report", name or "report",
      "say: reoffend report area --help; the others are subcohort, model, quality and"
        .. " disclosure"))
  end
  file:close()
  return dofile(script).run(table.move(argv, 3, #argv, 1, {}))
end

local function version()
  local file = io.open(shell.root .. "/VERSION")
  local text = file and file:read("l") or "unknown"
  if file then file:close() end
  return text
end

local function whole_number(text)
  local number = text:match("^%d+$") and math.tointeger(text)
  if number then return number end
  return nil, "a whole number is needed"
end

local function make_parser()
  local parser = argparse("reoffend", "Re-offending measured from raw extracts to publications.")
  parser:help_max_width(90)
  parser:flag("--version", "print the version"):action(function()
    print("reoffend " .. version())
    os.exit(GOOD, true)
  end)
  parser:command_target("command")
  local function command(name, description)
    local made = parser:command(name, description)
    made:argument("database", "the SQLite database"):argname("DATABASE")
    return made
  end
  command("init", "Make the tables of a database.")
  local loader = command("load", "Load extract files, or every extract file of a folder.")
  loader:argument("input", "files and folders"):argname("FILE"):args("+")
  loader:flag("-q --quiet", "print refused files only")
  command("build", "Build memberships, history and results from what is loaded.")
  command("status", "Say what is loaded, rejected and built.")
  local rejected = command("rejects", "List the rejected rows: file, line, column and reason.")
  rejected:option("--file", "of this file only"):argname("NAME")
  rejected:option("--limit", "at most so many lines"):argname("NUMBER"):convert(whole_number)
  command("revisions", "Say what the last load changed: records by kind and year, and how the"
    .. " results differ from those of the build before.")
    :flag("--figures", "print every figure that changed, old and new, as CSV")
  cohort_command.declare(command("cohort"))
  review_command.declare(command("review"), whole_number)
  parser:command("formats", "List the extract formats, column by column.")
    :argument("format", "one format only"):args("?")
  local kept = command("keep-hidden", "Keep hidden what earlier publications of the same windows"
    .. " hid, in the next build.")
  kept:argument("list", "their lists of what is hidden"):argname("hidden-….csv"):args("*")
  kept:flag("--forget", "forget all that was given")
  parser:command("report", "Write a page: area, subcohort, model, quality or disclosure; see"
    .. " `report area --help`.")
    :argument("arguments", "the report and its options"):args("*")
  return parser
end

function cli.main(argv)
  if argv[1] == "report" and argv[2] and argv[2]:sub(1, 1) ~= "-" then return run_report(argv) end
  local parser = make_parser()
  local good, arguments = parser:pparse(argv)
  if not good then
    failure.print(failure.new("usage", arguments, "the command line",
      "see: reoffend --help, or: reoffend COMMAND --help"))
    return USAGE
  end
  if arguments.command == "report" then return run_report(argv) end
  return commands[arguments.command](arguments)
end

return cli
