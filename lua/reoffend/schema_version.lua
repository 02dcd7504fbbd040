-- schema_version.lua - whose database a file is, and of which version of the schema. Requires
-- nothing.
--
--   local message, mend = schema_version.file_problem(path)        -- nil: it may be a database
--   local message, mend = schema_version.problem(kind, create)     -- kind: what QUERY gives
--
-- 00_schema.sql marks a database by PRAGMA application_id and user_version, these two numbers. A
-- change of the schema that an older database cannot take raises the second.

local schema_version = { APPLICATION = 0x52454F46, VERSION = 3 }

-- One word: ours, version (ours, but made by another version), empty (no tables), foreign.
schema_version.QUERY = string.format([[
SELECT CASE
  WHEN a.application_id = %d THEN iif(v.user_version = %d, 'ours', 'version')
  WHEN NOT EXISTS (SELECT 1 FROM sqlite_master) THEN 'empty'
  WHEN (SELECT count(*) FROM sqlite_master
    WHERE type = 'table' AND name IN ('load_file', 'provenance', 'result')) = 3 THEN 'version'
  ELSE 'foreign' END
FROM pragma_application_id AS a, pragma_user_version AS v]],
  schema_version.APPLICATION, schema_version.VERSION)

local PROBLEMS = {
  version = { "the database was made by another version of reoffend",
    "make a new one with: reoffend init NEW.db and load again" },
  empty = { "the database has no tables yet", "make them with: reoffend init" },
  foreign = { "the database belongs to something else: it holds other tables",
    "give a database made by: reoffend init NEW.db" },
}

-- What keeps a database of that kind from being used, and the remedy; nil when nothing does.
-- With create, one without tables is welcome.
function schema_version.problem(kind, create)
  local problem = PROBLEMS[kind]
  if not problem or create and kind == "empty" then return nil end
  return problem[1], problem[2]
end

-- The same of a file that is no database at all. A file of no bytes is an empty database.
function schema_version.file_problem(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local start = file:read(16)
  file:close()
  if start and start ~= "SQLite format 3\0" then
    return "this file is not a SQLite database", "give a database made by: reoffend init NEW.db"
  end
end

return schema_version
