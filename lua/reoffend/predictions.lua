-- predictions.lua - which models predict for the people a publication is about (R32, S5).
--
-- Requires: reoffend.database, reoffend.format.
--
--   predictions.models(release, by, value)    -- the models that predict for a group
--
-- What they predict stands in the records of release.lua.

local database = require "reoffend.database"
local format = require "reoffend.format"

local predictions = {}

local MODELS = [[
SELECT series, age_group, base_window, date(base_window_end, '-1 day') AS last_day
FROM model WHERE subcohort IS :subcohort ORDER BY age_group]]

-- The models that predict for a group: those of its sub-cohort where it has any, else those of
-- everyone. A list of series, age_group, base_window and period; empty without models.
function predictions.models(release, by, value)
  if not release.connection:has_table("model") then return {} end
  local function read(subcohort)
    local found = {}
    for place, row in ipairs(release.connection:rows(MODELS, { subcohort = subcohort })) do
      found[place] = { series = row.series, age_group = row.age_group,
        base_window = row.base_window, period = format.period(row.base_window, row.last_day) }
    end
    return found
  end
  local own = by == "subcohort" and read(value) or {}
  return #own > 0 and own or read(database.null)
end

return predictions
