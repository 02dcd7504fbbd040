#!/usr/bin/env lua5.4
-- model.lua - how re-offending is predicted: the models, their fit, and how well they do.
--
--   lua5.4 reports/model.lua --db FILE [--out FOLDER]
--
-- One publication of all models in the database: coefficients, standard errors, fit, calibration
-- (R32). Exit status: see report_command.lua; a database without a model is a failure (3). What the
-- page shows: README.md in this folder. Loaded by another script it returns { run = … }.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
package.path = here .. "/../lua/?.lua;" .. package.path

local format = require "reoffend.format"
local html = require "reoffend.html"
local model_reader = require "reoffend.model_reader"
local report_command = require "reoffend.report_command"
local sections = require "reoffend.model_sections"
local table_page = require "reoffend.table_page"

local h = html.elements

local report = {
  name = "model",
  description = "Writes the publication on the models that predict re-offending.",
}

function report.problem(release)
  if #model_reader.read(release) > 0 then return nil end
  return "no model was fitted, so nothing is predicted", release.parameters.model_fit == "0"
    and "set the parameter model_fit to 1 and run: reoffend build"
    or "the extracts must hold a whole year with final results, with re-offenders and others"
      .. " enough (sql/README.md, Prediction)"
end

function report.files(release, window)
  local made = table_page.new(release, window, { published = true })
  made.models = model_reader.read(release)
  local list = {}
  for place, name in ipairs { "main_points", "method", "calibration", "drift", "coefficients" } do
    list[place] = sections[name](made)
  end
  return made:files{
    name = "model", title = "How re-offending is predicted",
    series = "Proven re-offending, England and Wales",
    description = "The models behind predicted and adjusted proportions: how they were fitted, and"
      .. " how well they predict.",
    banner = made.synthetic and {
      h.strong{ "Synthetic data." }, " These figures describe nobody: they come from a generated"
        .. " nation made to show how the publication works.",
    } or nil,
    status = "Fitted from the extract of " .. format.date(made.extract_date) .. ".",
    sections = list,
    footer = {
      h.p{ "Made with reoffend ", release.version, " from the extract of ",
        format.date(made.extract_date), "." },
      made.synthetic and h.p{ "Synthetic data: not for use as statistics." },
    },
  }
end

function report.run(argv) return report_command.run(argv, report) end

if arg and debug.getinfo(1, "S").source == "@" .. tostring(arg[0]) then
  os.exit(report.run(arg), true)
end

return report
