-- made_from.lua - what the clean tables and the results were made from. Requires shell.
--
--   local state, message = made_from.read(session)    -- state.clean, state.result: still true
--   made_from.mark(session, "clean")                  -- it was made now
--
-- The fingerprint covers the current files, every parameter, the lookups and the software version.

local shell = require "reoffend.shell"

local made_from = {}

local FINGERPRINT = [[
SELECT lower(hex(sha3(coalesce((
    SELECT group_concat(part, char(10)) FROM (
      SELECT file || ' ' || content_hash AS part FROM load_file WHERE state = 'current' ORDER BY 1
    )), '')
  || (SELECT group_concat(part, char(10)) FROM (
      SELECT name || '=' || value AS part FROM parameter ORDER BY 1))
  || reoffend_version() || reoffend_lookup_version(), 256)))]]

-- Which steps were made from what is there now, or nil and an error.
function made_from.read(session)
  local lines, message = session:run("SELECT step FROM made_from WHERE fingerprint = ("
    .. FINGERPRINT .. ");")
  if not lines then return nil, message end
  local state = {}
  for _, step in ipairs(lines) do state[step] = true end
  return state
end

function made_from.mark(session, step)
  return session:run("INSERT OR REPLACE INTO made_from (step, fingerprint) VALUES ("
    .. shell.literal(step) .. ", (" .. FINGERPRINT .. "));")
end

return made_from
