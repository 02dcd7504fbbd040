-- words.lua - sentences about figures, each with its comparison and its uncertainty.
--
-- Requires: reoffend.format, reoffend.measures.
--
-- A difference is called higher or lower only where the extension's rate_compare finds it clear at
-- 95% (release.compare); otherwise there is "no clear change" or it is "not clearly different". A
-- figure that is hidden or missing is said to be so; nothing is guessed.

local format = require "reoffend.format"
local measures = require "reoffend.measures"

local words = {}

-- What the extension's rate_compare says of two rates whose difference may be chance.
local UNCLEAR = "no clear difference"

-- "27.1% (95% confidence interval 24.9% to 29.3%)"; the second time "27.1% (24.9% to 29.3%)".
function words.proportion(record, short)
  return string.format("%s (%s%s to %s)", format.percent(record.proportion),
    short and "" or "95% confidence interval ", format.percent(record.proportion_low),
    format.percent(record.proportion_high))
end

local function shown(record) return record and not record.hidden and record.offenders > 0 end

-- Why a record cannot be spoken of.
function words.absence(record, name)
  if record and record.hidden then
    return "The figures for " .. name .. " are not shown because they concern few people."
  end
  return "There are no figures for " .. name .. "."
end

-- The headline: how many of how many, and the proportion.
function words.headline(subject, window, record)
  if not shown(record) then return words.absence(record, subject.name .. " in this period") end
  return string.format("Of the %s offenders identified %s from %s, %s were proven to have"
    .. " re-offended within 12 months: %s.", format.number(record.offenders), subject.where,
    window.period, format.number(record.reoffenders), words.proportion(record))
end

-- The change on the year before.
function words.change(before, comparison)
  if not comparison then return words.absence(before, "the year before") end
  local earlier = "A year before the proportion was " .. words.proportion(before, true)
  if comparison.outcome == UNCLEAR then return earlier .. ": no clear change." end
  return string.format("%s: it is now %s %s.", earlier, format.points(comparison.difference),
    (comparison.outcome:gsub(" than$", "")))
end

-- The group beside another one: "West Midlands is 1.2 percentage points higher."
function words.against(subject, other_name, other, comparison)
  if not comparison then return words.absence(other, other_name) end
  local text = string.format("The proportion for %s was %s; ", other_name,
    words.proportion(other, true))
  if comparison.outcome == UNCLEAR then
    return text .. subject.called .. " is not clearly different."
  end
  return string.format("%s%s is %s %s.", text, subject.called,
    format.points(comparison.difference), (comparison.outcome:gsub(" than$", "")))
end

-- Actual beside predicted, where a prediction is in the results. Compared over those who have one,
-- and only when the results are final: until then the actual proportion can still rise.
function words.predicted(record)
  if not shown(record) or not record.predicted then return nil end
  local text = "Given who these offenders are, the model predicts "
    .. format.percent(record.predicted)
  if record.complete == 0 then return text .. " when results are final." end
  local difference = measures.cell(record, "excess")
  if not difference.value then return text .. "." end
  if difference.high < 0 then
    return string.format("%s; the actual proportion is lower, by %s.", text,
      format.points(difference.value))
  elseif difference.low > 0 then
    return string.format("%s; the actual proportion is higher, by %s.", text,
      format.points(difference.value))
  end
  return text .. "; the actual proportion is not clearly different."
end

-- How often: re-offences per re-offender, with what it was and what it is elsewhere.
function words.frequency(record, before, other_name, other)
  if not shown(record) or not record.frequency then return nil end
  local parts = {}
  if shown(before) and before.frequency then
    parts[#parts + 1] = format.number(before.frequency, 2) .. " a year before"
  end
  if shown(other) and other.frequency then
    parts[#parts + 1] = format.number(other.frequency, 2) .. " for " .. other_name
  end
  return string.format("Those who re-offended committed %s re-offences, %s each on average%s.",
    format.number(record.reoffences), format.number(record.frequency, 2),
    #parts > 0 and " (" .. format.list(parts) .. ")" or "")
end

-- How grave: the shares of the re-offences.
function words.severity(record, other_name, other)
  if not shown(record) or record.reoffences == 0 then return nil end
  local function share(name, kind)
    local own = measures.cell(record, name).value
    if not own then return nil end
    local elsewhere = shown(other) and measures.cell(other, name).value
    return format.percent(own) .. (elsewhere and " (" .. format.percent(elsewhere) .. " for "
      .. other_name .. ")" or "") .. " were " .. kind
  end
  local parts = {}
  parts[1] = share("violent_sexual_share", "violent or sexual")
  parts[#parts + 1] = share("serious_acquisitive_share", "serious acquisitive")
  return #parts > 0 and "Of the re-offences, " .. format.list(parts) .. "." or nil
end

-- Sentences for the sub-cohorts of the group; those that cannot be spoken of share the last one.
-- entries: label and record of each.
function words.subcohorts(entries)
  local sentences, absent = {}, {}
  for _, entry in ipairs(entries) do
    local record = entry.record
    if shown(record) then
      sentences[#sentences + 1] = string.format("%s: %s of %s re-offended, %s%s.", entry.label,
        format.number(record.reoffenders), format.number(record.offenders),
        words.proportion(record, true),
        record.offenders < 30 and ", an unreliable figure on few offenders" or "")
    else
      absent[#absent + 1] = entry.label
    end
  end
  if #absent > 0 then
    sentences[#sentences + 1] = words.absence({ hidden = true }, format.list(absent))
  end
  return sentences
end

-- What the window's status means for its figures.
function words.status(window, extract_date)
  local extract = extract_date and " (extract of " .. format.date(extract_date) .. ")" or ""
  if window.final then
    return "Final results: the follow-up and the waiting period had ended at the time of the"
      .. " extract" .. extract .. "."
  end
  if not window.followed then
    return "Early results: the follow-up had not ended at the time of the extract" .. extract
      .. ", so these figures will rise and compare with no other window."
  end
  return "Provisional results: the follow-up or the waiting period had not ended at the time of"
    .. " the extract" .. extract .. ", so figures can still rise."
end

return words
