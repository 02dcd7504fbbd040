-- extract_file.lua - the files of a load: which they are, and what can be told of each before its
-- rows are read. Requires csv_header, extract_format, failure, lfs, shell.
--
--   local files, problem = extract_file.find { "extracts/", "cohort_north.csv",
--     { path = "list.csv", name = "cohort_north.csv", insists = true } }
--   extract_file.describe(files, 1)
--   file.name, file.format, file.part, file.as_of, file.hash, file.id, file.header
--   file.state          current; refused, with reason, message, column, line; unknown: no format
--
-- 1. A folder stands for the .csv files in it, in the order of their names. A file may be given
--    another name than its own; one that insists takes the place of what was loaded by that name,
--    whatever its date.
-- 2. A file's name is its identity, its content hash (SHA-256) its version; `id` is a number for
--    both that does not depend on what was loaded before.
-- 3. The extract date is the one in the name, else in extract.csv beside the file.
-- 4. describe() sums up the file after the one it describes in the background: reading one and
--    hashing the next take two processors where there are two.

local lfs = require "lfs"
local csv_header = require "reoffend.csv_header"
local extract_format = require "reoffend.extract_format"
local failure = require "reoffend.failure"
local shell = require "reoffend.shell"

local extract_file = {}

-- Which files -------------------------------------------------------------------------------------

local function base_name(path)
  return path:match("([^/]*)$")
end

local function folder_files(folder, found)
  local names = {}
  for name in lfs.dir(folder) do
    local path = folder .. "/" .. name
    if name:lower():match("%.csv$") and lfs.attributes(path, "mode") == "file" then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    found[#found + 1] = { path = folder .. "/" .. name, in_folder = true }
  end
end

-- The files of the command line, or nil and a problem.
function extract_file.find(inputs)
  local found = {}
  for _, input in ipairs(inputs) do
    local given = type(input) == "table" and input or { path = input }
    local mode = lfs.attributes(given.path, "mode")
    if not mode then
      return nil, failure.new("usage", "there is no such file or folder", given.path,
        "check the name")
    elseif mode == "directory" and not given.name then
      folder_files(given.path:gsub("(.)/+$", "%1"), found)
    elseif mode ~= "file" then
      return nil, failure.new("usage", "a file is read more than once and must be a plain one",
        given.path, "write it to a file of its own and load that")
    else
      found[#found + 1] = { path = given.path, name = given.name, insists = given.insists }
    end
  end
  for _, file in ipairs(found) do
    file.name = file.name or base_name(file.path)
    file.format = extract_format.recognise(file.name)
    if not file.format then file.state = "unknown" end
  end
  return found
end

-- What is told of one -----------------------------------------------------------------------------

-- Name and content as one number (FNV-1a).
local function file_number(name, content_hash)
  local hash = 0xcbf29ce484222325
  for byte in (name .. "\0" .. content_hash):gmatch(".") do
    hash = (hash ~ byte:byte()) * 0x100000001b3
  end
  return hash >> 16
end

local extract_dates = {}

-- The extract_date of the extract.csv beside a file, or ''.
local function date_beside(path)
  local folder = path:match("^(.*)/[^/]*$") or "."
  if not extract_dates[folder] then
    local file = io.open(folder .. "/extract.csv", "rb")
    local text = file and file:read(1 << 16) or ""
    if file then file:close() end
    extract_dates[folder] = text:match("extract_date,(%d%d%d%d%-%d%d%-%d%d)") or ""
  end
  return extract_dates[folder]
end

function extract_file.refuse(file, reason, message, column, line)
  file.state = "refused"
  file.reason, file.message = reason, message
  file.column, file.line = column or "", line or 1
end

local function start_hash(file)
  if file and file.format and not file.hashing then
    file.hashing = assert(io.popen("sha256sum 2>/dev/null < " .. shell.word(file.path), "r"))
  end
end

-- The hash of a file's content, or nil when it cannot be read.
local function finish_hash(file)
  local line = file.hashing:read("l")
  file.hashing:close()
  return line and line:match("^%x+")
end

-- Fills in what can be told of the file at `place`, one of a format, without reading its rows.
function extract_file.describe(files, place)
  local file = files[place]
  start_hash(file)
  start_hash(files[place + 1])
  file.part = extract_format.cohort_in_name(file.name)
    or file.format.name == "jtrack_caseload" and extract_format.date_in_name(file.name) or ""
  local day = extract_format.date_in_name(file.name)
  file.as_of = day and extract_format.is_day(day) and day or date_beside(file.path)
  local hash = finish_hash(file)
  file.hash = hash or ""
  file.id = file_number(file.name, file.hash)
  if not hash then
    return extract_file.refuse(file, "not_readable", "it cannot be read")
  end
  if day and not extract_format.is_day(day) then
    return extract_file.refuse(file, "not_a_date_in_name",
      "the date in its name is no day of the calendar")
  end
  local header, fault = csv_header.read(file.path, file.format)
  if header then
    file.state, file.header = "current", header
  else
    extract_file.refuse(file, fault.reason, fault.message, fault.column, fault.line)
  end
end

return extract_file
