-- labels.lua - the words shown for the codes of the result table, and the order they stand in.
--
-- Requires: nothing. A value not listed here is shown as it is (underscores as spaces), after the
-- listed ones; NULL is the group of the unknown, last.

local labels = {}

local function ordered(...)
  local list = {}
  for place, entry in ipairs { ... } do
    local code, label = entry[1], entry[2] or entry[1]
    list[code] = { label = label, place = place }
  end
  return list
end

-- Each breakdown: `title` heads its section and table, `column` its first column, `by` stands in
-- "proportion who re-offend by …" where the title does not. `additive` says
-- that its rows, the unknown included, add up to the total (an offender stands in one row only).
labels.breakdowns = {
  age_group = {
    title = "Age group", column = "Age group", additive = true,
    values = ordered({ "adult", "Adult (18 and over)" }, { "juvenile", "Juvenile (10 to 17)" }),
  },
  age_band = {
    title = "Age", column = "Age in years", additive = true,
    values = ordered({ "10-14", "10 to 14" }, { "15-17", "15 to 17" }, { "18-20", "18 to 20" },
      { "21-24", "21 to 24" }, { "25-29", "25 to 29" }, { "30-34", "30 to 34" },
      { "35-39", "35 to 39" }, { "40-44", "40 to 44" }, { "45-49", "45 to 49" },
      { "50+", "50 and over" }),
  },
  sex = {
    title = "Sex", column = "Sex", additive = true,
    values = ordered({ "M", "Male" }, { "F", "Female" }),
  },
  ethnicity = { title = "Ethnicity", column = "Ethnicity", additive = true, values = {} },
  index_kind = {
    title = "How the offender entered the cohort", by = "index event", column = "Index event",
    additive = true,
    values = ordered({ "caution", "Caution, reprimand or final warning" },
      { "conviction", "Conviction without immediate custody" },
      { "release", "Release from custody" }, { "drug_test", "Positive Class A drug test" }),
  },
  index_disposal = {
    title = "Index disposal", column = "Disposal", additive = true,
    values = ordered({ "custody", "Custody" }, { "suspended_sentence", "Suspended sentence" },
      { "community_sentence", "Community sentence" }, { "fine", "Fine" },
      { "conditional_discharge", "Conditional discharge" },
      { "absolute_discharge", "Absolute discharge" }, { "caution", "Caution" },
      { "reprimand_or_warning", "Reprimand or warning" },
      { "drug_test", "Positive drug test" }, { "other", "Other" }),
  },
  index_offence_group = {
    title = "Index offence group", column = "Offence group", additive = true,
    unknown = "Not known, or a drug test",
    values = { Other = { label = "Other", place = 2000 } }, -- the rest by name, this after them
  },
  sentence_band = {
    title = "Sentence length of those released from custody", by = "sentence length",
    column = "Sentence length",
    additive = true, released_only = true, -- the unknown are those not released: never shown
    values = ordered({ "under 12 months", "Under 12 months" },
      { "12 months to under 2 years" }, { "2 to under 4 years" }, { "4 to 10 years" },
      { "over 10 years", "Over 10 years" }, { "life or indeterminate", "Life or indeterminate" }),
  },
  previous_offences_band = {
    title = "Previous offences", column = "Previous offences", additive = true,
    values = ordered({ "0", "None" }, { "1-2", "1 to 2" }, { "3-6", "3 to 6" },
      { "7-10", "7 to 10" }, { "11+", "11 or more" }),
  },
  subcohort = {
    title = "Sub-cohorts", by = "sub-cohort", column = "Sub-cohort",
    values = ordered({ "ppo", "Prolific and other Priority Offenders" },
      { "class_a", "Class A drug misusers" }),
  },
}

-- The label of a breakdown's value and its place in the natural order.
function labels.value(breakdown, value)
  local about = labels.breakdowns[breakdown]
  if value == nil then return about.unknown or "Not known", 9999 end
  local known = about.values[value]
  if known then return known.label, known.place end
  return (tostring(value):gsub("_", " ")), 1000
end

-- Sorts records by the natural order of a breakdown, then by text.
function labels.sort(breakdown, records)
  table.sort(records, function(one, other)
    local label, place = labels.value(breakdown, one.breakdown)
    local other_label, other_place = labels.value(breakdown, other.breakdown)
    if place ~= other_place then return place < other_place end
    return label < other_label
  end)
  return records
end

-- The short marks, each with its meaning; shown above the tables that use them.
labels.marks = {
  { "c", "confidential: hidden because it concerns few people, or would give such a number away" },
  { "p", "provisional: offences may still be proven after the extract" },
  { "u", "unreliable: the rate rests on fewer than 30 offenders" },
  { "x", "not available" },
  { "z", "not applicable: there is nothing to divide by" },
}

return labels
