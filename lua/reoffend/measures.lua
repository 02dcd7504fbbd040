-- measures.lua - the measures a publication shows, and the status of each figure (R16, R23, R35).
--
-- Requires: nothing. A record is one row of the result table with its rates and intervals, as
-- release.lua reads it from SQL. Nothing is calculated here: a measure names the column its value
-- stands in.

local measures = {}

-- `kind`: count, proportion (0 to 1, shown in per cent), difference or average. `base` is what the
-- value is divided by.
local LIST = {
  { name = "offenders", label = "Offenders", kind = "count", unit = "offenders" },
  { name = "reoffenders", label = "Re-offenders", kind = "count", unit = "offenders" },
  { name = "reoffences", label = "Re-offences", kind = "count", unit = "offences" },
  { name = "proportion", label = "Proportion who re-offend", kind = "proportion",
    unit = "proportion", low = "proportion_low", high = "proportion_high",
    numerator = "reoffenders", base = "offenders" },
  { name = "predicted", label = "Predicted proportion", kind = "proportion",
    unit = "proportion", optional = true },
  { name = "excess", label = "Actual less predicted", kind = "difference", unit = "proportion",
    low = "excess_low", high = "excess_high", optional = true },
  { name = "adjusted", label = "Adjusted proportion", kind = "proportion", unit = "proportion",
    low = "adjusted_low", high = "adjusted_high", optional = true },
  { name = "proportion_change", label = "Change on a year before", kind = "difference",
    unit = "proportion", base = "offenders", optional = true },
  { name = "proportion_difference", label = "Difference from England and Wales",
    kind = "difference", unit = "proportion", base = "offenders", optional = true },
  { name = "frequency", label = "Re-offences per re-offender", kind = "average",
    unit = "offences per re-offender", numerator = "reoffences", base = "reoffenders" },
  { name = "per_offender", label = "Re-offences per offender", kind = "average",
    unit = "offences per offender", numerator = "reoffences", base = "offenders" },
  { name = "reappearances", label = "Further appearances", kind = "count",
    unit = "appearances" },
  { name = "reappearing_offenders", label = "Offenders with a further appearance",
    kind = "count", unit = "offenders" },
  { name = "violent_sexual_reoffences", label = "Violent or sexual re-offences",
    kind = "count", unit = "offences" },
  { name = "violent_sexual_share", label = "Share of re-offences that are violent or sexual",
    kind = "proportion", unit = "proportion", numerator = "violent_sexual_reoffences",
    base = "reoffences" },
  { name = "serious_acquisitive_reoffences", label = "Serious acquisitive re-offences",
    kind = "count", unit = "offences" },
  { name = "serious_acquisitive_share",
    label = "Share of re-offences that are serious acquisitive", kind = "proportion",
    unit = "proportion", numerator = "serious_acquisitive_reoffences", base = "reoffences" },
  { name = "serious_reoffences", label = "Serious violent or sexual re-offences",
    kind = "count", unit = "offences" },
  { name = "serious_share", label = "Share of re-offences that are serious violent or sexual",
    kind = "proportion", unit = "proportion", numerator = "serious_reoffences",
    base = "reoffences" },
  { name = "unclassified_reoffences", label = "Re-offences with an unknown group or flag",
    kind = "count", unit = "offences" },
  { name = "previous_offences_per_offender", label = "Previous offences per offender",
    kind = "average", unit = "offences per offender", numerator = "previous_offences",
    base = "offenders" },
}

-- Of the months to the first re-offence: the running total, and its share of the cohort.
local MONTHS = {
  { name = "reoffended_by", label = "Re-offenders by the end of the month", kind = "count",
    unit = "offenders" },
  { name = "reoffended_by_share", label = "Share of offenders who have re-offended",
    kind = "proportion", unit = "proportion", low = "share_low", high = "share_high",
    numerator = "reoffended_by", base = "cohort" },
}

measures.list, measures.months = LIST, MONTHS
measures.by_name = {}
for _, list in ipairs { LIST, MONTHS } do
  for _, measure in ipairs(list) do measures.by_name[measure.name] = measure end
end

-- A rate on fewer offenders than this is unreliable (R35).
measures.RELIABLE = 30

-- The figure a record gives for a measure: value, low, high, numerator, base (each nil when there
-- is none to show) and `marks`, a list of the letters of labels.marks. A missing record is a group
-- with nobody in it.
function measures.cell(record, name)
  local measure = measures.by_name[name] or error("no measure is called " .. tostring(name), 2)
  local cell = { measure = measure, marks = {} }
  local function mark(letter) cell.marks[#cell.marks + 1] = letter end
  if not record then
    mark "x"
    return cell
  end
  if record.hidden or record.hidden_kinds and record.hidden_kinds[name] then
    mark "c"
  else
    cell.value = record[measure.name]
    cell.low = measure.low and record[measure.low] or nil
    cell.high = measure.high and record[measure.high] or nil
    cell.numerator = measure.numerator and record[measure.numerator] or nil
    cell.base = measure.base and record[measure.base] or nil
    if cell.value == nil then mark(cell.base == 0 and "z" or "x") end
    if cell.value ~= nil and measure.kind ~= "count"
      and (record.cohort or record.offenders) < measures.RELIABLE then mark "u" end
  end
  if record.complete == 0 then mark "p" end
  return cell
end

-- True when any of the records has a value for the measure: optional ones are left out otherwise.
function measures.any(records, name)
  for _, record in ipairs(records) do
    if measures.cell(record, name).value ~= nil then return true end
  end
  return false
end

return measures
