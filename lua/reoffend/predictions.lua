-- predictions.lua - what the models predict of the people a publication is about (R32, S5).
--
-- Requires: reoffend.database, reoffend.format.
--
--   predictions.add(release, by, breakdown, records)   -- sets the figures below on each record
--   predictions.models(release, by, value)             -- the models that predict for a group
--   predictions.fields                                 -- what add() sets
--
-- `records` are some of one table, as release:records and release:trend return them; `by` and
-- `breakdown` say which. A record without a prediction keeps its fields nil.
--
-- What is published of a prediction gives nobody away:
-- 1. A proportion, difference or limit is rounded to three decimals, a tenth of a percentage point:
--    at full length it would say of how many people it is the mean.
-- 2. Actual less predicted, and the adjusted proportion, are of those alone who have a prediction.
--    Beside the figures of everyone they speak of the others too. Where those with one, or the
--    others, are fewer offenders, re-offenders or non-re-offenders than the threshold (but some),
--    these figures are hidden. How many have a prediction is not published of a group at all.

local database = require "reoffend.database"
local format = require "reoffend.format"

local predictions = {}

-- %s: the breakdown column or NULL.
local RECORD = [[
SELECT window_start, area_code, subcohort, %s AS breakdown,
       round(predicted, 3) AS predicted, round(excess, 3) AS excess,
       round(adjusted_low - base_proportion, 3) AS excess_low,
       round(adjusted_high - base_proportion, 3) AS excess_high,
       round(adjusted, 3) AS adjusted, round(adjusted_low, 3) AS adjusted_low,
       round(adjusted_high, 3) AS adjusted_high,
       scored_offenders, scored_reoffenders,
       offenders - scored_offenders AS other_offenders,
       reoffenders - scored_reoffenders AS other_reoffenders
FROM result
WHERE topic = :topic AND scored_offenders > 0]]

predictions.fields = {
  "predicted", "excess", "excess_low", "excess_high", "adjusted", "adjusted_low", "adjusted_high",
}

local HIDDEN_TOGETHER = { "excess", "adjusted" }

local function topic_of(by, breakdown)
  if by and breakdown then return by .. "," .. breakdown end
  return by or breakdown or ""
end

local function key_of(record)
  return table.concat({ record.window_start, tostring(record.area_code),
    tostring(record.subcohort), tostring(record.breakdown) }, "\31")
end

-- Some, but few enough to be known (disclosure.lua, note 1).
local function are_few(offenders, reoffenders, threshold)
  if offenders == 0 then return false end
  return offenders < threshold or reoffenders < threshold or offenders - reoffenders < threshold
end

predictions.are_few = are_few

local function rows_of(release, by, breakdown)
  local topic = topic_of(by, breakdown)
  return release:cached("predictions " .. topic, function()
    local found = {}
    for _, row in ipairs(release.connection:rows(RECORD:format(breakdown or "NULL"),
      { topic = topic })) do
      found[key_of(row)] = row
    end
    return found
  end)
end

function predictions.add(release, by, breakdown, records)
  local rows = rows_of(release, by, breakdown)
  for _, record in ipairs(records) do
    local row = rows[key_of(record)]
    for _, field in ipairs(predictions.fields) do record[field] = row and row[field] or nil end
    local threshold = release.threshold
    if row and (are_few(row.scored_offenders, row.scored_reoffenders, threshold)
      or are_few(row.other_offenders, row.other_reoffenders, threshold)) then
      record.hidden_kinds = record.hidden_kinds or {}
      for _, name in ipairs(HIDDEN_TOGETHER) do record.hidden_kinds[name] = true end
    end
  end
  return records
end

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
