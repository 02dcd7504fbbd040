-- release.lua - what a publication reads from the database: windows, areas, figures, provenance.
--
-- Requires: reoffend.database, reoffend.format, reoffend.labels.
--
--   local release, message = release.open(connection)
--   release:records(by, breakdown, window_start)   -- the rows of one table
--   release:trend(by)                              -- the totals of every window
--   release:months(by, value, window_start)        -- months to the first re-offence
--   release:compare(one, other)                    -- difference of two proportions
--
-- `by` is "area_code", "subcohort" or nil (England and Wales); `breakdown` a column of the results
-- or nil (totals). Figures come from the tables `published` and `published_months` alone, which
-- hold what the disclosure step lets through (sql/65_disclosure.sql, R35): a hidden figure cannot
-- reach a page because it is not there. Every rate and interval is calculated by SQL and the
-- extension.

local database = require "reoffend.database"
local format = require "reoffend.format"
local labels = require "reoffend.labels"

local release = {}
release.__index = release

-- One row of a table as every reader of it sees it. %s: the breakdown column, the other one.
local RECORD = [[
SELECT window_start, complete, area_code, subcohort, %s AS breakdown, status,
       offenders, reoffenders, reoffences, proportion,
       rate_wilson_low(reoffenders, offenders) AS proportion_low,
       rate_wilson_high(reoffenders, offenders) AS proportion_high,
       predicted, predicted_status, excess, excess_low, excess_high, adjusted, adjusted_low,
       adjusted_high, excess_status, frequency, per_offender, reappearances,
       violent_sexual_reoffences,
       1.0 * violent_sexual_reoffences / nullif(reoffences, 0) AS violent_sexual_share,
       serious_acquisitive_reoffences,
       1.0 * serious_acquisitive_reoffences / nullif(reoffences, 0) AS serious_acquisitive_share,
       serious_reoffences,
       1.0 * serious_reoffences / nullif(reoffences, 0) AS serious_share,
       unclassified_reoffences, previous_offences,
       1.0 * previous_offences / nullif(offenders, 0) AS previous_offences_per_offender
FROM published
WHERE topic = :topic AND (:window IS NULL OR window_start = :window)
ORDER BY window_start, area_code, subcohort, %s]]

-- Figures of a shown group that may be hidden by themselves, each with what is made of it.
local OUTCOMES = {
  { "violent_sexual_reoffences", "violent_sexual_share" },
  { "serious_acquisitive_reoffences", "serious_acquisitive_share" },
  { "serious_reoffences", "serious_share" },
  { "reappearances" },
  { "previous_offences", "previous_offences_per_offender" },
}

-- A plain table, so that publications can add to it; NULL stays nil.
local function plain(row)
  local record = {}
  for name, value in pairs(row) do record[name] = value end
  return record
end

local function topic_of(by, breakdown)
  if by and breakdown then return by .. "," .. breakdown end
  return by or breakdown or ""
end

-- The measures of a shown record that are hidden: outcomes that have no figure, and predictions
-- that say so (without a model, or of people without a score, there is none to hide).
local function hidden_kinds(row)
  local found = {}
  for _, names in ipairs(OUTCOMES) do
    if row[names[1]] == nil then
      for _, name in ipairs(names) do found[name] = true end
    end
  end
  if row.predicted_status == "hidden" then found.predicted = true end
  if row.excess_status == "hidden" then found.excess, found.adjusted = true, true end
  return found
end

function release:read(by, breakdown, window_start)
  local column = breakdown or "NULL"
  local rows = self.connection:rows(RECORD:format(column, column),
    { topic = topic_of(by, breakdown), window = window_start or database.null })
  local records = {}
  for place, row in ipairs(rows) do
    local record = plain(row)
    record.hidden = row.status == "hidden" or nil
    record.hidden_kinds = not record.hidden and hidden_kinds(row) or nil
    record.unknown_area = by == "area_code" and row.area_code == nil
    records[place] = record
  end
  return records
end

function release:cached(by, breakdown, window_start)
  local key = table.concat({ by or "", breakdown or "", window_start or "" }, " ")
  local made = self.cache[key]
  if not made then
    made = self:read(by, breakdown, window_start)
    self.cache[key] = made
  end
  return made
end

-- The totals of every group in every window.
function release:trend(by) return self:cached(by, nil, nil) end

-- One table of one window, every group in it.
function release:records(by, breakdown, window_start)
  if breakdown and not labels.breakdowns[breakdown] then
    error("no breakdown is called " .. breakdown, 2)
  end
  return self:cached(by, breakdown, window_start)
end

-- The records of a list whose column has this value, in natural order of their breakdown.
function release.where(records, column, value)
  local found = {}
  for _, record in ipairs(records) do
    if record[column] == value then found[#found + 1] = record end
  end
  return found
end

-- The record of a group that has nobody in a window: every count is nought, no rate is defined.
function release.empty(by, value, window)
  local record = { window_start = window.start, complete = window.final and 1 or 0, [by] = value }
  for _, name in ipairs {
    "offenders", "reoffenders", "reoffences", "reappearances", "reappearing_offenders",
    "violent_sexual_reoffences", "serious_acquisitive_reoffences", "serious_reoffences",
    "unclassified_reoffences", "previous_offences",
  } do record[name] = 0 end
  return record
end

-- Months to the first re-offence ----------------------------------------------------------------

-- %s: the condition on the group.
local MONTHS = [[
SELECT month, complete, reoffended_by, :cohort AS cohort,
       1.0 * reoffended_by / nullif(:cohort, 0) AS reoffended_by_share,
       rate_wilson_low(reoffended_by, :cohort) AS share_low,
       rate_wilson_high(reoffended_by, :cohort) AS share_high,
       max(width, :least) AS width
FROM published_months
WHERE topic = :topic AND window_start = :window AND %s AND month %% :least = 0
ORDER BY month]]

-- The running number and share of re-offenders by the end of month 1 to 12 of the follow-up, for
-- one group; by three or six months where few re-offend in one; nil where that is not enough.
-- Returns the records and the months of a step. `least`: the shortest step wanted, to match another
-- group's.
function release:months(by, value, window_start, least)
  local total = release.where(self:records(by, nil, window_start), by or "area_code", value)[1]
  if not total or total.hidden then return nil end
  local rows = self.connection:rows(MONTHS:format(by and by .. " IS :value" or "true"), {
    topic = by or "", window = window_start, value = value or database.null,
    cohort = total.offenders, least = least or 1,
  })
  for place, row in ipairs(rows) do rows[place] = plain(row) end
  if #rows == 0 then return nil end
  return rows, rows[1].width
end

-- Comparisons -------------------------------------------------------------------------------------

-- The difference of two proportions, one less other, with its 95% interval, and the outcome in
-- words: "higher than", "lower than" or "no clear difference". nil when either is hidden, missing
-- or undefined.
function release:compare(one, other)
  if not (one and other) or one.hidden or other.hidden then return nil end
  if one.offenders == 0 or other.offenders == 0 then return nil end
  local row = self.connection:row([[
    SELECT 1.0 * :x1 / :n1 - 1.0 * :x2 / :n2 AS difference,
           rate_difference_low(:x1, :n1, :x2, :n2) AS low,
           rate_difference_high(:x1, :n1, :x2, :n2) AS high,
           rate_compare(:x1, :n1, :x2, :n2) AS outcome]],
    { x1 = one.reoffenders, n1 = one.offenders, x2 = other.reoffenders, n2 = other.offenders })
  return plain(row)
end

-- The funnel: for numbers of offenders from smallest to largest, the proportions between which a
-- group with the target rate would lie by chance alone 95% and 99.8% of the time.
function release:funnel(target, numbers)
  local limits = {}
  for place, number in ipairs(numbers) do
    limits[place] = plain(self.connection:row([[
      SELECT :n AS n, rate_funnel_low(:target, :n, 0.95) AS low,
             rate_funnel_high(:target, :n, 0.95) AS high,
             rate_funnel_low(:target, :n, 0.998) AS outer_low,
             rate_funnel_high(:target, :n, 0.998) AS outer_high]],
      { n = number, target = target }))
  end
  return limits
end

-- How much more the areas that are shown vary than chance alone would have them around the target
-- (1: no more). subcohort: nil for all offenders.
function release:overdispersion(target, window_start, subcohort)
  return self.connection:value([[
    SELECT rate_overdispersion(reoffenders, offenders, :target) FROM published
    WHERE topic = :topic AND window_start = :window AND area_code IS NOT NULL
      AND subcohort IS :subcohort AND status = 'shown']],
    { target = target, window = window_start, subcohort = subcohort or database.null,
      topic = topic_of("area_code", subcohort and "subcohort") })
end

-- Opening -----------------------------------------------------------------------------------------

-- A window is final when its waiting period was over at the extract (R16); `followed` when at least
-- the follow-up was: before that its rates are those of a shorter time and compare with nothing.
local function read_windows(connection, extract_date, follow_up_months)
  local windows = {}
  for place, row in ipairs(connection:rows([[
    SELECT window_start, date(window_end, '-1 day') AS last_day, complete,
           calendar_add_months(window_start, -12) AS year_before,
           complete OR coalesce(calendar_add_months(window_end, :months) <= :extract, 0) AS followed
    FROM published WHERE topic = '' ORDER BY window_start]],
    { months = follow_up_months, extract = extract_date or database.null })) do
    windows[place] = {
      start = row.window_start, last_day = row.last_day, final = row.complete == 1,
      year_before = row.year_before, followed = row.followed == 1,
      period = format.period(row.window_start, row.last_day),
      short_period = format.short_period(row.window_start, row.last_day),
    }
    windows[row.window_start] = windows[place]
  end
  return windows
end

local function read_pairs(connection, name)
  if not connection:has_table(name) then return {} end
  local found = {}
  for place, row in ipairs(connection:rows("SELECT * FROM " .. name .. " ORDER BY name")) do
    found[place] = plain(row)
    found[row.name] = row.value
  end
  return found
end

local function read_areas(connection)
  local areas = {}
  for place, row in ipairs(connection:rows([[
    SELECT area_code, area_name, area_type FROM area
    WHERE area_code IN (SELECT area_code FROM published WHERE topic = 'area_code')
    ORDER BY area_code]])) do
    areas[place] = plain(row)
    areas[row.area_code] = areas[place]
  end
  return areas
end

-- Returns the release, or nil and a message when the database does not hold results.
function release.open(connection)
  for _, name in ipairs { "published", "published_months", "area" } do
    if not connection:has_table(name) then
      return nil, "the database has no table '" .. name .. "': no results have been built in it"
    end
  end
  local parameters = read_pairs(connection, "parameter")
  local provenance = read_pairs(connection, "provenance")
  local windows = read_windows(connection, provenance.extract_date,
    math.tointeger(tonumber(parameters.follow_up_months)) or 12)
  if #windows == 0 then
    return nil, "the table 'published' is empty: no results have been built"
  end
  return setmetatable({
    connection = connection, cache = {}, windows = windows,
    areas = read_areas(connection), parameters = parameters,
    provenance = provenance,
    version = connection:value("SELECT reoffend_version()"),
    threshold = math.tointeger(tonumber(parameters.disclosure_threshold)),
    rounding = math.tointeger(tonumber(parameters.disclosure_rounding)),
  }, release)
end

-- The windows of a trend: those followed to the end, and `window` whatever it is.
function release:trend_windows(window)
  local found = {}
  for _, each in ipairs(self.windows) do
    if each.followed or each == window then found[#found + 1] = each end
  end
  return found
end

-- The latest final window, or the latest where none is final.
function release:latest_window()
  for place = #self.windows, 1, -1 do
    if self.windows[place].final then return self.windows[place] end
  end
  return self.windows[#self.windows]
end

-- Rows read, accepted and rejected over the files in force; nil where none are kept count of.
function release:loaded()
  if not self.connection:has_table("load_file") then return nil end
  return plain(self.connection:row([[
    SELECT coalesce(sum(read), 0) AS read, coalesce(sum(accepted), 0) AS accepted,
           coalesce(sum(rejected), 0) AS rejected
    FROM load_file WHERE state = 'current']]))
end

-- The sub-cohorts that have results, in natural order.
function release:subcohorts()
  local names = {}
  for place, row in ipairs(self.connection:rows([[
    SELECT DISTINCT subcohort AS breakdown FROM published
    WHERE topic = 'subcohort' AND subcohort IS NOT NULL]])) do
    names[place] = { breakdown = row.breakdown }
  end
  return labels.sort("subcohort", names)
end

return release
