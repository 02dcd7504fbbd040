-- load_report.lua - what a load did, in words, for whoever loaded. Requires failure.
--
--   load_report.print(report, database, quiet)    -- report of load.run
--
-- Counts go to the standard output, refused files and files left out to the standard error.

local failure = require "reoffend.failure"

local load_report = {}

-- The first rejected rows of a file, and how to see the others.
local function print_rejects(file, path)
  for _, line in ipairs(file.lines or {}) do print(line) end
  local more = file.rejected - #(file.lines or {})
  if more > 0 then
    print(string.format("%d more: reoffend rejects %s --file %s", more, path, file.name))
  end
end

local function print_file(file, path)
  if file.state == "current" then
    print(string.format("%s: %d read, %d accepted, %d rejected", file.name, file.read,
      file.accepted, file.rejected))
    print_rejects(file, path)
    if #file.header.extra > 0 then
      print(string.format("%s: columns the format does not know, kept aside: %d", file.name,
        #file.header.extra))
    end
  elseif file.state ~= "refused" then
    print(file.name .. ": " .. file.message)
  end
end

local MEND = {
  unknown_format = "name it as: reoffend formats shows",
  not_a_date_in_name = "name it by the date of its extract, load it again",
}

local function print_refused(file)
  local where = file.path .. ", line " .. (file.line or 1)
  if file.column and file.column ~= "" then where = where .. ", column " .. file.column end
  failure.print(failure.new("check", "refused: " .. file.message, where,
    MEND[file.reason] or "mend the file and load it again; the other files were loaded"))
end

-- Files that lie beside extracts and are none: the truth of a synthetic nation, answers by hand.
local BESIDE = { ["truth.csv"] = true, ["expected.csv"] = true }

-- A file left out may be one with a misspelt name, so it is said, with --quiet too.
local function print_unknown(file)
  if BESIDE[file.name] then return end
  local name = file.name:gsub("%c", "?")
  io.stderr:write("not loaded: ", name, " (", file.message, ")\n")
end

function load_report.print(report, path, quiet)
  for _, file in ipairs(report.files) do
    if not quiet then print_file(file, path) end
    if file.state == "refused" then print_refused(file) end
  end
  for _, file in ipairs(report.unknown) do print_unknown(file) end
end

return load_report
