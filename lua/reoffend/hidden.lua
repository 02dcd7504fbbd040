-- hidden.lua - what a release hides, in words and as a list; never why one rather than another.
--
-- Requires: reoffend.format, reoffend.html, reoffend.labels, reoffend.measures, reoffend.tidy_csv.
--
--   hidden.section(publication)        -- the section of a page: the rule, how much it hid here
--   hidden.files(release, window)      -- the list of everything hidden, beside the publications
--
-- The list says which groups and figures are hidden (R35). It never says which of them are small:
-- who knows that has their figures within a few people. That stands in the internal report
-- (reports/disclosure.lua). It is made of `published`, in which no hidden figure is. The columns
-- that end in _code let the next release keep hidden what this one hid (reoffend keep-hidden).

local format = require "reoffend.format"
local html = require "reoffend.html"
local labels = require "reoffend.labels"
local measures = require "reoffend.measures"
local tidy_csv = require "reoffend.tidy_csv"

local h = html.elements
local hidden = {}

-- In every row of the list: a reason that is true of all and says nothing about one.
hidden.WHY = "few people, or would give away a group of few"

hidden.COLUMNS = {
  { "window_start", "date", "First day of the twelve-month window that identifies offenders" },
  { "geographic_level", "string", "Country, or the type of the area" },
  { "area_code", "string", "Code of the area; x where it is not known" },
  { "area_name", "string", "Name of the area" },
  { "subcohort", "string", "Sub-cohort, or all" },
  { "breakdown_topic", "string", "What the group is a part of, or total" },
  { "breakdown", "string", "Group within the topic, or total" },
  { "figures", "string", "What is hidden of the group" },
  { "why", "string", "The reason, the same for all" },
  { "subcohort_code", "string", "The sub-cohort as the results have it, or all" },
  { "breakdown_code", "string", "The group as the results have it, unknown, or total" },
  { "figures_code", "string", "people (all figures), or the name of a figure" },
}
local KEY = { "window_start", "area_code", "subcohort_code", "breakdown_topic", "breakdown_code",
  "figures_code" }

-- Figures of whole groups: the column of `published`, its name in the list of what is hidden.
local OUTCOMES = {
  { column = "violent_sexual_reoffences", code = "violent_sexual" },
  { column = "serious_acquisitive_reoffences", code = "serious_acquisitive" },
  { column = "serious_reoffences", code = "serious" },
  { column = "reappearances", code = "reappearances" },
  { column = "previous_offences", code = "previous_offences",
    measure = "previous_offences_per_offender" },
}

local function add(sheet, record, topic, code, what)
  local level, area_code, area_name = tidy_csv.place_of(sheet, record)
  local label, place = "total", 0
  if topic ~= "total" then label, place = labels.value(topic, record.breakdown) end
  local subcohort = record.subcohort and labels.value("subcohort", record.subcohort) or "all"
  local texts = {
    record.window_start, level, area_code, area_name, subcohort, topic, label, what, hidden.WHY,
    record.subcohort or "all",
    topic == "total" and "total" or record.breakdown or "unknown", code,
  }
  for column, text in ipairs(texts) do texts[column] = tidy_csv.text_cell(tostring(text)) end
  sheet.lines[#sheet.lines + 1] = {
    text = table.concat(texts, ","), order = #sheet.lines + 1, window = record.window_start,
    code = area_code, subcohort = subcohort, topic = topic == "total" and "" or topic,
    place = place,
  }
end

-- The topics of one window: lists of group columns and a breakdown.
local function topics_of(release)
  local found = {}
  for place, row in ipairs(release.connection:rows("SELECT DISTINCT topic FROM published"
    .. " ORDER BY topic")) do
    local by, breakdown = row.topic:match("^(%w+_?%w*),(.+)$")
    if row.topic == "area_code" or row.topic == "subcohort" then by = row.topic
    elseif row.topic ~= "" and not by then breakdown = row.topic end
    found[place] = { by = by, breakdown = breakdown }
  end
  return found
end

-- Predictions stand in tables and trends; what compares with them (excess, adjusted) goes together.
local function add_predictions(sheet, record, topic)
  for _, name in ipairs { "predicted", "excess" } do
    if record.hidden_kinds[name] then
      add(sheet, record, topic, name, measures.by_name[name].label)
    end
  end
end

local function add_outcomes(sheet, record, window)
  for _, outcome in ipairs(OUTCOMES) do
    if record.hidden_kinds[outcome.measure or outcome.column] then
      local measure = measures.by_name[outcome.measure or outcome.column]
      add(sheet, record, "total", outcome.code, measure.label)
    end
  end
  if record.window_start ~= window.start then return end
  local by = record.subcohort and "subcohort"
    or (record.area_code or record.unknown_area) and "area_code" or nil
  if not sheet.release:months(by, record[by or "area_code"], window.start) then
    add(sheet, record, "total", "months", "Months to the first re-offence")
  end
end

-- Every window's totals, for they stand in the trends; of the window and the year before it the
-- figures of severity too; of the window all tables.
local function make_sheet(release, window)
  local sheet = tidy_csv.new(release)
  sheet.columns, sheet.key = hidden.COLUMNS, KEY
  for _, topic in ipairs(topics_of(release)) do
    local whole = not topic.breakdown
    local records = whole and release:trend(topic.by)
      or release:records(topic.by, topic.breakdown, window.start)
    for _, record in ipairs(records) do
      local of_subcohort = topic.breakdown == "subcohort"
      if of_subcohort then record.subcohort = record.breakdown end
      local about = (whole or of_subcohort) and "total" or topic.breakdown
      if record.hidden then
        add(sheet, record, about, "people", "All figures")
      else
        add_predictions(sheet, record, about)
        if whole and (record.window_start == window.start
          or record.window_start == window.year_before) then
          add_outcomes(sheet, record, window)
        end
      end
    end
  end
  return sheet
end

-- The list and its description, the same whichever publication asks.
function hidden.files(release, window)
  local name = "hidden-" .. window.start .. ".csv"
  local sheet = make_sheet(release, window)
  return {
    { name = name, text = sheet:csv() },
    { name = name .. "-metadata.json",
      text = sheet:metadata(name, "What is hidden, " .. window.period) },
  }
end

-- How many groups the sheet of a page has figures on, and how many of them are hidden.
local function count_groups(sheet)
  local groups, hidden_groups = 0, 0
  for _, line in ipairs(sheet.lines) do
    if line.measure == "offenders" then
      groups = groups + 1
      if line.confidential then hidden_groups = hidden_groups + 1 end
    end
  end
  return groups, hidden_groups
end

function hidden.section(publication)
  local release = publication.release
  local groups, hidden_groups = count_groups(publication.sheet)
  local few, list = release.threshold, "hidden-" .. publication.window.start .. ".csv"
  local rounding = release.rounding
  return {
    id = "hidden", title = "What is hidden, and why",
    content = {
      h.p{ string.format("Figures on few people could tell something about one of them. Of the %s"
        .. " groups on this page %s hidden; the tables mark them [c].",
        format.number(groups), hidden_groups == 0 and "none is" or hidden_groups == 1 and "1 is"
        or format.number(hidden_groups) .. " are") },
      h.ul{
        h.li{ string.format("A group is hidden where fewer than %d people are in it, fewer than %d"
          .. " of them re-offended, or fewer than %d did not. None is few as well: a proportion of"
          .. " 0%% or 100%% says something about everyone in the group.", few, few, few) },
        h.li{ string.format("Others are hidden with them, so that nobody can work a hidden figure"
          .. " out from the figures shown and their totals: on this page, on the pages of all other"
          .. " areas and sub-cohorts, and on all of them together. Of every hidden number at least"
          .. " %d values stay possible.", few) },
        h.li{ string.format("Re-offences of a kind are hidden where fewer than %d people committed"
          .. " one, or fewer than %d of the re-offenders committed none; further appearances where"
          .. " fewer than %d people had one; previous offences per offender also where a group by"
          .. " number of previous offences is hidden.", few, few, few) },
        h.li{ string.format("Months to the first re-offence are put together until at least %d"
          .. " people stand behind each step.", few) },
        h.li{ "Actual less predicted, and the adjusted proportion, are hidden where they would tell"
          .. " how many re-offended of few people with a prediction, or of few without; predicted"
          .. " proportions where they would tell how many are in a small group." },
        h.li{ "Everything made of a hidden figure is hidden too: rates, intervals, comparisons,"
          .. " points and bars of charts." },
        rounding > 1 and h.li{ string.format("Numbers of people and offences are rounded to the"
          .. " nearest %d, and rates are made of the rounded numbers, so parts may not add up to"
          .. " their total.", rounding) },
      },
      h.p{ "Which groups are hidden because they are small, and which to protect those, is not"
        .. " said: it would tell how many are in a small one. Nothing hidden stands anywhere in"
        .. " these files. The list of everything hidden is here: ",
        h.a{ href = list, "what is hidden (CSV)" }, "." },
    },
  }
end

return hidden
