-- The gate before staging: what passes, what is refused, and on which line; nothing is lost.

local csv_input = require "reoffend.csv_input"

local FORMAT = { name = "thing", columns = {
  { name = "id" }, { name = "word" }, { name = "note", optional = true } } }

-- Reads a text as a file: the rows written, the rejects as "line:reason", the counts or the fault.
local function read(text)
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  file:close()
  local header, fault = csv_input.header(path, FORMAT)
  local written, rejects, counts, texts = {}, {}, nil, {}
  if header then
    counts = csv_input.copy(path, header, {
      prefix = "7,",
      write = function(piece) written[#written + 1] = piece end,
      reject = function(line, _, _, reason, row_text)
        rejects[#rejects + 1] = line .. ":" .. reason
        texts[#texts + 1] = row_text
      end,
    })
  end
  os.remove(path)
  return { rows = table.concat(written), rejects = rejects, counts = counts, fault = fault,
    texts = texts }
end

local tests = {}

function tests.regular_rows_pass_with_their_line(check)
  local got = read("id,word,note\n1,a,x\n2,b,y\n")
  check.equal(got.rows, "7,2,,1,a,x\n7,3,,2,b,y\n")
  check.equal(got.counts, { read = 2, rejected = 0 })
end

function tests.byte_order_mark_and_crlf(check)
  local got = read("\239\187\191id,word,note\r\n1,a,x\r\n2,\"b\",y\r\n")
  check.equal(got.rows, "7,2,,1,a,x\n7,3,,2,b,y\n")
end

function tests.last_line_without_an_end(check)
  check.equal(read("id,word,note\n1,a,x").rows, "7,2,,1,a,x\n")
  check.equal(read("id,word,note\n1,a,\"x\"").rows, "7,2,,1,a,x\n")
end

function tests.columns_in_another_order_absent_and_extra(check)
  local got = read("Extra,word, ID \n9,a,1\n\"q\"\"\\,\",b,2\n")
  check.equal(got.rows, '7,2,"{""Extra"":""9""}",1,a,\n'
    .. '7,3,"{""Extra"":""q\\u0022\\u005c,""}",2,b,\n')
end

function tests.quoted_comma_quote_and_line_end(check)
  local got = read('id,word,note\n1,"a,""b""\nc",x\n2,d,y\n')
  check.equal(got.rows, '7,2,,1,"a,""b""\nc",x\n7,4,,2,d,y\n')
  check.equal(got.counts, { read = 2, rejected = 0 })
end

function tests.empty_lines_are_no_rows(check)
  local got = read("id,word,note\n\n1,a,x\n\r\n2,b,y\n\n")
  check.equal(got.rows, "7,3,,1,a,x\n7,5,,2,b,y\n")
  check.equal(got.counts.read, 2)
end

function tests.ragged_rows(check)
  local got = read("id,word,note\n1,a\n1,a,x,z\n3,c,w\n")
  check.equal(got.rejects, { "2:too_few_fields", "3:too_many_fields" })
  check.equal(got.rows, "7,4,,3,c,w\n")
  check.equal(got.counts, { read = 3, rejected = 2 })
end

function tests.stray_quotes_cost_one_line(check)
  local got = read('id,word,note\n1,a"b,x\n2,"open,x\n3,c,w\n4,"d"e,w\n5,f,w\n')
  check.equal(got.rejects, { "2:stray_quote", "3:stray_quote", "5:stray_quote" })
  check.equal(got.rows, "7,4,,3,c,w\n7,6,,5,f,w\n")
  check.equal(got.counts, { read = 5, rejected = 3 })
end

function tests.an_open_quote_far_from_the_end_costs_one_line(check)
  local lines = { "id,word,note", '1,"open,x' }
  for number = 2, 200000 do lines[number + 1] = number .. ",plain,y" end
  local got = read(table.concat(lines, "\n") .. "\n")
  check.equal(got.rejects, { "2:stray_quote" })
  check.equal(got.counts, { read = 200000, rejected = 1 })
end

function tests.bytes_that_are_no_text(check)
  local got = read("id,word,note\n1,a\0b,x\n2,a\7,x\n3,caf\xe9,x\n4,café,x\n5,a\rb,x\n")
  check.equal(got.rejects, { "2:nul_byte", "3:control_character", "4:not_utf8",
    "6:control_character" })
  check.equal(got.rows, "7,5,,4,café,x\n")
  for _, text in ipairs(got.texts) do
    check.truthy(utf8.len(text) and not text:find("[\0-\8\14-\31]"), "row text")
  end
end

function tests.long_fields_and_lines(check)
  local got = read("id,word,note\n1," .. ("a"):rep(4000) .. ",x\n2," .. ("b"):rep(4001) .. ",x\n3,"
    .. ("c"):rep(10 << 20) .. ",x\n4," .. ("d"):rep(17 << 20) .. ",x\n5,e,x\n")
  check.equal(got.rejects, { "3:field_too_long", "4:field_too_long", "5:line_too_long" })
  check.equal(got.counts, { read = 5, rejected = 3 })
  check.contains(got.rows, "7,6,,5,e,x")
end

function tests.rows_across_the_pieces_a_file_is_read_in(check)
  local lines = { "id,word,note" }
  for number = 1, 60000 do
    lines[number + 1] = number .. (number % 3 == 0 and ',"wörd, quoted",x' or ",wörd,x")
  end
  local got = read(table.concat(lines, "\n") .. "\n")
  check.equal(got.counts, { read = 60000, rejected = 0 })
  check.contains(got.rows, '7,60001,,60000,"wörd, quoted",x\n')
  local _, count = got.rows:gsub("\n", "")
  check.equal(count, 60000)
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
    local got = read(text)
    check.equal(got.fault and got.fault.reason, reason, string.format("%q", text))
    check.equal(got.fault.line, 1)
  end
  check.equal(read("id,note\n1,x\n").fault.column, "word")
end

function tests.a_message_never_shows_what_the_file_says(check)
  local got = read('word"; DROP TABLE person,id\n')
  check.equal(got.fault.reason, "stray_quote")
  check.truthy(not got.fault.message:find("DROP"))
  got = read("x; DROP TABLE person,id\n1,2\n")
  check.equal(got.fault.message, "the header lacks word")
end

function tests.five_thousand_columns(check)
  local names, cells = { "id", "word" }, { "1", "a" }
  for number = 3, 5000 do
    names[number], cells[number] = "column" .. number, tostring(number)
  end
  local got = read(table.concat(names, ",") .. "\n" .. table.concat(cells, ",") .. "\n")
  check.equal(got.counts, { read = 1, rejected = 0 })
  check.contains(got.rows, '""column5000"":""5000""')
end

function tests.a_missing_file(check)
  local header, fault = csv_input.header("/nonexistent/thing.csv", FORMAT)
  check.equal(header, nil)
  check.equal(fault.reason, "not_readable")
end

return tests
