-- build.lua - from clean tables to results: memberships, history, models, results, checks, views.
-- Requires failure, load, made_from, shell.
--
--   local outcome, problem = build.run(database, say)    -- "built" or "unchanged"
--   local problem = build.init(database)
--
-- 1. One transaction: a build that fails, is killed or finds a failed check changes nothing.
-- 2. It cleans again first when a parameter, a lookup or the software changed since the load; when
--    nothing changed since the last build it does nothing.

local failure = require "reoffend.failure"
local load = require "reoffend.load"
local made_from = require "reoffend.made_from"
local shell = require "reoffend.shell"

local build = {}

local STEPS = { "40_match.sql", "40_membership.sql", "50_history.sql", "55_model.sql",
  "60_result.sql", "61_result_revision.sql", "62_calibration.sql", "65_disclosure.sql",
  "66_index.sql", "70_view.sql" }

local SAY = {
  ["40_match.sql"] = "matching names",
  ["40_membership.sql"] = "building memberships",
  ["50_history.sql"] = "building the history",
  ["55_model.sql"] = "fitting the models",
  ["60_result.sql"] = "measuring every window",
  ["61_result_revision.sql"] = "comparing with the last results",
  ["62_calibration.sql"] = "comparing predicted with actual",
  ["65_disclosure.sql"] = "hiding what concerns few people",
  ["66_index.sql"] = "making indexes of people",
  ["70_view.sql"] = "making the views",
}

-- The rows of 90_check.sql, each one a failed check.
local function failed_checks(session)
  local lines, message = session:run(".read 90_check.sql")
  if not lines then return nil, message end
  return lines
end

-- Declares the history with the extract date, which decides what is final (R16). A declaration
-- takes no value from a query, so it is written here; the value is a date or nothing.
local function declare_history(session)
  local date, message = session:value("SELECT coalesce((SELECT value FROM provenance"
    .. " WHERE name = 'extract_date'), '');")
  if not date then return nil, message end
  local argument = date:match("^%d%d%d%d%-%d%d%-%d%d$")
  return session:run("DROP TABLE IF EXISTS history;\nCREATE VIRTUAL TABLE history USING"
    .. " reoffend_history(" .. (argument and "extract_date=" .. argument or "") .. ");")
end

local function build_steps(session, say)
  local lines, message = session:begin()
  local state
  if lines then state, message = made_from.read(session) end
  if not state then return nil, message end
  if state.result then return "unchanged" end
  if not state.clean then
    say("cleaning")
    lines, message = load.clean(session)
  end
  for _, step in ipairs(STEPS) do
    if not lines then return nil, message end
    say(SAY[step])
    if step == "50_history.sql" then lines, message = declare_history(session) end
    if not lines then return nil, message end
    lines, message = session:run(".read " .. step)
  end
  if lines then lines, message = made_from.mark(session, "result") end
  return lines and "built", message
end

local function check_problem(path, checks)
  return failure.new("check", #checks .. " checks of 90_check.sql failed: "
    .. table.concat(checks, "; "), path, "the database is as it was; see sql/README.md, checks")
end

-- Builds the results. Returns "built" or "unchanged", or nil and a problem.
function build.run(path, say)
  local session, message, mend = shell.open(path, { say = say })
  if not session then
    return nil, failure.new("database", message, path,
      mend or "create it with: reoffend init " .. path)
  end
  local outcome, checks
  outcome, message = build_steps(session, say)
  if outcome == "built" then
    say("checking")
    checks, message = failed_checks(session)
    if checks and #checks == 0 then
      local lines
      lines, message = session:run("COMMIT;")
      outcome = lines and outcome
    elseif not checks then
      outcome = nil
    end
  end
  session:settle()
  session:close()
  if checks and #checks > 0 then return nil, check_problem(path, checks) end
  if outcome then return outcome end
  return nil, failure.new("database", "the build was undone: " .. message, path,
    "the database is as it was; mend the cause and build again")
end

-- Makes the tables of a database, new or there already. Returns true, or nil and a problem.
function build.init(path)
  local session, message, mend = shell.open(path, { create = true })
  local lines
  if session then
    lines, message = session:run("PRAGMA page_size = 8192;\nBEGIN IMMEDIATE;\n.read 00_schema.sql\n"
      .. ".read 10_lookup.sql\nCOMMIT;")
    session:close()
  end
  if lines then return true end
  return nil, failure.new("database", message, path,
    mend or "check the path and the rights to write there")
end

return build
