-- disclosure.lua - the one step between the result table and anything published (R35).
--
-- Requires: nothing.
--
--   disclosure.protect(records, lines, threshold)
--
-- records: rows of the result table with offenders and reoffenders. lines: lists of records of
-- which the last is the sum of the others (the rows of a table and its total), so that hidden ones
-- could be worked out. Give all lines of what is published together at once. Sets record.hidden to
-- "primary" or "secondary".
--
-- 1. Primary: a record with offenders, re-offenders or non-re-offenders below the threshold, but
--    some offender; of a record with `people_only` set just the offenders are looked at. A rate of
--    0% or 100% says something about everyone in the group, so 0 is below the threshold.
-- 2. Secondary: total less shown rows gives what the hidden rows hold together. While that is one
--    row, or fewer offenders, re-offenders or non-re-offenders than the threshold, the smallest
--    shown row is hidden too (ties: the earlier in the line), in the end the total. Beside a hidden
--    total at least one row is hidden.
-- 3. The same records give the same answer whichever publication asks.
--
--   disclosure.protect_kinds(records, lines, threshold)
--
-- 4. After that, the counts of further events by kind (disclosure.KINDS): one behind which there
--    are fewer people than the threshold is hidden, with others of its line as in 2. Sets
--    record.hidden_kinds[measure], for the count and for its share.

local disclosure = {}

-- The threshold where the database sets none.
disclosure.THRESHOLD = 5

local function is_small(record, threshold)
  if record.offenders == 0 then return false end
  if record.offenders < threshold then return true end
  return not record.people_only
    and (record.reoffenders < threshold or record.offenders - record.reoffenders < threshold)
end

-- Counts of events that are hidden by the number of people behind them.
disclosure.KINDS = {
  { people = "violent_sexual_reoffenders", "violent_sexual_reoffences", "violent_sexual_share" },
  { people = "serious_acquisitive_reoffenders", "serious_acquisitive_reoffences",
    "serious_acquisitive_share" },
  { people = "serious_reoffenders", "serious_reoffences", "serious_share" },
}

-- The record of a line to hide next, or nil when what is hidden in it is safe. is_hidden(record);
-- figures(record): a list of numbers, the first that by which records are small.
local function partner(line, threshold, is_hidden, figures)
  local total, count, sums, smallest, least = line[#line], 0, {}, nil, nil
  for place = 1, #line - 1 do
    local record = line[place]
    local numbers = figures(record)
    if is_hidden(record) then
      count = count + 1
      for column, number in ipairs(numbers) do sums[column] = (sums[column] or 0) + number end
    elseif record.offenders > 0 and (not smallest or numbers[1] < least) then
      smallest, least = record, numbers[1]
    end
  end
  if is_hidden(total) then return count == 0 and smallest or nil end
  if count == 0 or count > 1 and math.min(table.unpack(sums)) >= threshold then return nil end
  return smallest or total
end

local function hide_partners(lines, threshold, is_hidden, figures, hide)
  local changed
  repeat
    changed = false
    for _, line in ipairs(lines) do
      local record = partner(line, threshold, is_hidden, figures)
      while record do
        hide(record)
        changed = true
        record = partner(line, threshold, is_hidden, figures)
      end
    end
  until not changed
end

function disclosure.protect(records, lines, threshold)
  for _, record in ipairs(records) do
    if is_small(record, threshold) then record.hidden = "primary" end
  end
  hide_partners(lines, threshold, function(record) return record.hidden end, function(record)
    if record.people_only then return { record.offenders } end
    return { record.offenders, record.reoffenders, record.offenders - record.reoffenders }
  end, function(record) record.hidden = "secondary" end)
  return records
end

local function hide_kind(record, kind)
  record.hidden_kinds = record.hidden_kinds or {}
  for _, measure in ipairs(kind) do record.hidden_kinds[measure] = true end
end

function disclosure.protect_kinds(records, lines, threshold)
  for _, kind in ipairs(disclosure.KINDS) do
    local function people(record) return record[kind.people] or 0 end
    for _, record in ipairs(records) do
      if record.offenders > 0 and people(record) < threshold then hide_kind(record, kind) end
    end
    hide_partners(lines, threshold, function(record)
      return record.hidden or record.hidden_kinds and record.hidden_kinds[kind[1]]
    end, function(record) return { people(record) } end,
    function(record) hide_kind(record, kind) end)
  end
  return records
end

return disclosure
