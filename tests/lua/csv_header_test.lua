-- The header of an extract: what it says, and which files are refused for it.

local csv_header = require "reoffend.csv_header"

local FORMAT = { name = "thing", columns = {
  { name = "id" }, { name = "word" }, { name = "note", optional = true } } }

local function read(text)
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  file:close()
  local header, fault = csv_header.read(path, FORMAT)
  os.remove(path)
  return header, fault
end

local tests = {}

function tests.columns_in_the_order_of_the_file(check)
  local header = read("id,word,note\n1,a,x\n")
  check.equal(header.names, { "id", "word", "note" })
  check.equal({ header.count, header.offset, header.first_line }, { 3, 13, 2 })
  check.equal({ header.extra, header.absent }, { {}, {} })
end

function tests.another_order_capitals_blanks_absent_and_extra(check)
  local header = read("Extra,WORD, ID \n9,a,1\n")
  check.equal(header.names, { "Extra", "word", "id" })
  check.equal(header.extra, { "Extra" })
  check.equal(header.absent, { "note" })
end

function tests.byte_order_mark_crlf_and_quotes(check)
  local header = read("\239\187\191\"id\",\"word\",\"a \"\"b\"\"\nc\"\r\n1,a,x\r\n")
  check.equal(header.names, { "id", "word", 'a "b" c' })
  check.equal({ header.offset, header.first_line }, { 28, 3 })
end

function tests.a_header_alone(check)
  check.equal(read("id,word").offset, 7)
end

function tests.header_faults(check)
  local cases = {
    [""] = "empty_file", ["\n \n"] = "empty_file", ["id,note\n1,x\n"] = "missing_column",
    ["id,word,ID\n"] = "duplicate_column", ["id,word\0,note\n"] = "not_text",
    ["id,w\xf6rd\n"] = "not_utf8", ["id,word,note\r1,a,x\r"] = "bare_carriage_return",
    ['id,"word,note\n1,a,x\n'] = "stray_quote", ["PK\3\4\0\0"] = "not_text",
    ["\xff\xfei\0d\0"] = "not_text",
  }
  for text, reason in pairs(cases) do
    local _, fault = read(text)
    check.equal(fault and fault.reason, reason, string.format("%q", text))
    check.equal(fault.line, 1)
  end
  local _, fault = read("id,note\n1,x\n")
  check.equal(fault.column, "word")
end

function tests.a_message_never_shows_what_the_file_says(check)
  local _, fault = read('word"; DROP TABLE person,id\n')
  check.equal(fault.reason, "stray_quote")
  check.truthy(not fault.message:find("DROP"))
  _, fault = read("x; DROP TABLE person,id\n1,2\n")
  check.equal(fault.message, "the header lacks word")
end

function tests.five_thousand_columns(check)
  local names = { "id", "word" }
  for number = 3, 5000 do names[number] = "column" .. number end
  local header = read(table.concat(names, ",") .. "\n")
  check.equal({ header.count, #header.extra }, { 5000, 4998 })
end

function tests.a_missing_file(check)
  local header, fault = csv_header.read("/nonexistent/thing.csv", FORMAT)
  check.equal(header, nil)
  check.equal(fault.reason, "not_readable")
end

return tests
