#!/usr/bin/env lua5.4
-- area.lua - re-offending in one area: a page, its figures as CSV and their description.
--
--   lua5.4 reports/area.lua --db FILE --area E23000014 [--window 2009-01-01] [--out FOLDER]
--
-- --area all writes one publication for every area. Exit status: see report_command.lua. What the
-- page shows: README.md in this folder. Loaded by another script it returns { run = … }.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
package.path = here .. "/../lua/?.lua;" .. package.path

local area_funnel = require "reoffend.area_funnel"
local labels = require "reoffend.labels"
local publication = require "reoffend.publication"
local release_reader = require "reoffend.release"
local report_command = require "reoffend.report_command"
local sections = require "reoffend.sections"
local words = require "reoffend.words"

local report = {
  name = "area", option = "area", option_help = "the code of the area, or all",
  description = "Writes the re-offending publication of one area.",
}

function report.choices(release)
  local choices = {}
  for place, area in ipairs(release.areas) do
    choices[place] = { code = area.area_code, name = area.area_name }
  end
  return choices
end

-- Sentences on the sub-cohorts of the area.
local function subcohort_points(release, window, code)
  local records = release_reader.where(release:records("area_code", "subcohort", window.start),
    "area_code", code)
  local entries = {}
  for place, record in ipairs(labels.sort("subcohort", records)) do
    entries[place] = { label = labels.value("subcohort", record.breakdown), record = record }
  end
  return words.subcohorts(entries)
end

function report.files(release, window, code)
  local name = release.areas[code].area_name
  local made = publication.new(release, window, {
    by = "area_code", value = code, name = name, heading = name, called = name,
    where = "in " .. name,
  })
  made.further_points = subcohort_points(release, window, code)
  return made:files{
    name = "area-" .. code .. "-" .. window.start,
    title = string.format("Proven re-offending in %s: %s", name, window.period),
    series = "Proven re-offending, local results",
    sections = {
      sections.main_points(made),
      sections.headline(made),
      sections.trend(made),
      area_funnel.section(made, release:records("area_code", nil, window.start), made.nation,
        "England and Wales"),
      sections.breakdowns(made, "who-re-offends", "Who re-offends",
        "The offenders by who they were at the index event.",
        { "age_group", "sex", "previous_offences_band" }),
      sections.breakdowns(made, "index-event", "What brought them into the cohort",
        "The offenders by the event that selected them, its outcome and its gravest offence.",
        { "index_kind", "index_disposal", "sentence_band", "index_offence_group" }),
      sections.severity(made),
      sections.months(made),
      sections.breakdowns(made, "sub-cohorts", "Sub-cohorts in " .. name,
        "An offender can be in more than one sub-cohort, or in none.", { "subcohort" }),
    },
  }
end

function report.run(argv) return report_command.run(argv, report) end

if arg and debug.getinfo(1, "S").source == "@" .. tostring(arg[0]) then
  os.exit(report.run(arg), true)
end

return report
