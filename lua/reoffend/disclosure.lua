-- disclosure.lua - the one step between the result table and anything published (R35).
--
-- Requires: nothing.
--
--   disclosure.protect(records, lines, threshold)
--
-- records: rows of the result table with offenders and reoffenders. lines: lists of records of
-- which one is the sum of the others (the cells of a row and its total), so that a single hidden
-- one could be worked out. Sets record.hidden to "primary" or "secondary".
--
-- 1. Primary: a record with offenders, re-offenders or non-re-offenders below the threshold, but
--    some offender; of a record with `people_only` set just the offenders are looked at. A rate of
--    0% or 100% says something about everyone in the group, so 0 is below the threshold.
-- 2. Secondary: while a line has exactly one hidden record, its smallest shown one is hidden too
--    (ties: the earlier in the line), until no line has exactly one. A line whose other records are
--    all empty has nothing more to hide.
-- 3. The same records give the same answer whichever publication asks.

local disclosure = {}

-- The threshold where the database sets none.
disclosure.THRESHOLD = 5

local function is_small(record, threshold)
  if record.offenders == 0 then return false end
  if record.offenders < threshold then return true end
  return not record.people_only
    and (record.reoffenders < threshold or record.offenders - record.reoffenders < threshold)
end

-- The record of a line to hide beside its only hidden one, or nil.
local function partner(line)
  local hidden, smallest = 0, nil
  for _, record in ipairs(line) do
    if record.hidden then
      hidden = hidden + 1
    elseif record.offenders > 0 and (not smallest or record.offenders < smallest.offenders) then
      smallest = record
    end
  end
  return hidden == 1 and smallest or nil
end

function disclosure.protect(records, lines, threshold)
  for _, record in ipairs(records) do
    if is_small(record, threshold) then record.hidden = "primary" end
  end
  local changed
  repeat
    changed = false
    for _, line in ipairs(lines) do
      local record = partner(line)
      if record then
        record.hidden, changed = "secondary", true
      end
    end
  until not changed
  return records
end

return disclosure
