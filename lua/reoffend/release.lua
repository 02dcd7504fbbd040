-- release.lua - what a publication reads from the database: windows, areas, figures, provenance.
--
-- Requires: reoffend.database, reoffend.disclosure, reoffend.format, reoffend.labels.
--
--   local release, message = release.open(connection)
--   release:records(by, breakdown, window_start)   -- the rows of one table, protected
--   release:trend(by)                              -- the totals of every window, protected
--   release:months(by, value, window_start)        -- months to the first re-offence
--   release:compare(one, other)                    -- difference of two proportions
--
-- `by` is "area_code", "subcohort" or nil (England and Wales); `breakdown` a column of the result
-- table or nil (totals). Every rate and interval is calculated by SQL and the extension; every
-- record has been through reoffend.disclosure before it is returned.

local database = require "reoffend.database"
local disclosure = require "reoffend.disclosure"
local format = require "reoffend.format"
local labels = require "reoffend.labels"

local release = {}
release.__index = release

-- One row of a table as every reader of it sees it. %s: the breakdown column, the other one.
local RECORD = [[
SELECT window_start, complete, area_code, subcohort, %s AS breakdown,
       offenders, reoffenders, reoffences, proportion,
       rate_wilson_low(reoffenders, offenders) AS proportion_low,
       rate_wilson_high(reoffenders, offenders) AS proportion_high,
       predicted, frequency, per_offender, reappearances, reappearing_offenders,
       violent_sexual_reoffences, violent_sexual_reoffenders,
       1.0 * violent_sexual_reoffences / nullif(reoffences, 0) AS violent_sexual_share,
       serious_acquisitive_reoffences, serious_acquisitive_reoffenders,
       1.0 * serious_acquisitive_reoffences / nullif(reoffences, 0) AS serious_acquisitive_share,
       serious_reoffences, serious_reoffenders,
       1.0 * serious_reoffences / nullif(reoffences, 0) AS serious_share,
       unclassified_reoffences, previous_offences,
       1.0 * previous_offences / nullif(offenders, 0) AS previous_offences_per_offender
FROM result
WHERE topic = :topic AND (:window IS NULL OR window_start = :window)
ORDER BY window_start, area_code, subcohort, %s]]

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

function release:read(by, breakdown, window_start)
  if breakdown and not labels.breakdowns[breakdown] then
    error("no breakdown is called " .. breakdown, 3)
  end
  local column = breakdown or "NULL"
  local rows = self.connection:rows(RECORD:format(column, column),
    { topic = topic_of(by, breakdown), window = window_start or database.null })
  local records = {}
  for place, row in ipairs(rows) do
    records[place] = plain(row)
    records[place].unknown_area = by == "area_code" and row.area_code == nil
  end
  return records
end

-- The disclosure step ---------------------------------------------------------------------------

-- What one group of people is called in two tables: parts of one breakdown that are a row of
-- another, where the figures agree. No parts named: all that have a value.
local SAME_PEOPLE = {
  { row = "release", of = "index_kind", breakdown = "sentence_band" },
  { row = "release", of = "index_kind", breakdown = "index_disposal", parts = { custody = true } },
  { row = "drug_test", of = "index_kind", breakdown = "index_disposal",
    parts = { drug_test = true } },
  { row = "caution", of = "index_kind", breakdown = "index_disposal",
    parts = { caution = true, reprimand_or_warning = true } },
}

-- The records of a list by the value of a column, each value's in a list.
local function grouped(records, column)
  local groups = {}
  for _, record in ipairs(records) do
    local key = tostring(record[column])
    groups[key] = groups[key] or {}
    table.insert(groups[key], record)
  end
  return groups
end

-- Adds a line (the parts, then their total) for each value of the column the totals have.
local function add_lines(lines, parts, totals, column)
  local groups = grouped(parts, column)
  for _, total in ipairs(totals) do
    local line = groups[tostring(total[column])]
    if line then
      line[#line + 1] = total
      lines[#lines + 1] = line
    end
  end
end

local function add_same_people(lines, rows, columns)
  for _, same in ipairs(SAME_PEOPLE) do
    local parts = {}
    for _, record in ipairs(columns[same.breakdown]) do
      local value = record.breakdown
      if value ~= nil and (not same.parts or same.parts[value]) then parts[#parts + 1] = record end
    end
    local groups = grouped(parts, rows)
    for _, total in ipairs(columns[same.of]) do
      local line, offenders, reoffenders = groups[tostring(total[rows])], 0, 0
      for _, record in ipairs(total.breakdown == same.row and line or {}) do
        offenders = offenders + record.offenders
        reoffenders = reoffenders + record.reoffenders
      end
      if offenders > 0 and offenders == total.offenders and reoffenders == total.reoffenders then
        line[#line + 1] = total
        lines[#lines + 1] = line
      end
    end
  end
end

function release:cached(key, make)
  local made = self.cache[key]
  if not made then
    made = make()
    self.cache[key] = made
  end
  return made
end

local function of_window(records, window_start)
  local found = {}
  for _, record in ipairs(records) do
    if record.window_start == window_start then found[#found + 1] = record end
  end
  return found
end

-- The totals of every group in every window, not protected yet.
function release:totals(by)
  return self:cached("totals " .. tostring(by), function() return self:read(by, nil, nil) end)
end

local BREAKDOWNS = {} -- in a fixed order: what is hidden beside a small row depends on it
for name in pairs(labels.breakdowns) do BREAKDOWNS[#BREAKDOWNS + 1] = name end
table.sort(BREAKDOWNS)

local GROUPS = { "", "area_code", "subcohort" } -- "": England and Wales

-- Everything published of one window, protected together: tables[by][breakdown]. The rows of a
-- table add up to its total, where its breakdown does; those of all areas to England and Wales.
function release:protected(window_start)
  return self:cached("protected " .. window_start, function()
    local tables, all, lines = {}, {}, {}
    for _, group in ipairs(GROUPS) do
      local by, columns = group ~= "" and group or nil, {}
      columns.total = of_window(self:totals(by), window_start)
      tables[group] = columns
      for _, breakdown in ipairs(BREAKDOWNS) do
        local about = labels.breakdowns[breakdown]
        columns[breakdown] = by == breakdown and {} or self:read(by, breakdown, window_start)
        if about.additive and not about.released_only then
          add_lines(lines, columns[breakdown], columns.total, by or "window_start")
        end
      end
      add_same_people(lines, by or "window_start", columns)
    end
    add_lines(lines, tables.area_code.total, tables[""].total, "window_start")
    for _, breakdown in ipairs(BREAKDOWNS) do
      add_lines(lines, tables.area_code[breakdown], tables[""][breakdown], "breakdown")
    end
    for _, columns in pairs(tables) do
      for _, cells in pairs(columns) do table.move(cells, 1, #cells, #all + 1, all) end
    end
    disclosure.protect(all, lines, self.threshold)
    local areas = table.move(tables.area_code.total, 1, #tables.area_code.total, 1, {})
    table.move(tables[""].total, 1, #tables[""].total, #areas + 1, areas)
    disclosure.protect_kinds(areas, { areas }, self.threshold)
    disclosure.protect_kinds(tables.subcohort.total, {}, self.threshold)
    return tables
  end)
end

-- The totals of every group in every window, protected.
function release:trend(by)
  for _, window in ipairs(self.windows) do self:protected(window.start) end
  return self:totals(by)
end

-- One table of one window, every group in it, protected.
function release:records(by, breakdown, window_start)
  if breakdown and not labels.breakdowns[breakdown] then
    error("no breakdown is called " .. breakdown, 2)
  end
  return self:protected(window_start)[by or ""][breakdown or "total"]
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

-- %s: the condition on the group, the same on the total.
local MONTHS = [[
WITH step AS (
  SELECT (months_to_reoffence + :width - 1) / :width * :width AS month,
         max(complete) AS complete, sum(offenders) AS newly
  FROM result
  WHERE topic = :topic AND window_start = :window AND months_to_reoffence IS NOT NULL
    AND (:by IS NULL OR %s IS :value)
  GROUP BY 1)
SELECT step.month, step.complete, newly,
       sum(newly) OVER (ORDER BY step.month) AS reoffended_by, :cohort AS cohort
FROM step ORDER BY step.month]]

local SHARES = [[
SELECT month, complete, newly, reoffended_by, cohort,
       1.0 * reoffended_by / nullif(cohort, 0) AS reoffended_by_share,
       rate_wilson_low(reoffended_by, cohort) AS share_low,
       rate_wilson_high(reoffended_by, cohort) AS share_high
FROM (%s)]]

local WIDTHS = { 1, 3, 6 }

-- The running number and share of re-offenders by the end of month 1 to 12 of the follow-up, for
-- one group. Where a month adds fewer people than the threshold, by three or six months instead;
-- where that is not enough, none (nil). Returns the records and the months of a step. `least`: the
-- shortest step wanted, to match another group's.
function release:months(by, value, window_start, least)
  local total = release.where(self:records(by, nil, window_start), by or "area_code", value)[1]
  if not total or total.hidden then return nil end
  local sql = SHARES:format(MONTHS:format(by or "area_code"))
  for _, width in ipairs(WIDTHS) do
    local rows = self.connection:rows(sql, {
      topic = topic_of(by, "months_to_reoffence"), window = window_start, width = width,
      by = by or database.null, value = value or database.null, cohort = total.offenders,
    })
    local safe = #rows == 12 // width and width >= (least or 1)
    for place, row in ipairs(rows) do
      rows[place] = plain(row)
      safe = safe and row.newly >= self.threshold
    end
    if safe then return rows, width end
  end
  return nil
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

-- How much more the areas vary than chance alone would have them around the target (1: no more).
-- subcohort: nil for all offenders.
function release:overdispersion(target, window_start, subcohort)
  return self.connection:value([[
    SELECT rate_overdispersion(reoffenders, offenders, :target) FROM result
    WHERE topic = :topic AND window_start = :window AND area_code IS NOT NULL
      AND subcohort IS :subcohort]],
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
    FROM result WHERE topic = '' ORDER BY window_start]],
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
    WHERE area_code IN (SELECT area_code FROM result WHERE topic = 'area_code')
    ORDER BY area_code]])) do
    areas[place] = plain(row)
    areas[row.area_code] = areas[place]
  end
  return areas
end

-- Returns the release, or nil and a message when the database does not hold results.
function release.open(connection)
  for _, name in ipairs { "result", "area" } do
    if not connection:has_table(name) then
      return nil, "the database has no table '" .. name .. "': no results have been built in it"
    end
  end
  local parameters = read_pairs(connection, "parameter")
  local provenance = read_pairs(connection, "provenance")
  local windows = read_windows(connection, provenance.extract_date,
    math.tointeger(tonumber(parameters.follow_up_months)) or 12)
  if #windows == 0 then return nil, "the table 'result' is empty: no results have been built" end
  return setmetatable({
    connection = connection, cache = {}, windows = windows,
    areas = read_areas(connection), parameters = parameters,
    provenance = provenance,
    version = connection:value("SELECT reoffend_version()"),
    threshold = math.tointeger(tonumber(parameters.disclosure_threshold)) or disclosure.THRESHOLD,
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
    SELECT DISTINCT subcohort AS breakdown FROM result
    WHERE topic = 'subcohort' AND subcohort IS NOT NULL]])) do
    names[place] = { breakdown = row.breakdown }
  end
  return labels.sort("subcohort", names)
end

return release
