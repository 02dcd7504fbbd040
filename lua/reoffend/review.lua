-- review.lua - possible matches, their evidence side by side, and what people decide of them (R28).
-- Requires dkjson, shell, small_csv, tidy_csv.
--
--   local rows, message = review.list(session, { open = true, limit = 20 })
--   print(review.text(rows[1]))                   -- names and birth dates: internal
--   io.write(review.csv(rows))
--   local wanted, fault = review.read("decisions.csv")
--   local outcome, problem = review.decide(session, { { id = "3f0a91…", word = "same" } })
--   outcome.changed, outcome.unchanged            -- how many
--
-- 1. A possible match has an id that stays the same through loads and builds. The beginning of one
--    is enough where no other begins so.
-- 2. Words: `same` is the person whose record it is, `different` is somebody else, `undo` takes a
--    decision back. Decided again the same way nothing changes.
-- 3. All decisions given together are taken, or none. Nobody is two people.
-- 4. A problem has what and where (an id or a line, never a name) and how to mend it.

local json = require "dkjson"
local shell = require "reoffend.shell"
local small_csv = require "reoffend.small_csv"
local tidy_csv = require "reoffend.tidy_csv"

local review = {}

review.FORMAT = { name = "decisions", columns = {
  { name = "review_id", meaning = "id of a possible match" },
  { name = "decision", meaning = "same, different, undo, or empty: as it is" },
} }

-- The column of each word in match_review.decision.
local DECISION = { same = "accept", different = "reject" }
local WORD = { accept = "same", reject = "different" }

local COLUMNS = { "review_id", "decision", "score", "place", "listed_rows", "first_listed",
  "last_listed", "area_codes", "listed_pnc_id", "pnc_id", "listed_surname", "surname",
  "surname_similarity", "listed_forename", "forename", "forename_similarity", "listed_birth_date",
  "birth_date", "birth_date_agreement" }

local AGREEMENT = { equal = "the same", day_month_swapped = "day and month exchanged",
  one_digit = "one digit differs", year = "the same year", different = "different" }

-- Listing -----------------------------------------------------------------------------------------

local function condition(wanted)
  if wanted.open then return " WHERE decision IS NULL" end
  return wanted.decided and " WHERE decision IS NOT NULL" or ""
end

-- Possible matches, the best first, all candidates of one listed person together. Returns rows by
-- column name, or nil and an error.
function review.list(session, wanted)
  local lines, message = session:run("SELECT json_array(" .. table.concat(COLUMNS, ", ")
    .. ") FROM (SELECT *, max(score) OVER (PARTITION BY listed_surname, listed_forename,"
    .. " listed_birth_date, listed_pnc_id) AS best FROM match_review" .. condition(wanted)
    .. ") ORDER BY best DESC, listed_surname, listed_forename, listed_birth_date, listed_pnc_id,"
    .. " score DESC, offender_id"
    .. (wanted.limit and " LIMIT " .. math.tointeger(wanted.limit) or "") .. ";")
  if not lines then return nil, message end
  local rows = {}
  for place, line in ipairs(lines) do
    local values, row = json.decode(line), {}
    for index, name in ipairs(COLUMNS) do row[name] = values[index] end
    row.decision = WORD[row.decision]
    rows[place] = row
  end
  return rows
end

-- How many are open and how many decided, or nil and an error.
function review.counts(session)
  local lines, message = session:run("SELECT count(*) FROM match_review WHERE decision IS NULL;"
    .. "SELECT count(*) FROM match_review WHERE decision IS NOT NULL;")
  if not lines then return nil, message end
  return { open = math.tointeger(lines[1]), decided = math.tointeger(lines[2]) }
end

-- A name may hold anything; on a terminal only what is text is shown.
local function clean(text)
  return (tostring(text):gsub("[%c\127]", "?"))
end

local function padded(text, width)
  return text .. (" "):rep(math.max(0, width - utf8.len(text)))
end

-- One possible match as a block of lines: who is listed beside whose record it may be.
function review.text(row)
  local pairs_of = {
    { "", "listed", "on record", "" },
    { "PNC id", row.listed_pnc_id == "" and "none" or row.listed_pnc_id, row.pnc_id, "" },
    { "surname", row.listed_surname, row.surname,
      string.format("%.0f %% alike", 100 * row.surname_similarity) },
    { "forename", row.listed_forename, row.forename,
      string.format("%.0f %% alike", 100 * row.forename_similarity) },
    { "birth date", row.listed_birth_date, row.birth_date, AGREEMENT[row.birth_date_agreement] },
  }
  local lines = { string.format("%s  %s%.1f bits, candidate %d; listed %s%s",
    row.review_id, row.decision and "decided: " .. row.decision .. "; " or "", row.score, row.place,
    row.listed_rows == 1 and "on " .. row.first_listed or string.format("%d times from %s to %s",
      row.listed_rows, row.first_listed, row.last_listed),
    row.area_codes and ", " .. clean(row.area_codes) or "") }
  for _, cells in ipairs(pairs_of) do
    lines[#lines + 1] = ("  " .. padded(cells[1], 12) .. padded(clean(cells[2]), 26)
      .. padded(clean(cells[3]), 26) .. cells[4]):gsub(" +$", "")
  end
  return table.concat(lines, "\n")
end

-- All of them as CSV, safe to open in a spreadsheet; review.read takes it with decisions filled in.
function review.csv(rows)
  local lines = { table.concat(COLUMNS, ",") }
  for place, row in ipairs(rows) do
    local cells = {}
    for index, name in ipairs(COLUMNS) do
      local value = row[name]
      cells[index] = type(value) == "number" and string.format("%.14g", value)
        or tidy_csv.text_cell(value or "")
    end
    lines[place + 1] = table.concat(cells, ",")
  end
  return table.concat(lines, "\n") .. "\n"
end

-- Decisions ---------------------------------------------------------------------------------------

-- The decisions of a file, or nil and a fault (small_csv.lua). Rows without one are passed over.
function review.read(path)
  local rows, fault = small_csv.read(path, review.FORMAT)
  if not rows then return nil, fault end
  local wanted = {}
  for _, row in ipairs(rows) do
    local word = row.decision:lower():match("^%s*(.-)%s*$")
    if word ~= "" then
      if not DECISION[word] and word ~= "undo" then
        return nil, { line = row.line, column = "decision",
          message = "a decision is same, different or undo" }
      end
      wanted[#wanted + 1] = { id = row.review_id, word = word, line = row.line }
    end
  end
  return wanted
end

local function place_of(entry)
  return entry.line and "line " .. entry.line or clean(entry.id):sub(1, 20)
end

local function problem(entry, what, mend)
  return nil, { what = what, where = place_of(entry), mend = mend }
end

-- Finds the whole id of each; nil and a problem where it is none, or means several. An error of the
-- database is a text.
local function find_ids(session, wanted)
  for _, entry in ipairs(wanted) do
    local id = entry.id:lower():match("^%s*(%x+)%s*$")
    local lines, message = {}, nil
    if id and #id >= 4 then
      lines, message = session:run("SELECT review_id FROM match_review WHERE review_id GLOB "
        .. shell.literal(id .. "*") .. ";")
    end
    if not lines then return nil, message end
    if #lines == 0 then
      return problem(entry, "there is no possible match with this id",
        "list them with: reoffend review DATABASE")
    elseif #lines > 1 then
      return problem(entry, "more than one possible match has an id that begins so",
        "give more of the id")
    end
    entry.whole = lines[1]
  end
  return true
end

local function check_twice(wanted)
  local words = {}
  for _, entry in ipairs(wanted) do
    local before = words[entry.whole]
    if before and before ~= entry.word then
      return problem(entry, "it is decided twice, in two ways", "leave one of the decisions")
    end
    words[entry.whole] = entry.word
  end
  return true
end

-- What is taken back or refused goes first, so that one who was somebody can become another.
local ORDER = { "undo", "different", "same" }

-- The listed person of an accepted match: nobody is two people.
local TAKEN = [[
SELECT a.review_id FROM match_review AS a JOIN match_review AS r
  ON (a.listed_surname, a.listed_forename, a.listed_birth_date, a.listed_pnc_id)
   = (r.listed_surname, r.listed_forename, r.listed_birth_date, r.listed_pnc_id)
WHERE r.review_id = %s AND a.decision = 'accept' AND a.review_id <> r.review_id;]]

local function take(session, entry)
  local id = shell.literal(entry.whole)
  local decision = DECISION[entry.word] and shell.literal(DECISION[entry.word]) or "NULL"
  if entry.word == "same" then
    local taken, message = session:value(string.format(TAKEN, id))
    if not taken then return nil, message end
    if taken ~= "" then
      return problem(entry, "the listed person is decided to be the same as another record",
        "first take that back: reoffend review DATABASE --undo " .. taken)
    end
  end
  local lines, message = session:run("UPDATE match_review SET decision = " .. decision
    .. " WHERE review_id = " .. id .. " AND decision IS NOT " .. decision
    .. ";\nSELECT changes();")
  if not lines then return nil, message end
  return math.tointeger(lines[1])
end

-- Takes decisions, all or none. Returns how many changed something, or nil and a problem (a table)
-- or an error of the database (a text).
function review.decide(session, wanted)
  local good, wrong = session:run("BEGIN IMMEDIATE;")
  if good then good, wrong = find_ids(session, wanted) end
  if good then good, wrong = check_twice(wanted) end
  local outcome = { changed = 0, unchanged = 0 }
  for _, word in ipairs(ORDER) do
    for _, entry in ipairs(good and wanted or {}) do
      local changed
      if good and entry.word == word then
        changed, wrong = take(session, entry)
        good = changed ~= nil
        if changed then
          local counted = changed > 0 and "changed" or "unchanged"
          outcome[counted] = outcome[counted] + 1
        end
      end
    end
  end
  if good then good, wrong = session:run("COMMIT;") end
  if good then return outcome end
  return nil, wrong
end

return review
