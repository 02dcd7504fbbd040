-- csv_cases.lua - random CSV, reasonable and hostile, read by reoffend_csv and reoffend_extract and
-- by the reference of tests/lua/csv_reference.lua: every row, line, reason and text is the same.
--
--   lua5.4 tests/reference/csv_cases.lua [CASES] [SEED]     default 3000 and 1
--
-- A difference is printed with the text that shows it. Requires lfs, csv_reference.

package.path = "tests/lua/?.lua;" .. package.path
local csv_reference = require "csv_reference"

local CASES, SEED = tonumber(arg[1] or 3000), tonumber(arg[2] or 1)
local FIELDS, AT_ONCE = 3, 500

math.randomseed(SEED)

-- Pieces a text is put together from: what matters to the rules more often than what does not.
local PIECES = { ",", ",", ",", "\n", "\n", "\r\n", "\r", '"', '"', '""', '","', '"\n', ',"', "a",
  "bc", "1", " ", "\t", "é", "€", "\u{10348}", "\xff", "\xc3", "\xed\xa0\x80", "\0", "\7", "\127",
  ("x"):rep(17), ("y"):rep(70), "1,2,3\n", '"a","b","c"\n', '"p\nq",r,"s""t"\n' }

local function random_text()
  local parts = {}
  -- Half of the texts are mostly good rows, so that rows after a fault are looked at as well.
  local good = math.random(2) == 1
  for number = 1, math.random(0, 40) do
    parts[number] = good and math.random(4) > 1 and PIECES[math.random(#PIECES - 2, #PIECES)]
      or PIECES[math.random(#PIECES)]
  end
  return table.concat(parts)
end

-- A long text now and then: fields, records and lines at their limits, and more than one run.
local function long_text()
  local kinds = {
    function() return "1,2," .. ("z"):rep(math.random(3998, 4003)) .. "\n" end,
    function() return '1,"' .. ("z"):rep((1 << 20) - math.random(0, 8)) .. '",3\n4,5,6\n' end,
    function() return ("1,2,3\n"):rep(math.random(20000, 25000)) .. random_text() end,
    function() return ('1,"é\n",3\n'):rep(math.random(9000, 12000)) .. random_text() end,
    function() return "1,2," .. ("z"):rep((1 << 24) - 4 + math.random(-1, 1)) .. "\n1,2,3\n" end,
  }
  return kinds[math.random(#kinds)]() .. random_text()
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

local function hex(text)
  return (text:gsub(".", function(byte) return string.format("%02X", byte:byte()) end))
end

-- What the reference makes of a text, one line for each record, in the order of the file.
local function expected(text, first_line)
  local rows, refused = csv_reference.read(text, FIELDS, first_line)
  local told = {}
  for _, row in ipairs(rows) do
    local cells = {}
    for place = 1, FIELDS do cells[place] = hex(row[place]) end
    told[#told + 1] = { row.line, row.line .. "|" .. table.concat(cells, "|") }
  end
  for _, row in ipairs(refused) do
    told[#told + 1] = { row.line, table.concat({ row.line, "refused", row.reason, row.value_class,
      hex(row.text) }, "|") }
  end
  table.sort(told, function(a, b) return a[1] < b[1] end)
  for place, row in ipairs(told) do told[place] = row[2] end
  return told
end

local work = assert(io.popen("mktemp -d")):read("l")

-- The shell's commands for one file: staged, then told as expected() tells it. Cells stand as hex,
-- because the shell shows control characters in its own way.
local function commands(number, path, skip, line)
  return string.format([[
DELETE FROM stage; DROP TABLE IF EXISTS temp.gate;
CREATE VIRTUAL TABLE temp.gate USING reoffend_csv(path='%s', fields=%d, skip=%d, line=%d);
INSERT INTO stage SELECT rowid, 1, first_line, records, reason, value_class, content FROM temp.gate;
.print case %d
SELECT told FROM (
  SELECT line, line || '|' || hex(coalesce(a, '')) || '|' || hex(coalesce(b, '')) || '|'
    || hex(coalesce(c, '')) AS told FROM thing
  UNION ALL
  SELECT first_line,
    first_line || '|refused|' || reason || '|' || value_class || '|' || hex(content)
  FROM stage WHERE reason IS NOT NULL
) ORDER BY line;
]], path, FIELDS, skip, line, number)
end

local SETUP = [[
.load build/release/reoffend
CREATE TABLE load_file AS SELECT 1 AS file_id, 'a.csv' AS file, 'thing' AS format, '' AS part,
  '' AS as_of, 'current' AS state, 'a' || char(10) || 'b' || char(10) || 'c' AS columns;
CREATE TABLE stage (stage_id INTEGER PRIMARY KEY, file_id, first_line, records, reason, value_class,
  content);
CREATE VIRTUAL TABLE temp.thing USING reoffend_extract(format=thing, a text, b text, c text);
]]

-- Runs a batch of cases in one shell; returns how many differ.
local function run(batch, first)
  local script = { SETUP }
  for place, case in ipairs(batch) do
    local path = work .. "/" .. place .. ".csv"
    write(path, case.before .. case.text)
    script[#script + 1] = commands(first + place, path, #case.before, case.line)
  end
  write(work .. "/script", table.concat(script))
  local shell = assert(io.popen("sqlite3 -batch -bail -init /dev/null :memory: < " .. work
    .. "/script 2>&1", "r"))
  local got, current = {}, nil
  for line in shell:lines() do
    local number = line:match("^case (%d+)$")
    if number then
      current = {}
      got[math.tointeger(number)] = current
    else
      (current or error("the shell says: " .. line))[#current + 1] = line
    end
  end
  shell:close()
  local different = 0
  for place, case in ipairs(batch) do
    local wanted = table.concat(expected(case.text, case.line), "\n")
    local given = table.concat(got[first + place] or { "nothing" }, "\n")
    if wanted ~= given then
      different = different + 1
      print(string.format("FAILED seed %d, case %d: %q\nexpected:\n%s\ngot:\n%s", SEED,
        first + place, case.text:sub(1, 300), wanted:sub(1, 1000), given:sub(1, 1000)))
    end
  end
  return different
end

local different, done = 0, 0
while done < CASES do
  local batch = {}
  for place = 1, math.min(AT_ONCE, CASES - done) do
    local text = (done + place) % 250 == 0 and long_text() or random_text()
    batch[place] = { text = text, before = ("#"):rep(math.random(0, 3)), line = math.random(1, 9) }
  end
  different = different + run(batch, done)
  done = done + #batch
end
os.execute("rm -rf '" .. work .. "'")
print(string.format("%d passed, %d failed", done - different, different))
os.exit(different == 0)
