-- review_command.lua - `reoffend review`: shows possible matches and takes decisions about them.
-- Requires atomic_files, failure, review, shell.
--
--   review_command.declare(parser)              -- argparse
--   local status = review_command.run(arguments)

local atomic_files = require "reoffend.atomic_files"
local failure = require "reoffend.failure"
local review = require "reoffend.review"
local shell = require "reoffend.shell"

local review_command = {}

local GOOD = 0
local SHOWN = 20

local NOTE = "Internal: names and birth dates of people. Not for publication."

local stop = failure.stop

local function database_problem(arguments, message)
  return failure.new("database", message, arguments.database, "mend the cause and try again")
end

-- What was given to decide: in the options and in a file. nil and a problem when the file is wrong.
local function decisions(arguments)
  local wanted = {}
  for _, word in ipairs { "same", "different", "undo" } do
    for _, id in ipairs(arguments[word] or {}) do wanted[#wanted + 1] = { id = id, word = word } end
  end
  if arguments.decisions then
    local from_file, fault = review.read(arguments.decisions)
    if not from_file then
      return nil, failure.new("check", fault.message, arguments.decisions .. ", line " .. fault.line
        .. (fault.column ~= "" and ", column " .. fault.column or ""),
        "mend the file and give it again; nothing was decided")
    end
    table.move(from_file, 1, #from_file, #wanted + 1, wanted)
  end
  return wanted
end

local function decide(session, arguments, wanted)
  local outcome, problem = review.decide(session, wanted)
  if outcome then
    print(outcome.changed == 0 and "no change"
      or outcome.changed .. " decided; take it into the results with: reoffend build "
      .. arguments.database)
    return GOOD
  end
  if type(problem) ~= "table" then return stop(database_problem(arguments, problem)) end
  local where = problem.where
  if where:find("^line ") then where = arguments.decisions .. ", " .. where end
  return stop(failure.new("check", problem.what, where,
    problem.mend:gsub("DATABASE", function() return arguments.database end)
      .. "; nothing was decided"))
end

local function write_csv(arguments, rows)
  local text = review.csv(rows)
  if arguments.csv == "-" then
    io.write(text)
    return GOOD
  end
  local folder, name = arguments.csv:match("^(.*)/([^/]*)$")
  local good, message = atomic_files.write(folder and (folder == "" and "/" or folder) or ".",
    { { name = name or arguments.csv, text = text } })
  if not good then
    return stop(failure.new("check", message, arguments.csv, "give a file that can be written"))
  end
  print(#rows .. " possible matches: " .. arguments.csv)
  print(NOTE)
  return GOOD
end

local function show(session, arguments)
  local counts, message = review.counts(session)
  local rows
  if counts then
    rows, message = review.list(session, {
      open = not arguments.all and not arguments.decided,
      decided = not arguments.all and arguments.decided,
      limit = not arguments.csv and arguments.limit or nil })
  end
  if not rows then return stop(database_problem(arguments, message)) end
  if arguments.csv then return write_csv(arguments, rows) end
  if #rows > 0 then print(NOTE .. "\n") end
  for _, row in ipairs(rows) do print(review.text(row) .. "\n") end
  local all = arguments.all and counts.open + counts.decided
    or arguments.decided and counts.decided or counts.open
  if all > #rows then
    print(all - #rows .. " more: --limit NUMBER, or all in a file: --csv FILE")
  end
  print(string.format("%d wait for a decision, %d are decided", counts.open, counts.decided))
  return GOOD
end

function review_command.declare(command, whole_number)
  command:summary("Show possible matches of the caseload and decide about them.")
  command:description("Show possible matches of the caseload with the evidence side by side, and"
    .. " decide about them. Decisions last through every later load; a build takes them into the"
    .. " results.")
  command:epilog("One by one: reoffend review nation.db --same 3f0a91c2 --different 77b1\n"
    .. "Many: reoffend review nation.db --csv review.csv, fill in the column decision (same,"
    .. " different or undo), reoffend review nation.db --decisions review.csv")
  command:option("--same", "the listed person is the one on record"):argname("ID"):count("*")
  command:option("--different", "they are two people"):argname("ID"):count("*")
  command:option("--undo", "take the decision back"):argname("ID"):count("*")
  command:option("--decisions", "take the decisions of a CSV file: review_id, decision")
    :argname("FILE")
  command:option("--csv", "write them to a CSV file, - for the terminal"):argname("FILE")
  command:flag("--decided", "show those that are decided")
  command:flag("--all", "show both")
  command:option("--limit", "show at most so many"):argname("NUMBER")
    :convert(whole_number):default(tostring(SHOWN))
end

function review_command.run(arguments)
  local wanted, problem = decisions(arguments)
  if not wanted then return stop(problem) end
  local session, message, mend = shell.open(arguments.database)
  if not session then
    return stop(failure.new("database", message, arguments.database,
      mend or "create it with: reoffend init " .. arguments.database))
  end
  local status
  if #wanted > 0 or arguments.decisions then
    status = decide(session, arguments, wanted)
  else
    status = show(session, arguments)
  end
  session:close()
  return status
end

return review_command
