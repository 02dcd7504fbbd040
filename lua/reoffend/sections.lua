-- sections.lua - the sections publications are made of, from the figures of one group.
--
-- Requires: reoffend.bar_chart, reoffend.format, reoffend.html, reoffend.labels,
-- reoffend.line_chart, reoffend.measures, reoffend.page, reoffend.palette, reoffend.release,
-- reoffend.words.
--
-- Every function takes a publication (publication.lua) and returns a section: id, title, content.
-- Each figure a section shows it also adds to the publication's sheet, so page and CSV cannot
-- differ. Table and chart say the same.

local bar_chart = require "reoffend.bar_chart"
local format = require "reoffend.format"
local html = require "reoffend.html"
local labels = require "reoffend.labels"
local line_chart = require "reoffend.line_chart"
local measures = require "reoffend.measures"
local page = require "reoffend.page"
local palette = require "reoffend.palette"
local release_reader = require "reoffend.release"
local words = require "reoffend.words"

local h = html.elements
local sections = {}

local COUNTS = { "offenders", "reoffenders", "reoffences" }
local TABLE = { "offenders", "reoffenders", "reoffences", "proportion", "frequency" }
local PREDICTED = { "predicted" }
local HEADLINE = {
  "offenders", "reoffenders", "proportion", "predicted", "excess", "adjusted", "reoffences",
  "frequency",
  "per_offender", "reappearances", "previous_offences_per_offender",
}
local SEVERITY = {
  "violent_sexual_reoffences", "violent_sexual_share", "serious_acquisitive_reoffences",
  "serious_acquisitive_share", "serious_reoffences", "serious_share", "unclassified_reoffences",
}

-- The names of a list that any of the records has a value for; the optional ones may be absent.
local function present(names, records)
  local found = {}
  for _, name in ipairs(names) do
    if not measures.by_name[name].optional or measures.any(records, name) then
      found[#found + 1] = name
    end
  end
  return found
end

local function source(publication)
  return "Source: extract of " .. format.date(publication.extract_date)
    .. (publication.synthetic and ", synthetic data." or ".")
end

-- Main points and headline figures ----------------------------------------------------------------

function sections.main_points(publication)
  local subject, own = publication.subject, publication.own
  local other = publication.nation
  local points = {
    words.headline(subject, publication.window, own),
    publication.before and words.change(publication.before, publication.change) or false,
    words.against(subject, publication.other_name, other, publication.difference),
    words.predicted(own) or false,
    words.frequency(own, publication.before, publication.other_name, other) or false,
    words.severity(own, publication.other_name, other) or false,
  }
  local items = {}
  for _, text in ipairs(points) do items[#items + 1] = text and h.li{ text } or nil end
  for _, text in ipairs(publication.further_points or {}) do items[#items + 1] = h.li{ text } end
  return {
    id = "main-points", title = "Main points",
    content = {
      h.ul{ items },
      h.p{ class = "note", "A difference is called higher or lower only where it is clear at the"
        .. " 95% level. Differences are taken before rounding. Twelve-month windows overlap, so"
        .. " figures of different windows are never added up." },
    },
  }
end

local function tile(record, name, note)
  return h.li{
    h.span{ measures.by_name[name].label }, h.b{ page.figure_text(record, name) },
    note and h.span{ class = "note", note },
  }
end

local function interval_note(record)
  local cell = measures.cell(record, "proportion")
  if not cell.low then return nil end
  return "95% interval " .. format.percent(cell.low) .. " to " .. format.percent(cell.high)
end

-- A table of measures in rows: this group, a year before, the comparison.
local function measure_table(publication, id, caption, names)
  local columns = { { "Measure" }, { publication.subject.heading } }
  local records = { publication.own }
  if publication.before then
    columns[#columns + 1] = { "A year before" }
    records[#records + 1] = publication.before
  end
  columns[#columns + 1] = { format.sentence(publication.other_name) }
  records[#records + 1] = publication.nation
  local rows = {}
  for _, name in ipairs(present(names, records)) do
    local row = { measures.by_name[name].label }
    for _, record in ipairs(records) do
      row[#row + 1] = page.figure_text(record, name)
      publication.sheet:add(record, nil, { name })
    end
    rows[#rows + 1] = row
    if measures.by_name[name].low then
      row = { name == "proportion" and "95% confidence interval"
        or "95% interval, given the predictions" }
      for _, record in ipairs(records) do
        row[#row + 1] = page.interval_text(record, name)
      end
      rows[#rows + 1] = row
    end
  end
  return page.table(id, caption, columns, rows)
end

function sections.headline(publication)
  local own = publication.own
  return {
    id = "headline-figures", title = "Headline figures",
    content = {
      h.ul{
        class = "figures",
        tile(own, "proportion", interval_note(own)),
        own.predicted and tile(own, "predicted"),
        tile(own, "offenders"), tile(own, "reoffenders"), tile(own, "reoffences"),
        tile(own, "frequency"), not own.predicted and tile(own, "serious_acquisitive_share"),
      },
      measure_table(publication, "table-headline",
        publication:table_title("Headline figures for " .. publication.subject.name),
        HEADLINE),
    },
  }
end

function sections.severity(publication)
  return {
    id = "severity", title = "Severity of re-offences",
    content = {
      h.p{ "An offence is classed by its Home Office code. One offence can be violent and serious"
        .. " acquisitive at once, so the rows overlap. The list of serious violent and sexual"
        .. " offences is reconstructed from published descriptions." },
      measure_table(publication, "table-severity",
        publication:table_title("Re-offences by severity, " .. publication.subject.name), SEVERITY),
    },
  }
end

-- Trend -------------------------------------------------------------------------------------------

-- Years since 0, so that quarters are evenly spaced.
local function place_in_time(date)
  return tonumber(date:sub(1, 4)) + (tonumber(date:sub(6, 7)) - 1) / 12
end

local function trend_series(publication, own_records, nation_records)
  local function points(records, column, with_limits)
    local found = {}
    for _, window in ipairs(publication.release:trend_windows(publication.window)) do
      local record = records[window.start]
      local cell = record and not record.hidden and record.offenders > 0 and record
      found[#found + 1] = {
        x = place_in_time(window.start), y = cell and cell[column] or nil,
        low = cell and with_limits and cell.proportion_low or nil,
        high = cell and with_limits and cell.proportion_high or nil, open = not window.final,
      }
    end
    return found
  end
  local list = {
    { label = publication.subject.heading, colour = palette.own, bold = true, band = true,
      points = points(own_records, "proportion", true) },
    { label = publication.other_heading, colour = palette.comparison, dash = "8 5",
      points = points(nation_records, "proportion") },
  }
  local predicted = points(own_records, "predicted")
  for _, point in ipairs(predicted) do
    if point.y then
      list[#list + 1] = { label = "Predicted", colour = palette.predicted, dash = "2 4", width = 2,
        points = predicted }
      break
    end
  end
  return list
end

local function year_ticks(windows)
  local ticks, seen = {}, {}
  for _, window in ipairs(windows) do
    local year = window.start:sub(1, 4)
    if not seen[year] then
      seen[year] = true
      ticks[#ticks + 1] = { tonumber(year), year }
    end
  end
  return ticks
end

local function by_window(records)
  local found = {}
  for _, record in ipairs(records) do found[record.window_start] = record end
  return found
end

local function trend_table(publication, own_records, nation_records)
  local own_list, rows = {}, {}
  for _, record in pairs(own_records) do own_list[#own_list + 1] = record end
  local names = present({ "offenders", "reoffenders", "proportion", "predicted", "adjusted",
    "frequency" }, own_list)
  local columns = { { "Window" } }
  for _, name in ipairs(names) do
    columns[#columns + 1] = { measures.by_name[name].label }
    if name == "proportion" then
      columns[#columns + 1] = { "95% interval, low" }
      columns[#columns + 1] = { "95% interval, high" }
    end
  end
  columns[#columns + 1] = { publication.other_heading .. ", proportion" }
  for _, window in ipairs(publication.release:trend_windows(publication.window)) do
    local record, nation = own_records[window.start], nation_records[window.start]
    local row = { page.period_text(window), own = window == publication.window }
    for _, name in ipairs(names) do
      row[#row + 1] = page.figure_text(record, name)
      if name == "proportion" then
        row[#row + 1] = page.limit_text(record, name, "low")
        row[#row + 1] = page.limit_text(record, name, "high")
      end
    end
    row[#row + 1] = page.figure_text(nation, "proportion")
    if record then publication.sheet:add(record, nil, names) end
    publication.sheet:add(nation, nil, names)
    rows[#rows + 1] = row
  end
  return page.table("table-trend", publication:table_title("Every window, "
    .. publication.subject.name), columns, rows)
end

local function trend_description(publication, own_records)
  local first, last
  for _, window in ipairs(publication.release:trend_windows(publication.window)) do
    local record = own_records[window.start]
    if record and not record.hidden and record.offenders > 0 then
      first = first or { window, record }
      last = { window, record }
    end
  end
  if not first then return "No window can be shown." end
  return string.format("From %s in %s to %s in %s. The table below gives every value.",
    format.percent(first[2].proportion), first[1].short_period,
    format.percent(last[2].proportion), last[1].short_period)
end

function sections.trend(publication)
  local release, subject = publication.release, publication.subject
  local own = by_window(release_reader.where(release:trend(subject.by), subject.by, subject.value))
  local nation = by_window(release:trend(nil))
  local series = trend_series(publication, own, nation)
  local windows = release:trend_windows(publication.window)
  local chart = {
    title = "Proportion of offenders who re-offend, by window",
    description = trend_description(publication, own), series = series,
    x_ticks = year_ticks(windows), x_title = "First month of the twelve-month window",
    x_low = place_in_time(windows[1].start), x_high = place_in_time(windows[#windows].start),
    mark = place_in_time(publication.window.start),
  }
  return {
    id = "trend", title = "Trend",
    content = {
      page.chart("chart-trend", {
        publication:figure_title("Proportion of offenders who re-offend within 12 months"),
        string.format("%s and %s, twelve-month windows starting from %s to %s. The shaded band is"
          .. " the 95%% confidence interval%s; the dotted upright line is the window of this page."
          .. "%s %s",
          subject.heading, publication.other_name, format.date(windows[1].start),
          format.date(windows[#windows].start),
          windows[#windows].final and "" or "; open circles are provisional",
          line_chart.starts_at_zero(chart) and "" or " The scale does not start at zero.",
          source(publication)),
      }, function(id, width) return line_chart.lines(id, width, chart) end),
      page.unfold("Table of every window", trend_table(publication, own, nation)),
    },
  }
end

-- Breakdowns --------------------------------------------------------------------------------------

local function bar_row(label, record, bold, name)
  local cell = measures.cell(record, name)
  return {
    label = label, value = cell.value, low = cell.low, high = cell.high, bold = bold,
    text = page.figure_text(record, name),
  }
end

-- More hidden groups than this are left out of a chart; the table lists them all.
local MOST_HIDDEN_BARS = 3

local function by_title(breakdown)
  local about = labels.breakdowns[breakdown]
  return "Proportion who re-offend by " .. (about.by or about.title:lower())
end

local function breakdown_bars(publication, breakdown, records)
  local rows, spoken, hidden = {}, {}, 0
  for _, record in ipairs(records) do hidden = hidden + (record.hidden and 1 or 0) end
  for _, record in ipairs(records) do
    if not (record.hidden and hidden > MOST_HIDDEN_BARS) then
      local label = labels.value(breakdown, record.breakdown)
      rows[#rows + 1] = bar_row(label, record, false, "proportion")
      spoken[#spoken + 1] = label .. " " .. rows[#rows].text
    end
  end
  local own = publication.own
  return {
    left_out = hidden > MOST_HIDDEN_BARS and hidden or 0,
    title = by_title(breakdown),
    description = table.concat(spoken, "; ") .. ".", rows = rows,
    reference = own and not own.hidden and own.offenders > 0 and {
      value = own.proportion,
      label = "All: " .. format.percent(own.proportion),
    } or nil,
  }
end

local function breakdown_table(publication, breakdown, records)
  local rows, columns = {}, {
    { labels.breakdowns[breakdown].column }, { "Offenders" }, { "Re-offenders" }, { "Re-offences" },
    { "Proportion who re-offend" }, { "95% interval, low" }, { "95% interval, high" },
  }
  local predicted = present(PREDICTED, records)
  for _, name in ipairs(predicted) do columns[#columns + 1] = { measures.by_name[name].label } end
  columns[#columns + 1] = { "Re-offences per re-offender" }
  for place, record in ipairs(records) do
    local row = { (labels.value(breakdown, record.breakdown)) }
    for _, name in ipairs(COUNTS) do row[#row + 1] = page.figure_text(record, name) end
    row[#row + 1] = page.figure_text(record, "proportion")
    row[#row + 1] = page.limit_text(record, "proportion", "low")
    row[#row + 1] = page.limit_text(record, "proportion", "high")
    for _, name in ipairs(predicted) do row[#row + 1] = page.figure_text(record, name) end
    row[#row + 1] = page.figure_text(record, "frequency")
    publication.sheet:add(record, breakdown, TABLE)
    publication.sheet:add(record, breakdown, predicted)
    rows[place] = row
  end
  local about = labels.breakdowns[breakdown]
  return page.table("table-" .. breakdown:gsub("_", "-"),
    publication:table_title(about.title .. ", " .. publication.subject.name .. ", "
      .. publication.window.period), columns, rows)
end

-- One breakdown: its heading (unless it stands alone), chart and table; nil where the results have
-- none for this group.
local function breakdown_part(publication, breakdown, alone)
  local release, subject = publication.release, publication.subject
  local records = release_reader.where(
    release:records(subject.by, breakdown, publication.window.start), subject.by, subject.value)
  if labels.breakdowns[breakdown].released_only then
    for place = #records, 1, -1 do
      if records[place].breakdown == nil then table.remove(records, place) end
    end
  end
  if #records == 0 then return nil end
  labels.sort(breakdown, records)
  local chart = breakdown_bars(publication, breakdown, records)
  local id = breakdown:gsub("_", "-")
  return {
    not alone and h.h3{ labels.breakdowns[breakdown].title },
    page.chart("chart-" .. id, {
      publication:figure_title(by_title(breakdown)),
      string.format("%s, %s. Lines over the bars are 95%% confidence intervals.%s %s",
        subject.heading, publication.window.period,
        chart.left_out > 0 and string.format(" The %d groups hidden in the table are left out.",
          chart.left_out) or "", source(publication)),
    }, function(chart_id, width) return bar_chart.bars(chart_id, width, chart) end),
    breakdown_table(publication, breakdown, records),
  }
end

-- A section of breakdowns, each with its chart and its table.
function sections.breakdowns(publication, id, title, introduction, names)
  local content = { h.p{ introduction } }
  for _, name in ipairs(names) do
    content[#content + 1] = breakdown_part(publication, name, #names == 1)
  end
  return { id = id, title = title, content = content }
end

-- Months to the first re-offence ------------------------------------------------------------------

local function month_points(records)
  local points = {}
  for place, record in ipairs(records) do
    points[place] = { x = record.month, y = record.reoffended_by_share, low = record.share_low,
      high = record.share_high }
  end
  return points
end

local function months_table(publication, own, nation)
  local rows, names = {}, { "reoffended_by", "reoffended_by_share" }
  local elsewhere = {}
  for _, record in ipairs(nation or {}) do elsewhere[record.month] = record end
  for place, record in ipairs(own) do
    record.window_start = publication.window.start
    record[publication.subject.by] = publication.subject.value
    local label = record.month == 1 and "1 month" or record.month .. " months"
    publication.sheet:add(record, "months_to_reoffence", names, label)
    local other = elsewhere[record.month]
    if other then
      other.window_start = publication.window.start
      publication.sheet:add(other, "months_to_reoffence", names, label)
    end
    rows[place] = {
      label, page.figure_text(record, names[1]), page.figure_text(record, names[2]),
      page.limit_text(record, names[2], "low"), page.limit_text(record, names[2], "high"),
      page.figure_text(other, names[2]),
    }
  end
  return page.table("table-months",
    publication:table_title("Re-offenders by months since the index event, "
      .. publication.subject.name),
    { { "Within" }, { "Re-offenders" }, { "Share of offenders" }, { "95% interval, low" },
      { "95% interval, high" }, { publication.other_heading } }, rows)
end

function sections.months(publication)
  local release, subject, window = publication.release, publication.subject, publication.window
  local own, width = release:months(subject.by, subject.value, window.start)
  local section = { id = "time-to-re-offence", title = "Time to the first re-offence" }
  if not own then
    section.content = h.p{ "Too few people re-offended for their months to be shown." }
    return section
  end
  local nation = release:months(nil, nil, window.start, width)
  local series = {
    { label = subject.heading, colour = palette.own, bold = true, points = month_points(own) },
  }
  if nation then
    series[2] = { label = publication.other_heading, colour = palette.comparison, dash = "8 5",
      points = month_points(nation) }
  end
  local last = own[#own]
  local chart = {
    title = "Share of offenders who have re-offended, by month of the follow-up", series = series,
    step = width == 1,
    description = string.format("The share rises to %s after 12 months. The table below gives"
      .. " every value.", format.percent(last.reoffended_by_share)),
  }
  section.content = {
    page.chart("chart-months", {
      publication:figure_title("Share of offenders who have re-offended, by month"),
      string.format("%s and %s, %s, from the index event to the end of the follow-up.%s %s",
        subject.heading, publication.other_name, window.period,
        width > 1 and string.format(" Months are put together by %d because few people re-offend"
          .. " in one.", width) or "", source(publication)),
    }, function(id, chart_width) return line_chart.steps(id, chart_width, chart) end),
    months_table(publication, own, nation),
  }
  return section
end

return sections
