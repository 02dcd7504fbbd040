#!/usr/bin/env lua5.4
-- subcohort.lua - re-offending in one sub-cohort of England and Wales, beside all offenders.
--
--   lua5.4 reports/subcohort.lua --db FILE --subcohort ppo [--window 2009-01-01] [--out FOLDER]
--
-- --subcohort all writes one publication for every sub-cohort in the results, local ones included.
-- Exit status: see report_command.lua. What the page shows: README.md in this folder. Loaded by
-- another script it returns { run = … }.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
package.path = here .. "/../lua/?.lua;" .. package.path

local area_funnel = require "reoffend.area_funnel"
local labels = require "reoffend.labels"
local publication = require "reoffend.publication"
local release_reader = require "reoffend.release"
local report_command = require "reoffend.report_command"
local sections = require "reoffend.sections"

local report = {
  name = "subcohort", option = "subcohort",
  option_help = "the sub-cohort (ppo, class_a, or a local one), or all",
  description = "Writes the re-offending publication of one sub-cohort.",
}

function report.choices(release)
  local choices = {}
  for place, entry in ipairs(release:subcohorts()) do
    choices[place] = { code = entry.breakdown, name = (labels.value("subcohort", entry.breakdown)) }
  end
  return choices
end

function report.files(release, window, code)
  local name = labels.value("subcohort", code)
  local made = publication.new(release, window, {
    by = "subcohort", value = code, name = name, heading = name, called = "the sub-cohort",
    where = "in the sub-cohort " .. name, other_name = "all offenders",
    other_heading = "All offenders",
  })
  local areas = release_reader.where(release:records("area_code", "subcohort", window.start),
    "breakdown", code)
  return made:files{
    name = "subcohort-" .. code .. "-" .. window.start,
    title = string.format("Proven re-offending, %s: %s", name, window.period),
    series = "Proven re-offending, sub-cohorts, England and Wales",
    sections = {
      sections.main_points(made),
      sections.headline(made),
      sections.trend(made),
      sections.breakdowns(made, "who-re-offends", "Who re-offends",
        "The members of the sub-cohort by who they were at the index event, and what it was.",
        { "age_group", "previous_offences_band", "index_kind", "index_offence_group" }),
      sections.severity(made),
      sections.months(made),
      area_funnel.section(made, areas, made.own, "the whole sub-cohort"),
    },
  }
end

function report.run(argv) return report_command.run(argv, report) end

if arg and debug.getinfo(1, "S").source == "@" .. tostring(arg[0]) then
  os.exit(report.run(arg), true)
end

return report
