-- failure.lua - a message that says what is wrong, where, and how to mend it. Requires nothing.
--
--   return nil, failure.new("usage", "the file has no header", "offences.csv, line 1", "add one")
--   failure.print(problem)            -- three lines on the standard error
--   os.exit(failure.stop(problem))    -- prints it, returns its exit status
--
-- Kinds and exit statuses: check 1, usage 2, database 3, disclosure 4.

local failure = {}

local STATUS = { check = 1, usage = 2, database = 3, disclosure = 4 }

function failure.new(kind, what, where, mend)
  return { kind = kind, what = what, where = where, mend = mend }
end

function failure.status(problem)
  return STATUS[problem.kind]
end

function failure.print(problem)
  io.stderr:write("reoffend: ", problem.what, "\n  where: ", problem.where, "\n  mend:  ",
    problem.mend, "\n")
end

function failure.stop(problem)
  failure.print(problem)
  return failure.status(problem)
end

return failure
