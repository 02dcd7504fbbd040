-- rejects.lua - the rejected rows in words: file, line, column and reason, never a value.
-- Requires shell (for its quoting).
--
--   session:run(rejects.lines { file = "area.csv", limit = 5 })
--   pnc_appearance.csv, line 2, appearance_date: no day of the calendar written YYYY-MM-DD
--
-- Both options may be left out. Rows that want no mending (duplicates, records superseded) come
-- after the others of the file; a file refused as a whole is one line.

local shell = require "reoffend.shell"

local rejects = {}

-- The meaning of a reason as the end of a sentence; of the tables r (reject), s (reject_reason).
local REASON = "coalesce(replace(lower(substr(s.meaning, 1, 1)) || substr(s.meaning, 2),"
  .. " 'the value is ', ''), r.reason_code)"

-- A row of `reject` as one line.
rejects.LINE = "replace(r.file, char(10), '?') || ', line ' || r.line"
  .. " || iif(r.column_name = '', '', ', ' || r.column_name) || ': ' || " .. REASON

-- The query of the lines.
function rejects.lines(options)
  return "SELECT " .. rejects.LINE
    .. " FROM reject AS r LEFT JOIN reject_reason AS s ON s.reason_code = r.reason_code"
    .. (options.file and " WHERE r.file = " .. shell.literal(options.file) or "")
    .. " ORDER BY r.file, s.remedy = 'Nothing', r.line, r.rowid"
    .. (options.limit and " LIMIT " .. math.tointeger(options.limit) or "") .. ";"
end

-- The queries of how many there are, and of how many versions of the file are known.
function rejects.counts(options)
  local of_file = options.file and " WHERE file = " .. shell.literal(options.file) or ""
  return "SELECT count(*) FROM reject" .. of_file .. ";SELECT count(*) FROM load_file" .. of_file
    .. ";"
end

return rejects
