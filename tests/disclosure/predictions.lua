-- predictions.lua - what somebody makes of the predictions in a folder of publications, as
-- equations for attack.c.
--
--   lua5.4 tests/disclosure/predictions.lua FOLDER WINDOW
--
-- Reads the CSV files of the folder: areas, sub-cohorts and models. A prediction is a mean of
-- probabilities over the people who are scored, of whom nothing else is published. So a group has
-- people scored and not scored, re-offenders and others, and a sum of probabilities; a published
-- proportion says within which bounds these hang together. What is known besides:
--
-- 1. The rows of a table make up its total; the areas the nation; adults and juveniles all who are
--    scored.
-- 2. Nobody is expected to re-offend more than once. Where a shown group has no prediction, nobody
--    in it is scored.
-- 3. How many a model was fitted on, where it is shown; a tenth of a year's people is a tenth.
package.path = "lua/?.lua;tests/disclosure/?.lua;" .. package.path
local csv_rows = require "csv_rows"
local equations = require "equations"

local folder, window = arg[1], arg[2]
local NATION = "K04000001"
local HALF = 2000 -- a proportion of three decimals lies within 1/HALF of what it was rounded from
local TOPICS = { "age_group", "age_band", "sex", "ethnicity", "index_kind", "index_disposal",
  "index_offence_group", "sentence_band", "previous_offences_band" }

-- Reading -----------------------------------------------------------------------------------------

local groups, by_place, places = {}, {}, {}

local function key_of(...) return table.concat({ ... }, "|") end

local function take(row)
  local place = key_of(row.window_start, row.area_code, row.subcohort)
  local key = key_of(place, row.breakdown_topic, row.breakdown)
  local group = groups[key]
  if not group then
    group = { key = key, figures = {}, without = {}, topic = row.breakdown_topic,
      part = row.breakdown, area = row.area_code, list = row.subcohort,
      window = row.window_start }
    groups[key] = group
    if not by_place[place] then
      by_place[place] = {}
      places[#places + 1] = place
    end
    table.insert(by_place[place], group)
  end
  group.figures[row.measure] = tonumber(row.value) or group.figures[row.measure]
  if row.obs_status == "x" then group.without[row.measure] = true end
end

for _, path in ipairs(csv_rows.files(folder, "area-*.csv", "subcohort-*.csv")) do
  csv_rows.each(path, take)
end
assert(#places > 0, "no publications in " .. folder)

-- Of the models: figures by series, age group and year; the people they were fitted on.
local models, base_year = {}, nil
local FITTED = { ["Adults, all offenders"] = "adult", ["Juveniles, all offenders"] = "juvenile" }
local fitted = { adult = {}, juvenile = {} }

local function take_model(row)
  if row.topic == "fit" and FITTED[row.group] then
    fitted[FITTED[row.group]][row.measure] = tonumber(row.value)
  end
  local topic, series, age_group = row.topic:match("^(%w+)_(%w+)-(%w+)$")
  if not topic then return end
  local model = key_of(series, age_group, row.group)
  models[model] = models[model] or { tenths = {} }
  local value = row.conf_status == "F" and tonumber(row.value) or nil
  if topic == "drift" then
    models[model][row.measure] = value
    if series == "all" and (not base_year or row.group < base_year) then base_year = row.group end
  elseif topic == "calibration" and row.measure == "actual" then
    models[model].tenths[tonumber(row.subgroup)] = value or "hidden"
  end
end

for _, path in ipairs(csv_rows.files(folder, "model.csv")) do csv_rows.each(path, take_model) end

-- A group -----------------------------------------------------------------------------------------

local function whole(number) return math.tointeger(number) end

local free = 0

-- parts >= 0.
local function at_least_nought(parts)
  free = free + 1
  parts[#parts + 1] = { -1, equations.unknown("free" .. free, 0, "free") }
  equations.sum(parts)
end

-- value (three decimals) is `top`, a list of parts each HALF times as large, in a
-- proportion of the people scored.
local function told(value, top, group)
  local middle = math.floor(value * HALF + 0.5)
  local over, under = {}, {}
  for _, part in ipairs(top) do
    over[#over + 1] = part
    under[#under + 1] = { -part[1], part[2] }
  end
  for _, name in ipairs { group.scored_reoffenders, group.scored_others } do
    over[#over + 1] = { 1 - middle, name }
    under[#under + 1] = { 1 + middle, name }
  end
  at_least_nought(over)
  at_least_nought(under)
end

local function number_or_unknown(group, figure, least)
  local value = group.figures[figure]
  return value and whole(value) or equations.unknown(key_of(group.key, figure), least, "secret")
end

-- Names what is not known of a group, and says what is.
local function describe(group)
  local figures = group.figures
  local function name(figure, kind) return equations.unknown(key_of(group.key, figure), 0, kind) end
  group.reoffenders = number_or_unknown(group, "reoffenders", 0)
  group.others = figures.offenders and whole(figures.offenders - figures.reoffenders)
    or name("others", "secret")
  if not figures.offenders then
    equations.sum { { -1, number_or_unknown(group, "offenders", 1) }, { 1, group.reoffenders },
      { 1, group.others } }
  end
  if figures.offenders and group.without.predicted then
    group.scored_reoffenders, group.scored_others, group.expected = 0, 0, 0
    return
  end
  group.scored_reoffenders = name("scored_reoffenders", "free")
  group.scored_others = name("scored_others", "free")
  group.expected = name("expected", "free")
  local left, stay = name("unscored_reoffenders", "open"), name("unscored_others", "open")
  equations.sum { { -1, group.reoffenders }, { 1, group.scored_reoffenders }, { 1, left } }
  equations.sum { { -1, group.others }, { 1, group.scored_others }, { 1, stay } }
  equations.sum { { -1, name("unscored", "open") }, { 1, left }, { 1, stay } }
  local nobody_twice = { { 1, group.scored_reoffenders }, { 1, group.scored_others },
    { -1, group.expected } }
  if figures.predicted then
    told(figures.predicted, { { HALF, group.expected } }, group)
  else
    at_least_nought(nobody_twice)
  end
  if figures.excess then
    told(figures.excess, { { HALF, group.scored_reoffenders }, { -HALF, group.expected } }, group)
  end
end

local FIGURES = { "reoffenders", "others", "scored_reoffenders", "scored_others", "expected" }
local SCORED = { "scored_reoffenders", "scored_others" }

local function add_up(total, parts, figures)
  for _, figure in ipairs(figures or FIGURES) do
    local terms = { { -1, total[figure] } }
    for _, part in ipairs(parts) do terms[#terms + 1] = { 1, part[figure] } end
    equations.sum(terms)
  end
end

-- Blocks ------------------------------------------------------------------------------------------

-- Rows of a topic at a place, and whether there are any.
local function rows_of(place, topic)
  local rows = {}
  for _, group in ipairs(by_place[place]) do
    if group.topic == topic then rows[#rows + 1] = group end
  end
  return rows
end

-- How the model of an age group did in the window, if it is a calendar year: as a group of those it
-- was tried on. nil: it says nothing of the window.
local function tell_model(age_group)
  local year = window:match("^(%d+)%-01%-01$")
  local model = year and models[key_of("all", age_group, "Jan to Dec " .. year)]
  if not model then return nil end
  local function name(figure, kind) return equations.unknown(key_of(age_group, figure), 0, kind) end
  local re, others = name("reoffenders", "free"), name("others", "free")
  local group = { scored_reoffenders = re, scored_others = others }
  local fit = fitted[age_group]
  if "Jan to Dec " .. year == base_year and fit.offenders then
    equations.sum { { -1, whole(fit.reoffenders) }, { 1, re } }
    equations.sum { { -1, whole(fit.offenders - fit.reoffenders) }, { 1, others } }
  end
  if model.actual then told(model.actual, { { HALF, re } }, group) end
  local terms = { { -1, re } }
  for decile = 1, 10 do
    local value = model.tenths[decile]
    if not value then return group end
    local tenth = name("tenth " .. decile, value == "hidden" and "secret" or "free")
    terms[#terms + 1] = { 1, tenth }
    if value ~= "hidden" then -- of a tenth of the people, one more or less; two decimals
      local middle = math.floor(value * HALF + 0.5)
      at_least_nought { { 10 * HALF, tenth }, { 10 - middle, re }, { 10 - middle, others },
        { 10 * (middle + 10), 1 } }
      at_least_nought { { -10 * HALF, tenth }, { middle + 10, re }, { middle + 10, others },
        { 10 * (middle + 10), 1 } }
    end
  end
  equations.sum(terms)
  return group
end

local function place_block(place)
  local total = rows_of(place, "total")[1]
  if not total or #by_place[place] == 1 then return end
  equations.begin("page " .. place)
  describe(total)
  for _, topic in ipairs(TOPICS) do
    local rows = rows_of(place, topic)
    for _, group in ipairs(rows) do describe(group) end
    if #rows > 0 and topic ~= "sentence_band" then add_up(total, rows) end
  end
  equations.finish()
end

-- The areas, the unknown one among them, and the nation; those the models were tried on.
local function nation_block()
  local nation = groups[key_of(window, NATION, "all", "total", "total")]
  local areas = {}
  for _, place in ipairs(places) do
    local at, area, list = place:match("^(.-)|(.-)|(.-)$")
    if at == window and list == "all" and area ~= NATION then
      areas[#areas + 1] = rows_of(place, "total")[1]
    end
  end
  if not nation or #areas < 2 then return end
  equations.begin("areas " .. window)
  for _, group in ipairs { nation, table.unpack(areas) } do
    describe(group)
  end
  add_up(nation, areas)
  local adults, juveniles = tell_model("adult"), tell_model("juvenile")
  if adults and juveniles then add_up(nation, { adults, juveniles }, SCORED) end
  equations.finish()
end

for _, place in ipairs(places) do
  if place:match("^[^|]+") == window then place_block(place) end
end
nation_block()
