-- load.lua - takes extract files into a database: staged, cleaned, counted, all or nothing.
-- Requires extract_file, extract_format, failure, made_from, rejects, shell.
--
--   local report, problem = load.run(database, { "extracts/2011-12", "cohort_north.csv" }, say)
--                     (inputs as in extract_file.lua)
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

local extract_file = require "reoffend.extract_file"
local extract_format = require "reoffend.extract_format"
local failure = require "reoffend.failure"
local made_from = require "reoffend.made_from"
local rejects = require "reoffend.rejects"
local shell = require "reoffend.shell"

local load = {}

-- Rejected rows of one file that a load shows.
load.SHOWN = 5

load.CLEAN_STEPS = { "10_lookup.sql", "20_staged.sql", "29_before.sql", "30_provenance.sql",
  "31_merge.sql", "32_person.sql", "33_offence.sql", "34_appearance.sql", "36_caseload.sql",
  "38_revision.sql", "39_count.sql" }

-- Steps a load leaves out when there is nothing yet that it could revise.
local OF_REVISIONS = { ["29_before.sql"] = true, ["38_revision.sql"] = true }
local SOMETHING = [[
SELECT EXISTS (SELECT 1 FROM appearance) OR EXISTS (SELECT 1 FROM offence)
  OR EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM pnc_merge)
  OR EXISTS (SELECT 1 FROM arrest) OR EXISTS (SELECT 1 FROM charge)
  OR EXISTS (SELECT 1 FROM caseload) OR EXISTS (SELECT 1 FROM assessment)
  OR EXISTS (SELECT 1 FROM local_cohort);]]

-- Staging -----------------------------------------------------------------------------------------

local literal = shell.literal

local function names_or_null(names)
  return #names > 0 and literal(table.concat(names, ", ")) or "NULL"
end

local function insert_file(file)
  local header = file.header or { names = {}, extra = {}, absent = {} }
  local extra = header.extra
  if #extra > 20 then extra = { #extra .. " columns" } end
  return "INSERT INTO load_file (file_id, file, format, part, as_of, content_hash, state, read,"
    .. " accepted, rejected, columns, extra_columns, absent_columns) VALUES ("
    .. table.concat({ file.id, literal(file.name), literal(file.format.name), literal(file.part),
      literal(file.as_of), literal(file.hash), literal(file.state), "0, 0, 0",
      literal(table.concat(header.names, "\n")), names_or_null(extra),
      names_or_null(header.absent) }, ", ") .. ");"
end

-- Takes the staged rows of the version before away; its rejects go with the next cleaning.
local function forget_version_before(file)
  local name = literal(file.name)
  return "DELETE FROM stage WHERE file_id IN (SELECT file_id FROM load_file"
    .. " WHERE file = " .. name .. " AND state = 'current');\n"
    .. "UPDATE load_file SET state = 'superseded', read = NULL, accepted = NULL, rejected = NULL"
    .. " WHERE file = " .. name .. " AND state = 'current';"
end

local function stage(session, file)
  return session:run(table.concat({
    forget_version_before(file),
    insert_file(file),
    "CREATE VIRTUAL TABLE temp.gate USING reoffend_csv(path="
      .. literal(shell.absolute(file.path)) .. ", fields=" .. file.header.count .. ", skip="
      .. file.header.offset .. ", line=" .. file.header.first_line .. ");",
    "INSERT INTO stage (file_id, first_line, records, reason, value_class, content)"
      .. " SELECT " .. file.id .. ", first_line, records, reason, value_class, content"
      .. " FROM temp.gate;",
    "DROP TABLE temp.gate;",
  }, "\n"))
end

local function record_refusal(file)
  return insert_file(file) .. "\nINSERT INTO reject (file, line, format, column_name, value_class,"
    .. " reason_code, row_text, step) VALUES (" .. table.concat({ literal(file.name), file.line,
      literal(file.format.name), literal(file.column), "'file'", literal(file.reason), "''",
      "'refused'" }, ", ") .. ");"
end

-- What the database knows of a file: 'loaded' or 'refused' (this very version), 'later' (a later
-- version is there), or 'new'. To one that insists a version that was superseded is none.
local function standing(session, file)
  if file.insists then
    return session:value("DELETE FROM load_file WHERE file_id = " .. file.id
      .. " AND state = 'superseded';\nSELECT coalesce((SELECT iif(state = 'refused', 'refused',"
      .. " 'loaded') FROM load_file WHERE file_id = " .. file.id .. "), 'new');")
  end
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
local function take_file(session, file)
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
    lines, message = stage(session, file)
  end
  return lines and true, message
end

-- The run -----------------------------------------------------------------------------------------

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
  local revises, message = session:value(SOMETHING)
  if not revises then return nil, message end
  local lines
  lines, message = session:run(BEFORE_CLEANING)
  for _, step in ipairs(load.CLEAN_STEPS) do
    if not lines then break end
    if revises == "1" or not OF_REVISIONS[step] then
      lines, message = session:run(".read " .. step)
    end
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
  if not lines then return nil, message end
  for place, file in ipairs(files) do
    if file.format then
      say("loading " .. file.name)
      extract_file.describe(files, place)
      local took
      took, message = take_file(session, file)
      if took == nil then return nil, message end
      changed = changed or took
    end
  end
  if not changed then
    return "unchanged"
  end
  say("cleaning")
  lines, message = load.clean(session)
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
  local files, problem = extract_file.find(inputs)
  if not files then return nil, problem end
  local session, message, mend = shell.open(path, { say = say })
  if not session then
    return nil, failure.new("database", message, path,
      mend or "create it with: reoffend init " .. path)
  end
  local outcome
  outcome, message = take_all(session, files, say)
  session:settle()
  session:close()
  if not outcome then return nil, database_problem(path, message) end
  local report = { files = {}, unknown = {}, refused = 0, changed = outcome == "changed" }
  for _, file in ipairs(files) do
    if file.state == "unknown" and not file.in_folder then
      extract_file.refuse(file, "unknown_format", extract_format.why_unknown(file.name))
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
