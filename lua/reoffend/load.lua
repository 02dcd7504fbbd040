-- load.lua - takes extract files into a database: staged, cleaned, counted, all or nothing.
-- Requires lfs, csv_input, extract_format, failure, made_from, rejects, shell.
--
--   local report, problem = load.run(database, { "extracts/2011-12", "cohort_north.csv" }, say)
--   report.files      one row per file: file, format, state, read, accepted, rejected, message
--                     and, of at most SHOWN rejected rows, lines (where and why) of a current file
--   report.unknown    files of a folder that are of no format: name, message
--   report.refused    how many files could not be read at all
--   report.changed    false: everything was loaded before
--
-- 1. A folder stands for the .csv files in it. A name no format has is left out in a folder and
--    refused when it was named itself.
-- 2. A file's name is its identity. The same name with the same content again: no change. With
--    other content it is a later version and takes the place of the old one, unless its extract
--    date is earlier. The extract date is the one in the name, else in extract.csv beside the file.
--    A file that cannot be read takes no other's place.
-- 3. One transaction: a load that fails or is killed leaves the database as it was.
-- 4. Every load cleans all that is staged, so the order of loading makes no difference.

local lfs = require "lfs"
local csv_input = require "reoffend.csv_input"
local extract_format = require "reoffend.extract_format"
local failure = require "reoffend.failure"
local made_from = require "reoffend.made_from"
local rejects = require "reoffend.rejects"
local shell = require "reoffend.shell"

local load = {}

-- Rejected rows of one file that a load shows.
load.SHOWN = 5

load.CLEAN_STEPS = { "10_lookup.sql", "29_before.sql", "30_provenance.sql", "31_merge.sql",
  "32_person.sql", "33_appearance.sql", "34_offence.sql", "35_index_offence.sql",
  "36_caseload.sql", "38_revision.sql", "39_count.sql" }

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
local function find_files(inputs)
  local found = {}
  for _, input in ipairs(inputs) do
    local mode = lfs.attributes(input, "mode")
    if mode == "directory" then
      folder_files(input:gsub("(.)/+$", "%1"), found)
    elseif mode then
      found[#found + 1] = { path = input }
    else
      return nil, failure.new("usage", "there is no such file or folder", input, "check the name")
    end
  end
  return found
end

-- A number for this version of a file that does not depend on what was loaded before (FNV-1a).
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

local function refuse(file, reason, message, column, line)
  file.state = "refused"
  file.reason, file.message = reason, message
  file.column, file.line = column or "", line or 1
end

-- Fills in what can be told of a file without reading all of it.
local function describe(file)
  file.name = base_name(file.path)
  file.format = extract_format.recognise(file.name)
  if not file.format then
    file.state = "unknown"
    return
  end
  file.part = extract_format.cohort_in_name(file.name)
    or file.format.name == "jtrack_caseload" and extract_format.date_in_name(file.name) or ""
  local day = extract_format.date_in_name(file.name)
  file.as_of = day and extract_format.is_day(day) and day or date_beside(file.path)
  file.size = lfs.attributes(file.path, "size")
  local sum = shell.capture("sha256sum < " .. shell.word(file.path))
  file.hash = sum and sum:match("^%x+")
  if not file.hash then
    file.hash = ""
    refuse(file, "not_readable", "it cannot be read")
    file.id = file_number(file.name, file.hash)
    return
  end
  file.id = file_number(file.name, file.hash)
  if day and not extract_format.is_day(day) then
    refuse(file, "not_a_date_in_name", "the date in its name is no day of the calendar")
    return
  end
  local header, fault = csv_input.header(file.path, file.format)
  if header then
    file.state, file.header = "current", header
  else
    refuse(file, fault.reason, fault.message, fault.column, fault.line)
  end
end

-- Staging -----------------------------------------------------------------------------------------

local literal = shell.literal

local function own_process()
  local status = io.open("/proc/self/stat")
  local id = status and status:read("a"):match("^%d+")
  if status then status:close() end
  return id
end

-- A Lua value as source text; %q keeps every byte of a path.
local function source(value)
  if type(value) ~= "table" then return string.format("%q", value) end
  local parts = {}
  for key, item in pairs(value) do
    parts[#parts + 1] = "[" .. source(key) .. "]=" .. source(item)
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

local function write_job(work, number, file)
  local job = assert(io.open(work .. "/" .. number .. ".job", "wb"))
  assert(job:write("return " .. source({ path = shell.absolute(file.path), header = file.header,
    file_id = file.id, file = file.name, format = file.format.name, total = file.size,
    parent = own_process() }), "\n"))
  assert(job:close())
end

local function names_or_null(names)
  return #names > 0 and literal(table.concat(names, ", ")) or "NULL"
end

local function insert_file(file)
  local extra, absent = {}, {}
  for _, column in ipairs(file.header and file.header.extra or {}) do
    extra[#extra + 1] = column[2]
  end
  if #extra > 20 then extra = { #extra .. " columns" } end
  for _, column in ipairs(file.header and file.header.absent or {}) do
    absent[#absent + 1] = column
  end
  return "INSERT INTO load_file (file_id, file, format, part, as_of, content_hash, state, read,"
    .. " accepted, rejected, extra_columns, absent_columns) VALUES ("
    .. table.concat({ file.id, literal(file.name), literal(file.format.name), literal(file.part),
      literal(file.as_of), literal(file.hash), literal(file.state), "0, 0, 0",
      names_or_null(extra), names_or_null(absent) }, ", ") .. ");"
end

-- Takes the staged rows and rejects of the version before away.
local function forget_version_before(file)
  local name = literal(file.name)
  return "DELETE FROM " .. file.format.stage .. " WHERE file_id IN (SELECT file_id FROM load_file"
    .. " WHERE file = " .. name .. " AND state = 'current');\n"
    .. "DELETE FROM reject WHERE file = " .. name .. " AND step <> 'refused';\n"
    .. "UPDATE load_file SET state = 'superseded', read = NULL, accepted = NULL, rejected = NULL"
    .. " WHERE file = " .. name .. " AND state = 'current';"
end

local function stage(session, number, file)
  write_job(session.work, number, file)
  local command = '"|exec \\"$REOFFEND_LUA\\" \\"$REOFFEND_MODULES/stage_pipe.lua\\"'
    .. ' \\"$REOFFEND_WORK\\" ' .. number .. '"'
  local work = shell.dot_argument(session.work .. "/" .. number):sub(1, -2)
  return session:run(table.concat({
    forget_version_before(file),
    insert_file(file),
    ".import --csv " .. command .. " " .. file.format.stage,
    "DELETE FROM file_count;",
    ".import --csv " .. work .. '.count.csv" file_count',
    "UPDATE load_file SET read = c.read FROM file_count AS c WHERE c.file_id = load_file.file_id;",
    ".import --csv " .. work .. '.reject.csv" gate_reject',
  }, "\n"))
end

local function record_refusal(file)
  return insert_file(file) .. "\nINSERT INTO reject (file, line, format, column_name, value_class,"
    .. " reason_code, row_text, step) VALUES (" .. table.concat({ literal(file.name), file.line,
      literal(file.format.name), literal(file.column), "'file'", literal(file.reason), "''",
      "'refused'" }, ", ") .. ");"
end

-- What the database knows of a file: 'loaded' or 'refused' (this very version), 'later' (a later
-- version is there), or 'new'.
local function standing(session, file)
  return session:value("SELECT coalesce("
    .. "(SELECT iif(state = 'refused', 'refused', 'loaded') FROM load_file WHERE file_id = "
    .. file.id .. "), (SELECT 'later' FROM load_file WHERE file = " .. literal(file.name)
    .. " AND state = 'current' AND as_of > " .. literal(file.as_of) .. "), 'new');")
end

local function record_earlier(file)
  return insert_file(file) .. "\nUPDATE load_file SET read = NULL, accepted = NULL,"
    .. " rejected = NULL WHERE file_id = " .. file.id .. ";"
end

-- Returns whether the database changed, or nil and an error.
local function take_file(session, number, file)
  local known, message = standing(session, file)
  if not known then return nil, message end
  local lines
  if known == "loaded" then
    file.state, file.message = "unchanged", "loaded before, no change"
    return false
  elseif known == "refused" then
    return false
  elseif file.state == "refused" then
    lines, message = session:run(record_refusal(file))
  elseif known == "later" then
    file.state, file.message = "superseded", "a later version is loaded; left out"
    lines, message = session:run(record_earlier(file))
  else
    lines, message = stage(session, number, file)
  end
  return lines and true, message
end

-- The run -----------------------------------------------------------------------------------------

local BEGIN = [[
CREATE TEMP TABLE file_count (file_id INTEGER, read INTEGER, rejected INTEGER);
CREATE TEMP TABLE gate_reject (
  file, line, format, column_name, value_class, reason_code, row_text);]]

local AFTER_STAGING = [[
INSERT INTO reject (file, line, format, column_name, value_class, reason_code, row_text)
SELECT file, CAST(line AS INTEGER), format, column_name, value_class, reason_code, row_text
FROM gate_reject;]]

local BEFORE_CLEANING = [[
.read 28_result_before.sql
DROP TABLE IF EXISTS history;
DELETE FROM result;
DELETE FROM model;
DELETE FROM model_term;
DELETE FROM model_pooled;
DELETE FROM model_quality;
DELETE FROM model_decile;
DELETE FROM membership;
DELETE FROM match_rate;
DELETE FROM made_from;]]

-- Cleans everything staged. The results made from what was there before go.
function load.clean(session)
  local lines, message = session:run(BEFORE_CLEANING)
  for _, step in ipairs(load.CLEAN_STEPS) do
    if not lines then break end
    lines, message = session:run(".read " .. step)
  end
  if not lines then return nil, message end
  return made_from.mark(session, "clean")
end

local COUNTS = "SELECT file_id, read, accepted, rejected FROM load_file WHERE state = 'current';"

local UNBALANCED = "SELECT count(*) FROM load_file WHERE state = 'current'"
  .. " AND read IS NOT accepted + rejected;"

local function read_counts(session, files)
  local lines, message = session:run(COUNTS)
  if not lines then return nil, message end
  local by_id = {}
  for _, file in ipairs(files) do
    if file.id then by_id[file.id] = file end
  end
  for _, line in ipairs(lines) do
    local id, read, accepted, rejected = line:match("^(%d+)|(%d+)|(%-?%d+)|(%d+)$")
    local file = by_id[math.tointeger(id)]
    if file then
      file.read, file.accepted = math.tointeger(read), math.tointeger(accepted)
      file.rejected = math.tointeger(rejected)
    end
  end
  for _, file in ipairs(files) do
    if file.state == "current" and not file.read then
      file.state, file.message = "superseded", "a later version of this load took its place"
    end
  end
  return true
end

-- The first rejected rows of every file loaded now, in words.
local function read_rejects(session, files)
  for _, file in ipairs(files) do
    if file.state == "current" and file.rejected > 0 then
      local message
      file.lines, message = session:run(rejects.lines { file = file.name, limit = load.SHOWN })
      if not file.lines then return nil, message end
    end
  end
  return true
end

local function database_problem(path, message)
  return failure.new("database", "the load was undone: " .. message, path,
    "the database is as it was; mend the cause and load again")
end

local function take_all(session, files, say)
  local changed = false
  local lines, message = session:begin()
  if lines then lines, message = session:run(BEGIN) end
  if not lines then return nil, message end
  for number, file in ipairs(files) do
    if file.format then
      say("loading " .. file.name)
      local took
      took, message = take_file(session, number, file)
      if took == nil then return nil, message end
      changed = changed or took
    end
  end
  if not changed then
    return "unchanged"
  end
  say("cleaning")
  lines, message = session:run(AFTER_STAGING)
  if lines then lines, message = load.clean(session) end
  if not lines then return nil, message end
  local unbalanced
  unbalanced, message = session:value(UNBALANCED)
  if unbalanced ~= "0" then
    return nil, message or unbalanced .. " files where accepted + rejected is not read"
  end
  lines, message = read_counts(session, files)
  if lines then lines, message = read_rejects(session, files) end
  if not lines then return nil, message end
  lines, message = session:run("COMMIT;")
  return lines and "changed", message
end

-- Loads files and folders. Returns a report, or nil and a problem (failure.lua).
function load.run(path, inputs, say)
  local files, problem = find_files(inputs)
  if not files then return nil, problem end
  local session, message, mend = shell.open(path)
  if not session then
    return nil, failure.new("database", message, path,
      mend or "create it with: reoffend init " .. path)
  end
  for _, file in ipairs(files) do describe(file) end
  local outcome
  outcome, message = take_all(session, files, say)
  session:settle()
  session:close()
  if not outcome then return nil, database_problem(path, message) end
  local report = { files = {}, unknown = {}, refused = 0, changed = outcome == "changed" }
  for _, file in ipairs(files) do
    if file.state == "unknown" and not file.in_folder then
      refuse(file, "unknown_format", extract_format.why_unknown(file.name))
    end
    if file.state == "unknown" then
      file.message = extract_format.why_unknown(file.name)
      report.unknown[#report.unknown + 1] = file
    else
      report.files[#report.files + 1] = file
    end
    if file.state == "refused" then report.refused = report.refused + 1 end
  end
  return report
end

return load
