-- Numbers, dates, labels and sentences as a reader sees them.
local format = require "reoffend.format"
local labels = require "reoffend.labels"
local measures = require "reoffend.measures"
local words = require "reoffend.words"

local tests = {}

function tests.numbers(check)
  check.equal(format.number(0), "0")
  check.equal(format.number(999), "999")
  check.equal(format.number(1000), "1,000")
  check.equal(format.number(1234567.891, 2), "1,234,567.89")
  check.equal(format.number(-1234, 1), "\u{2212}1,234.0")
  check.equal(format.number(-0.0001, 1), "0.0")
  check.equal(format.percent(0.26349), "26.3%")
  check.equal(format.points(-0.0123), "1.2 percentage points")
  check.equal(format.points(0.01), "1.0 percentage point")
end

function tests.dates_and_periods(check)
  check.equal(format.date("2011-08-09"), "9 August 2011")
  check.equal(format.date("unknown"), "unknown")
  check.equal(format.period("2009-01-01", "2009-12-31"), "January to December 2009")
  check.equal(format.period("2009-04-01", "2010-03-31"), "April 2009 to March 2010")
  check.equal(format.short_period("2009-04-01", "2010-03-31"), "Apr 2009 to Mar 2010")
  check.equal(format.period("2009-01-15", "2010-01-14"), "15 January 2009 to 14 January 2010")
  check.equal(format.period("2011-03-01", "2012-02-29"), "March 2011 to February 2012")
  check.equal(format.list({ "a", "b", "c" }), "a, b and c")
end

function tests.labels_have_an_order(check)
  local records = { { breakdown = nil }, { breakdown = "11+" }, { breakdown = "0" },
    { breakdown = "odd_one" } }
  labels.sort("previous_offences_band", records)
  local shown = {}
  for place, record in ipairs(records) do
    shown[place] = (labels.value("previous_offences_band", record.breakdown))
  end
  check.equal(shown, { "None", "11 or more", "odd one", "Not known" })
end

function tests.every_status_of_a_figure(check)
  local function marks(record, name) return measures.cell(record, name).marks end
  local record = { complete = 1, offenders = 40, reoffenders = 0, reoffences = 0, proportion = 0.0 }
  check.equal(marks(record, "proportion"), {})
  check.equal(marks(record, "frequency"), { "z" })
  check.equal(marks(record, "predicted"), { "x" })
  record.offenders, record.complete = 29, 0
  check.equal(marks(record, "proportion"), { "u", "p" })
  check.equal(marks(record, "offenders"), { "p" })
  record.hidden = "primary"
  check.equal(marks(record, "offenders"), { "c", "p" })
  check.equal(measures.cell(record, "offenders").value, nil)
  check.equal(marks(nil, "offenders"), { "x" })
  check.raises(function() measures.cell(record, "nonsense") end, "no measure is called nonsense")
end

local function group(offenders, reoffenders, low, high)
  return { offenders = offenders, reoffenders = reoffenders, reoffences = 3 * reoffenders,
    proportion = reoffenders / offenders, proportion_low = low, proportion_high = high,
    frequency = 3.0 }
end

function tests.a_change_is_claimed_only_when_clear(check)
  local before = group(100, 30, 0.219, 0.396)
  check.equal(words.change(before, { difference = 0.02, outcome = "no clear difference" }),
    "A year before the proportion was 30.0% (21.9% to 39.6%): no clear change.")
  check.equal(words.change(before, { difference = -0.15, outcome = "lower than" }),
    "A year before the proportion was 30.0% (21.9% to 39.6%): it is now 15.0 percentage points"
    .. " lower.")
  before.hidden = "primary"
  check.contains(words.change(before, nil), "not shown because they concern few people")
end

function tests.a_prediction_is_set_beside_the_actual(check)
  local record = group(100, 30, 0.219, 0.396)
  check.equal(words.predicted(record), nil)
  record.complete, record.predicted = 1, 0.41
  check.equal(words.predicted(record), "Given who these offenders are, the model predicts 41.0%.")
  record.excess, record.excess_low, record.excess_high = -0.11, -0.18, -0.04
  check.contains(words.predicted(record),
    "the model predicts 41.0%; the actual proportion is lower, by 11.0 percentage points.")
  record.excess_high = 0.0
  check.contains(words.predicted(record), "not clearly different")
  record.excess_low, record.excess_high = 0.01, 0.3
  check.contains(words.predicted(record), "the actual proportion is higher, by")
  record.hidden_kinds = { excess = true }
  check.equal(words.predicted(record), "Given who these offenders are, the model predicts 41.0%.")
  record.complete = 0
  check.contains(words.predicted(record), "the model predicts 41.0% when results are final.")
end

return tests
