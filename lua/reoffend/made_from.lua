-- made_from.lua - what the clean tables and the results were made from. Requires shell.
--
--   local state, message = made_from.read(session)    -- state.clean, state.result: still true
--   made_from.mark(session, "clean")                  -- it was made now
--
-- The fingerprint covers the current files, every parameter, the lookups and the software version;
-- that of the results the decisions on possible matches and what is kept hidden too.

local shell = require "reoffend.shell"

local made_from = {}

-- Of the row `made`, whose `step` it is for.
local FINGERPRINT = [[
SELECT lower(hex(sha3(coalesce((
    SELECT group_concat(part, char(10)) FROM (
      SELECT file || ' ' || content_hash AS part FROM load_file WHERE state = 'current' ORDER BY 1
    )), '')
  || (SELECT group_concat(part, char(10)) FROM (
      SELECT name || '=' || value AS part FROM parameter ORDER BY 1))
  || reoffend_version() || reoffend_lookup_version()
  || iif(made.step = 'result', coalesce((
    SELECT group_concat(part, char(10)) FROM (
      SELECT json_array(decision, listed_surname, listed_forename, listed_birth_date,
        listed_pnc_id, offender_id) AS part
      FROM match_review WHERE decision IS NOT NULL ORDER BY 1)), '')
  || coalesce((
    SELECT group_concat(part, char(10)) FROM (
      SELECT json_array(window_start, area_code, subcohort, breakdown_topic, breakdown, figure)
        AS part
      FROM hidden_before ORDER BY 1)), ''), ''), 256)))]]

-- Which steps were made from what is there now, or nil and an error.
function made_from.read(session)
  local lines, message = session:run("SELECT step FROM made_from AS made WHERE fingerprint = ("
    .. FINGERPRINT .. ");")
  if not lines then return nil, message end
  local state = {}
  for _, step in ipairs(lines) do state[step] = true end
  return state
end

function made_from.mark(session, step)
  return session:run("INSERT OR REPLACE INTO made_from (step, fingerprint) SELECT step, ("
    .. FINGERPRINT .. ") FROM (SELECT " .. shell.literal(step) .. " AS step) AS made;")
end

return made_from
