-- The traps of LuaSQL, each closed by reoffend.database.
local database = require "reoffend.database"

local PATH = "build/test/database_test.db"

local function fresh()
  os.execute("mkdir -p build/test")
  os.remove(PATH)
  local script = "CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'one'), (2, NULL);"
  assert(os.execute(string.format("sqlite3 %s %q", PATH, script)))
  return assert(database.open(PATH))
end

local tests = {}

function tests.the_extension_answers(check)
  local connection = fresh()
  check.equal(connection:value("SELECT calendar_add_months('2009-08-31', 6)"), "2010-02-28")
  connection:close()
end

function tests.values_are_quoted(check)
  local connection = fresh()
  for _, value in ipairs { "it's", "'; DROP TABLE t; --", ":a ? \" ` [", "caf\u{e9}\n", "", 7,
    math.mininteger, math.maxinteger, 0.1, 1e300, -2.5 } do
    check.equal(connection:value("SELECT :value", { value = value }), value)
  end
  check.equal(connection:value("SELECT :v IS NULL", { v = database.null }), 1)
  check.equal(connection:value("SELECT ':v' || :v", { v = "x" }), ":vx")
  check.raises(function() database.quote("a\0b") end, "NUL byte")
  check.raises(function() database.quote({}) end, "cannot be a table")
  connection:close()
end

function tests.a_value_left_out_is_an_error(check)
  local connection = fresh()
  check.raises(function() connection:rows("SELECT :a", {}) end, "no value for :a")
  check.raises(function() connection:rows("SELECT ?", { 1 }) end, "LuaSQL binds no")
  connection:close()
end

function tests.a_second_statement_is_refused(check)
  local connection = fresh()
  check.raises(function() connection:rows("SELECT 1; SELECT 2") end, "more than one statement")
  check.raises(function() connection:rows("SELECT 1; 'x'") end, "more than one statement")
  check.equal(connection:value("SELECT ';' AS a; -- the end\n"), ";")
  connection:close()
end

function tests.null_is_nil_and_a_wrong_name_is_an_error(check)
  local connection = fresh()
  local rows = connection:rows("SELECT a, b FROM t ORDER BY a")
  check.equal(#rows, 2)
  check.equal(rows.columns, { "a", "b" })
  check.equal(rows[2].b, nil)
  check.raises(function() return rows[2].bb end, "no column 'bb'")
  connection:close()
end

function tests.an_error_in_mid_result_is_not_the_end(check)
  local connection = fresh()
  local sql = "SELECT column1 FROM (VALUES (1), (2)) UNION ALL SELECT abs(-9223372036854775808)"
  check.raises(function() connection:rows(sql) end, "integer overflow")
  check.equal(connection:value("SELECT 5"), 5, "usable afterwards")
  connection:close() -- raises in LuaSQL when a cursor was left open
end

function tests.one_row_means_one_row(check)
  local connection = fresh()
  check.equal(connection:row("SELECT a FROM t WHERE a = 9"), nil)
  check.raises(function() connection:row("SELECT a FROM t") end, "one row was expected, 2 came")
  connection:close()
end

function tests.reading_cannot_write(check)
  local connection = fresh()
  check.raises(function() connection:run("DELETE FROM t") end, "readonly")
  connection:run("PRAGMA query_only = 0")
  check.raises(function() connection:run("DELETE FROM t") end, "readonly",
    "the file itself is open read-only")
  check.equal(connection:value("SELECT count(*) FROM t"), 2)
  connection:close()
end

function tests.what_is_read_is_of_one_moment(check)
  local connection = fresh()
  connection:freeze()
  check.equal(connection:value("SELECT count(*) FROM t"), 2)
  local other = assert(database.open(PATH, "write"))
  other:run("PRAGMA busy_timeout = 0")
  check.raises(function() other:run("INSERT INTO t VALUES (3, 'three')") end, "locked")
  check.equal(connection:value("SELECT count(*) FROM t"), 2)
  connection:close()
  other:run("INSERT INTO t VALUES (3, 'three')")
  other:close()
end

function tests.writing_writes(check)
  fresh():close()
  local connection = assert(database.open(PATH, "write"))
  connection:run("INSERT INTO t VALUES (:a, :b)", { a = 3, b = "three" })
  check.equal(connection:value("SELECT b FROM t WHERE a = 3"), "three")
  connection:close()
  check.raises(function() database.open(PATH, "both") end, "'read' or to 'write'")
end

function tests.what_does_not_open_says_why(check)
  local connection, message = database.open("build/test/nowhere.db")
  check.equal(connection, nil)
  check.contains(message, "there is no such database: build/test/nowhere.db")
  check.equal(io.open("build/test/nowhere.db"), nil, "nothing is created")
  connection, message = database.open("Makefile")
  check.equal(connection, nil)
  check.contains(message, "not a SQLite database: Makefile")
end

function tests.an_odd_path_opens(check)
  fresh():close()
  local odd = "build/test/odd %20?mode=rw#&'name.db"
  assert(os.rename(PATH, odd))
  local connection = assert(database.open(odd))
  check.equal(connection:value("SELECT count(*) FROM t"), 2)
  connection:close()
  os.remove(odd)
end

return tests
