#!/usr/bin/env lua5.4
-- disclosure.lua - what the publications of a window hide, and why: a page, the list as CSV and its
-- description. Internal: it says which groups are small, so it is never for publication (R35).
--
--   lua5.4 reports/disclosure.lua --db FILE [--window 2009-01-01] [--out FOLDER]
--
-- Left out, the folder is ./internal; a folder that holds publications is refused. Exit status: see
-- report_command.lua. Loaded by another script it returns { run = … }.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
package.path = here .. "/../lua/?.lua;" .. package.path

local disclosure_page = require "reoffend.disclosure_page"
local report_command = require "reoffend.report_command"

local report = {
  name = "disclosure", internal = true, folder = "internal",
  description = "Writes what the publications hide, and why. Internal: not for publication.",
  files = disclosure_page.files,
}

function report.run(argv) return report_command.run(argv, report) end

if arg and debug.getinfo(1, "S").source == "@" .. tostring(arg[0]) then
  os.exit(report.run(arg), true)
end

return report
