-- Hidden cells: the small ones, and those that would give them away (R35).
local disclosure = require "reoffend.disclosure"

local tests = {}

local function record(offenders, reoffenders)
  return { offenders = offenders, reoffenders = reoffenders }
end

local function hidden(records)
  local list = {}
  for place, each in ipairs(records) do list[place] = each.hidden or "shown" end
  return list
end

function tests.small_groups_are_hidden(check)
  local records = { record(4, 2), record(20, 4), record(20, 16), record(20, 0), record(20, 20),
    record(20, 5), record(20, 15), record(0, 0) }
  disclosure.protect(records, {}, 5)
  check.equal(hidden(records), { "primary", "primary", "primary", "primary", "primary", "shown",
    "shown", "shown" })
end

function tests.the_only_hidden_one_of_a_line_gets_company(check)
  local line = { record(4, 2), record(60, 20), record(40, 12), record(104, 34) }
  disclosure.protect(line, { line }, 5)
  check.equal(hidden(line), { "primary", "shown", "secondary", "shown" })
end

function tests.two_hidden_ones_that_are_enough_together_need_none(check)
  local line = { record(12, 4), record(13, 3), record(40, 12), record(65, 19) }
  disclosure.protect(line, { line }, 5)
  check.equal(hidden(line), { "primary", "primary", "shown", "shown" })
end

-- What hidden rows hold together is what the total and the shown rows leave.
function tests.hidden_ones_together_are_no_few(check)
  for _, case in ipairs {
    { { 1, 1 }, { 3, 1 }, { 20, 12 }, { 110, 89 } }, -- four offenders
    { { 4, 1 }, { 8, 3 }, { 20, 12 }, { 110, 89 } }, -- four re-offenders
    { { 2, 2 }, { 3, 3 }, { 20, 12 }, { 110, 89 } }, -- nobody who did not re-offend
  } do
    local line, total = {}, record(0, 0)
    for place, numbers in ipairs(case) do
      line[place] = record(numbers[1], numbers[2])
      total.offenders = total.offenders + numbers[1]
      total.reoffenders = total.reoffenders + numbers[2]
    end
    line[#line + 1] = total
    disclosure.protect(line, { line }, 5)
    check.equal(hidden(line), { "primary", "primary", "secondary", "shown", "shown" })
  end
end

function tests.events_are_hidden_by_the_people_behind_them(check)
  local function with(serious)
    return { offenders = 100, reoffenders = 40, violent_sexual_reoffenders = 30,
      serious_acquisitive_reoffenders = 20, serious_reoffenders = serious }
  end
  local line = { with(2), with(9), with(8), with(7), with(26) }
  disclosure.protect_kinds(line, { line }, 5)
  local found = {}
  for place, each in ipairs(line) do
    found[place] = each.hidden_kinds and each.hidden_kinds.serious_share or false
    check.truthy(not (each.hidden_kinds and each.hidden_kinds.violent_sexual_share), "violent")
    check.equal(each.hidden, nil)
  end
  check.equal(found, { true, false, false, true, false })
end

-- A table of 3 by 3 with margins: whatever is hidden, no line keeps exactly one secret.
function tests.lines_that_cross(check)
  local cells = {
    { record(4, 2), record(30, 9), record(25, 8) },
    { record(50, 20), record(35, 9), record(45, 15) },
    { record(60, 20), record(61, 22), record(62, 21) },
  }
  local all, lines = {}, {}
  local function total(list)
    local sum = record(0, 0)
    for _, cell in ipairs(list) do
      sum.offenders = sum.offenders + cell.offenders
      sum.reoffenders = sum.reoffenders + cell.reoffenders
    end
    list[#list + 1] = sum
    lines[#lines + 1] = list
  end
  for place = 1, 3 do
    total { cells[place][1], cells[place][2], cells[place][3] }
    total { cells[1][place], cells[2][place], cells[3][place] }
    for _, cell in ipairs(cells[place]) do all[#all + 1] = cell end
  end
  disclosure.protect(all, lines, 5)
  for _, line in ipairs(lines) do
    local secrets = 0
    for _, cell in ipairs(line) do secrets = secrets + (cell.hidden and 1 or 0) end
    check.truthy(secrets ~= 1, "a line with one hidden cell")
  end
  check.equal(cells[1][1].hidden, "primary")
end

return tests
