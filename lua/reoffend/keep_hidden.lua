-- keep_hidden.lua - what earlier publications hid, for the next build to keep hidden (R35).
--
-- Requires: reoffend.failure, reoffend.shell.
--
--   local outcome, problem = keep_hidden.run(database, { "hidden-2009-01-01.csv" })
--   local outcome, problem = keep_hidden.forget(database)    -- outcome.kept: what is kept now
--
-- 1. A window that is published again, with a later extract, often hides other groups: who lays the
--    two side by side can work out what neither gives away. So whatever was hidden stays hidden.
-- 2. The files are the lists that stand beside publications (hidden.lua). Given again, or in any
--    order, they make no difference; a file that is no such list changes nothing.

local failure = require "reoffend.failure"
local shell = require "reoffend.shell"

local keep_hidden = {}

local HEADER = "window_start,geographic_level,area_code,area_name,subcohort,breakdown_topic,"
  .. "breakdown,figures,why,subcohort_code,breakdown_code,figures_code"

local TAKE = [[
INSERT OR IGNORE INTO hidden_before (window_start, area_code, subcohort, breakdown_topic, breakdown,
  figure)
SELECT window_start, CASE area_code WHEN 'K04000001' THEN 'all' WHEN 'x' THEN 'unknown'
    ELSE area_code END,
  subcohort_code, breakdown_topic, breakdown_code, figures_code
FROM listed;
DROP TABLE listed;]]

local COUNT = "SELECT count(*) FROM hidden_before;"

local function first_line(path)
  local file = io.open(path, "r")
  local line = file and file:read("l")
  if file then file:close() end
  return line
end

-- Carries out commands in one transaction and counts what is kept then.
local function change(database, commands)
  local session, message, mend = shell.open(database)
  if not session then
    return nil, failure.new("database", message, database,
      mend or "create it with: reoffend init " .. database)
  end
  local lines, kept
  lines, message = session:begin()
  if lines then lines, message = session:run(commands) end
  if lines then kept, message = session:value(COUNT) end
  if kept then lines, message = session:run("COMMIT;") end
  session:settle()
  session:close()
  if kept and lines then return { kept = math.tointeger(tonumber(kept)) } end
  return nil, failure.new("database", message, database, "mend the cause and try again")
end

function keep_hidden.run(database, files)
  local commands = {}
  for _, path in ipairs(files) do
    if first_line(path) ~= HEADER then
      return nil, failure.new("check", "this is no list of what a publication hides", path,
        "give the files hidden-….csv that stand beside publications")
    end
    commands[#commands + 1] = "CREATE TEMP TABLE listed (" .. HEADER .. ");\n"
      .. ".import --csv --skip 1 " .. shell.dot_argument(shell.absolute(path)) .. " listed\n"
      .. TAKE
  end
  return change(database, table.concat(commands, "\n"))
end

function keep_hidden.forget(database) return change(database, "DELETE FROM hidden_before;") end

return keep_hidden
