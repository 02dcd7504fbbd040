-- published.lua - what somebody makes of a folder of publications, as equations for attack.c.
--
--   lua5.4 tests/disclosure/published.lua FOLDER[,FOLDER…] WINDOW [drug_tests|offenders]
--
-- Reads the CSV files of the folder and nothing else: no database, no reasons, no list of what is
-- hidden. WINDOW is the window of the publications, of which every table stands there; of other
-- windows there are totals. drug_tests says what holds of real results: that a positive drug test
-- has no offence group and makes a Class A drug misuser. offenders looks at their numbers alone,
-- which stay from one publication of a window to the next: so several folders can be laid side by
-- side. What is known besides:
--
-- 1. The rows of a table make up its total; the areas, with the unknown one, England and Wales.
-- 2. Whoever is not in a sub-cohort is everyone less the sub-cohort.
-- 3. Some groups stand in two tables: releases are custody and the sentence lengths, …
-- 4. Steps of months make up longer ones, and these the re-offenders.
-- 5. No number is below 0, and a hidden group has somebody in it.
--
-- An area without a page has unknown tables; groups a table does not name have nobody in them.
package.path = "lua/?.lua;tests/disclosure/?.lua;" .. package.path
local csv_rows = require "csv_rows"
local equations = require "equations"
local labels = require "reoffend.labels"

local begin, unknown, sum, finish =
  equations.begin, equations.unknown, equations.sum, equations.finish

local folder, window = arg[1], arg[2]
local drug_tests, offenders_only = arg[3] == "drug_tests", arg[3] == "offenders"
local NATION, UNKNOWN = "K04000001", "x"

-- Reading -----------------------------------------------------------------------------------------

local groups, order = {}, {}

local function key_of(...) return table.concat({ ... }, "|") end

local function take(row)
  local key = key_of(row.window_start, row.area_code, row.subcohort, row.breakdown_topic,
    row.breakdown)
  local group = groups[key]
  if not group then
    group = { window = row.window_start, area = row.area_code, list = row.subcohort,
      topic = row.breakdown_topic, part = row.breakdown, figures = {}, hidden = {} }
    groups[key] = group
    order[#order + 1] = group
  end
  group.figures[row.measure] = math.tointeger(tonumber(row.value)) or group.figures[row.measure]
  if row.measure == "previous_offences_per_offender" then
    group.figures[row.measure] = math.tointeger(tonumber(row.numerator))
  end
  if row.conf_status == "C" then group.hidden[row.measure] = true end
end

for _, path in ipairs(csv_rows.files(folder, "area-*.csv", "subcohort-*.csv")) do
  csv_rows.each(path, take)
end
assert(#order > 0, "no publications in " .. folder)

-- Figures of groups -------------------------------------------------------------------------------

local READ = {
  offenders = function(figures) return figures.offenders end,
  reoffenders = function(figures) return figures.reoffenders end,
  others = function(figures)
    return figures.offenders and figures.offenders - figures.reoffenders
  end,
  reoffences = function(figures) return figures.reoffences end,
}

local function group_at(...) return groups[key_of(...)] end

-- A figure of a group: a number, the name of an unknown, or 0 where nobody is in it.
local function figure_of(group, name)
  if not group then return 0 end
  local value = READ[name](group.figures)
  if value then return value end
  return unknown(key_of(group.area, group.list, group.topic, group.part),
    name == "offenders" and 1 or 0, "secret")
end

-- The areas of England and Wales, those with a page, and topics by area and list.
local function survey(of_window)
  local areas, pages, tables, lists = {}, {}, {}, {}
  for _, group in ipairs(order) do
    if group.window == of_window then
      if group.topic == "total" and group.list == "all" and group.area ~= NATION then
        areas[#areas + 1] = group.area
      end
      if group.topic == "total" and group.list ~= "all" and not lists[group.list] then
        lists[group.list] = true
        lists[#lists + 1] = group.list
      end
      local table_key = key_of(group.area, group.list, group.topic)
      tables[table_key] = tables[table_key] or {}
      table.insert(tables[table_key], group)
      if group.topic == "sex" or group.topic == "age_group" or group.topic == "total"
        and group.list == "all" and group.figures.offenders == 0 then
        pages[group.area] = true
      end
    end
  end
  return { areas = areas, pages = pages, tables = tables, lists = lists }
end

local ADDITIVE = { "age_group", "age_band", "sex", "ethnicity", "index_kind", "index_disposal",
  "index_offence_group", "previous_offences_band" }

local function label(topic, value) return (labels.value(topic, value)) end

-- Parts of one table that make up, or (open) are among, a part of another.
local SAME = {
  { "index_kind", "release", "sentence_band" },
  { "index_kind", "release", "index_disposal", "custody" },
  { "index_kind", "drug_test", "index_disposal", "drug_test" },
  { "index_kind", "caution", "index_disposal", "caution", "reprimand_or_warning" },
  { "index_offence_group", nil, "index_kind", "drug_test", open = true },
}

local function same_people(seen, area, list, name, of_window)
  for number, same in ipairs(SAME) do
    local rows, parts_of = same[1], same[3]
    if (drug_tests or not same.open) and seen.tables[key_of(area, list, rows)]
      and seen.tables[key_of(area, list, parts_of)] then
      local whole = group_at(of_window, area, list, rows, label(rows, same[2]))
      local terms = { { -1, figure_of(whole, name) } }
      if parts_of == "sentence_band" then
        for _, group in ipairs(seen.tables[key_of(area, list, parts_of)]) do
          terms[#terms + 1] = { 1, figure_of(group, name) }
        end
      else
        for place = 4, #same do
          terms[#terms + 1] = { 1, figure_of(group_at(of_window, area, list, parts_of,
            label(parts_of, same[place])), name) }
        end
      end
      if same.open then
        terms[#terms + 1] = { 1, unknown(key_of("left over", number, area, list), 0, "open") }
      end
      sum(terms)
    end
  end
end

-- A table's rows and its total.
local function rows_and_total(seen, area, list, topic, name, of_window)
  local rows = seen.tables[key_of(area, list, topic)]
  local total = group_at(of_window, area, list, "total", "total")
  if not rows or not total then return end
  local terms = { { -1, figure_of(total, name) } }
  for _, group in ipairs(rows) do terms[#terms + 1] = { 1, figure_of(group, name) } end
  sum(terms)
end

local function each_area(seen, visit)
  for _, area in ipairs(seen.areas) do visit(area) end
end

-- The columns of a breakdown over the areas: their sums are not published, but add up.
local function columns(seen, topic, name, of_window)
  local missing, parts, known = 0, {}, {}
  each_area(seen, function(area)
    if area ~= UNKNOWN and not seen.pages[area] then missing = missing + 1 end
    for _, group in ipairs(seen.tables[key_of(area, "all", topic)] or {}) do
      if not known[group.part] then
        known[group.part] = true
        parts[#parts + 1] = group.part
      end
    end
  end)
  if missing > 0 or #parts == 0 then return end
  local nation = { { -1, figure_of(group_at(of_window, NATION, "all", "total", "total"), name) } }
  for _, part in ipairs(parts) do
    local whole = unknown(key_of("column", topic, part), 0, "open")
    local terms = { { -1, whole } }
    nation[#nation + 1] = { 1, whole }
    each_area(seen, function(area)
      if seen.pages[area] then
        terms[#terms + 1] = { 1, figure_of(group_at(of_window, area, "all", topic, part), name) }
      else
        terms[#terms + 1] = { 1, unknown(key_of(area, "column", topic, part), 0, "open") }
      end
    end)
    sum(terms)
    for _, list in ipairs(seen.lists) do
      local listed = group_at(of_window, NATION, list, topic, part)
      if listed then
        sum { { -1, whole }, { 1, figure_of(listed, name) },
          { 1, unknown(key_of("rest", topic, part, list), 0, "open") } }
      end
    end
  end
  sum(nation)
end

-- The areas and the nation, for everyone or one sub-cohort.
local function areas_and_nation(seen, list, name, of_window)
  local nation = group_at(of_window, NATION, list, "total", "total")
  if not nation then return end
  local terms, complete = { { -1, figure_of(nation, name) } }, list == "all"
  each_area(seen, function(area)
    local group = group_at(of_window, area, list, "total", "total")
    if group then
      if name ~= "reoffences" or group.figures.reoffences or group.hidden.reoffences then
        terms[#terms + 1] = { 1, figure_of(group, name) }
      else
        terms[#terms + 1] = { 1, unknown(key_of(area, list, "no page"), 0, "open") }
      end
    end
    if list ~= "all" and group and area ~= seen.areas[1] then complete = true end
  end)
  if complete then sum(terms) end
end

local function less_list(seen, area, name, of_window)
  for _, list in ipairs(seen.lists) do
    local listed = group_at(of_window, area, list, "total", "total")
    local everyone = group_at(of_window, area, "all", "total", "total")
    if listed and everyone then
      sum { { -1, figure_of(everyone, name) }, { 1, figure_of(listed, name) },
        { 1, unknown(key_of(area, "rest", list), 0, "open") } }
    end
  end
  local listed = group_at(of_window, area, label("subcohort", "class_a"), "total", "total")
  if drug_tests and listed and seen.tables[key_of(area, "all", "index_kind")] then
    sum { { -1, figure_of(listed, name) }, { 1, figure_of(group_at(of_window, area, "all",
      "index_kind", label("index_kind", "drug_test")), name) },
      { 1, unknown(key_of(area, "no test"), 0, "open") } }
  end
end

local function people_block(name, of_window)
  local seen = survey(of_window)
  begin(name .. " " .. of_window)
  if of_window == window then
    areas_and_nation(seen, "all", name, of_window)
    for _, list in ipairs(seen.lists) do areas_and_nation(seen, list, name, of_window) end
    for _, topic in ipairs(ADDITIVE) do columns(seen, topic, name, of_window) end
  end
  local places = { NATION, table.unpack(seen.areas) }
  for _, area in ipairs(places) do
    for _, list in ipairs { "all", table.unpack(seen.lists) } do
      for _, topic in ipairs(ADDITIVE) do
        rows_and_total(seen, area, list, topic, name, of_window)
      end
      same_people(seen, area, list, name, of_window)
    end
    if name ~= "reoffences" then less_list(seen, area, name, of_window) end
  end
  finish()
end

-- Months ------------------------------------------------------------------------------------------

local function steps_of(area, list)
  local steps = {}
  for month = 1, 12 do
    steps[month] = unknown(key_of(area, list, "month", month), 0, "open")
  end
  return steps
end

-- What the page of a group, or its total alone, says of its months.
local function months_of(area, list)
  local steps, from, reached = steps_of(area, list), 1, 0
  for month = 1, 12 do
    local group = group_at(window, area, list, "months_to_reoffence",
      month == 1 and "1 month" or month .. " months")
    if group then
      local upto = group.figures.reoffended_by
      local terms = { { -1, upto - reached } }
      for step = from, month do terms[#terms + 1] = { 1, steps[step] } end
      sum(terms)
      from, reached = month + 1, upto
    end
  end
  local total = group_at(window, area, list, "total", "total")
  if from == 1 and total then
    local terms = { { -1, total.figures.reoffenders
      or unknown(key_of(area, list, "re-offenders"), 0, "open") } }
    for _, step in ipairs(steps) do terms[#terms + 1] = { 1, step } end
    sum(terms)
  end
  return steps
end

local function months_block()
  local seen = survey(window)
  begin("months " .. window)
  local nation, by_area = months_of(NATION, "all"), {}
  each_area(seen, function(area) by_area[#by_area + 1] = months_of(area, "all") end)
  for month = 1, 12 do
    local terms = { { -1, nation[month] } }
    for _, steps in ipairs(by_area) do terms[#terms + 1] = { 1, steps[month] } end
    sum(terms)
  end
  for _, list in ipairs(seen.lists) do
    for month, step in ipairs(months_of(NATION, list)) do
      sum { { -1, nation[month] }, { 1, step },
        { 1, unknown(key_of("rest", list, month), 0, "open") } }
    end
  end
  finish()
end

-- Outcomes of whole groups ------------------------------------------------------------------------

local function outcome_of(group, measure)
  if not group then return 0 end
  return group.figures[measure] or unknown(key_of(group.area, group.list), 0,
    group.hidden[measure] and "secret" or "open")
end

local function outcome_block(measure, of_window)
  local seen = survey(of_window)
  local nation = group_at(of_window, NATION, "all", "total", "total")
  if not nation or not (nation.figures[measure] or nation.hidden[measure]) then return end
  begin(measure .. " " .. of_window)
  local terms = { { -1, outcome_of(nation, measure) } }
  each_area(seen, function(area)
    terms[#terms + 1] = { 1, outcome_of(group_at(of_window, area, "all", "total", "total"),
      measure) }
  end)
  if of_window == window then sum(terms) end
  for _, list in ipairs(seen.lists) do
    local listed = group_at(of_window, NATION, list, "total", "total")
    if listed and (listed.figures[measure] or listed.hidden[measure]) then
      sum { { -1, outcome_of(nation, measure) }, { 1, outcome_of(listed, measure) },
        { 1, unknown(key_of("rest", list), 0, "free") } }
    end
  end
  for _, group in ipairs(order) do
    local all = group.figures.reoffences
    if group.window == of_window and group.topic == "total" and group.hidden[measure] and all
      and measure:find("_reoffences$") then
      sum { { -1, all }, { 1, outcome_of(group, measure) },
        { 1, unknown(key_of("others", group.area, group.list), 0, "free") } }
    end
  end
  finish()
end

-- All of it ---------------------------------------------------------------------------------------

local windows = {}
for _, group in ipairs(order) do
  if not windows[group.window] then
    windows[group.window] = true
    windows[#windows + 1] = group.window
  end
end
if offenders_only then
  people_block("offenders", window)
  return
end
for _, of_window in ipairs(windows) do
  for _, name in ipairs { "offenders", "reoffenders", "others" } do
    people_block(name, of_window)
  end
  for _, measure in ipairs { "violent_sexual_reoffences", "serious_acquisitive_reoffences",
    "serious_reoffences", "reappearances", "previous_offences_per_offender" } do
    outcome_block(measure, of_window)
  end
end
people_block("reoffences", window)
months_block()
