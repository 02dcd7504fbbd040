#!/usr/bin/env lua5.4
-- quality.lua - the quality of the data behind the publications: a page, its figures as CSV and
-- their description. Internal: management information, never for publication (R35).
--
--   lua5.4 reports/quality.lua --db FILE [--window 2009-01-01] [--out FOLDER]
--
-- It shows counts, never a person, but does not hide small ones. Left out, the folder is
-- ./internal; a folder that holds publications is refused. Exit status: see report_command.lua.
-- Loaded by another script it returns { run = … }.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
package.path = here .. "/../lua/?.lua;" .. package.path

local format = require "reoffend.format"
local html = require "reoffend.html"
local quality_page = require "reoffend.quality_page"
local report_command = require "reoffend.report_command"
local sections = require "reoffend.quality_sections"

local h = html.elements

local report = {
  name = "quality", internal = true, folder = "internal",
  description = "Writes the data quality report. Internal: not for publication.",
}

function report.files(release, window)
  local made = quality_page.new(release, window)
  local list = {}
  for place, name in ipairs { "main_points", "loading", "reasons", "matching", "dates",
    "timeliness", "entry", "codes", "releases", "exclusions", "effect", "waiting",
    "revisions" } do
    list[place] = sections[name](made)
  end
  return made:files{
    name = "INTERNAL-data-quality-" .. window.start,
    title = "Data quality: extract of " .. format.date(made.extract_date),
    series = "Management information, proven re-offending",
    description = "What was read, rejected, matched and left out, and what it does to the figures.",
    banner = { h.strong{ "Internal: not for publication." }, " Management information. Small"
      .. " numbers are not hidden.", made.synthetic and " The data are synthetic." or "" },
    status = "Effects on the figures are shown for the window " .. window.period .. ".",
    sections = list,
    footer = { h.p{ "Made with reoffend ", release.version, " from the extract of ",
      format.date(made.extract_date), ". Internal: not for publication." } },
  }
end

function report.run(argv) return report_command.run(argv, report) end

if arg and debug.getinfo(1, "S").source == "@" .. tostring(arg[0]) then
  os.exit(report.run(arg), true)
end

return report
