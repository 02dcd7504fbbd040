-- quality_sections.lua - the sections of the data quality report.
--
-- Requires: reoffend.format, reoffend.html, reoffend.page, reoffend.quality_page.
--
-- Every function takes a report (quality_page.lua) and returns a section: id, title, content. What
-- each says of the published figures stands with it.

local format = require "reoffend.format"
local html = require "reoffend.html"
local page = require "reoffend.page"
local quality_page = require "reoffend.quality_page"

local h = html.elements
local shown = quality_page.shown
local sections = {}

local function share(value) return shown("share", value) end
local function count(value) return shown("count", value) end

-- A paragraph on what a fault does to the published figures.
local function consequence(...)
  return h.p{ h.strong{ "What it does to the figures. " }, ... }
end

-- Main points -------------------------------------------------------------------------------------

local function points(report)
  local total, match = report:row("total"), report:row("match_total")
  local dates, days, effect = report:row("dates_total"), report:row("days_total"),
    report:row("effect")
  local last = report:rows("waiting")
  return {
    string.format("%s rows were read from %s files: %s accepted and %s rejected (%s). %s",
      count(total.read), count(total.files), count(total.accepted), count(total.rejected),
      share(total.rejected_share), total.unbalanced == 0
        and "In every file accepted and rejected add up to read."
        or count(total.unbalanced) .. " files do not add up."),
    total.refused > 0 and string.format("Files that could not be read at all: %s.",
      count(total.refused)),
    match and string.format("%s of the %s rows of the managed caseload are matched to a PNC"
      .. " record (%s).", count(match.by_pnc_id + match.by_name + match.by_review),
      count(match.listed), share(match.share)),
    dates and string.format("Of %s proven offences that count, %s have no known first day (%s) and"
      .. " %s a range of days.", count(dates.offences), count(dates.undated + dates.open_start),
      share(dates.no_day_share), count(dates.ranges)),
    days and string.format("Half of the offences proven in the last year before the extract were"
      .. " proven within %s days of being committed, nine in ten within %s days.",
      count(days.median_days), count(days.ninth_decile_days)),
    string.format("Were the day of every offence known, %s more offenders of the window %s at most"
      .. " would be re-offenders: %s instead of %s.", count(effect.more_reoffenders),
      report.window.period, share(effect.at_most), share(effect.proportion)),
    #last > 1 and string.format("At the end of the follow-up %s of the re-offences of that window"
      .. " were proven; the rest came in the waiting period.", share(last[1].share)),
  }
end

function sections.main_points(report)
  local items = {}
  local found = points(report)
  for place = 1, 7 do items[place] = found[place] and h.li{ found[place] } or nil end
  return { id = "main-points", title = "Main points", content = h.ul{ items } }
end

-- Loading -----------------------------------------------------------------------------------------

function sections.loading(report)
  return {
    id = "rows-read", title = "Rows read, accepted and rejected",
    content = {
      h.p{ "Every rejected row is kept with its file, line and reason. Nothing is repaired." },
      report:bars({ topic = "rejected_share", title = "Share of rows rejected, by format",
        note = "Rejected rows divided by rows read.", label = "format", value = "rejected_share",
        kind = "share" }, report:rows("formats")),
      report:table("rows_by_format", "Rows by format", {
        { "format", "Format", "text" }, { "files", "Files", "count" }, { "read", "Read", "count" },
        { "accepted", "Accepted", "count" }, { "rejected", "Rejected", "count" },
        { "rejected_share", "Share rejected", "share" },
        { "unbalanced", "Files that do not add up", "count" } }, report:rows("formats")),
      page.unfold("Every file", report:table("rows_by_file", "Rows by file", {
        { "file", "File", "text" }, { "as_of", "Extract", "date" }, { "read", "Read", "count" },
        { "accepted", "Accepted", "count" }, { "rejected", "Rejected", "count" },
        { "unaccounted", "Accepted + rejected less read", "count" } }, report:rows("files"))),
    },
  }
end

function sections.reasons(report)
  local effect = report:row("effect")
  return {
    id = "reasons", title = "Reasons to reject",
    content = {
      #report:rows("reasons") > 0 and report:bars({ topic = "reason_share",
        title = "Rejected rows by reason", note = "Share of all rejected rows.",
        label = "reason_code", value = "share", kind = "share" }, report:rows("reasons")),
      report:table("rejected_by_reason", "Rejected rows by reason", {
        { "reason_code", "Reason", "text" }, { "meaning", "Meaning", "code" },
        { "files", "Files", "count" }, { "rows", "Rows", "count" },
        { "share", "Share of rejected rows", "share" } }, report:rows("reasons")),
      page.unfold("By file and column", report:table("rejected_by_file",
        "Rejected rows by file and reason", {
        { "file", "File", "text" }, { "column_name", "Column", "text", without = "Whole row" },
        { "reason_code", "Reason", "text" }, { "rows", "Rows", "count" },
        { "share", "Share of rows read", "share" } }, report:rows("reasons_by_file"))),
      consequence(string.format("A rejected appearance, release or test is no index event and no"
        .. " further appearance; a rejected offence is neither a re-offence nor a previous one."
        .. " Duplicates and rows a later record replaced lose nothing. Of the others %s entry"
        .. " events say a day in the window %s, and %s offences were proven in it or before its"
        .. " waiting period was over.", count(effect.rejected_events), report.window.period,
        count(effect.rejected_offences))),
    },
  }
end

-- Matching ----------------------------------------------------------------------------------------

local MATCH = {
  { "listed", "Listed", "count" }, { "by_pnc_id", "By PNC id", "count" },
  { "by_name", "By name", "count" }, { "by_review", "By review", "count" },
  { "possible", "Possible", "count" }, { "unmatched", "Unmatched", "count" },
  { "share", "Share matched", "share" },
}

local function match_columns(...)
  local columns = { ... }
  return table.move(MATCH, 1, #MATCH, #columns + 1, columns)
end

-- Every area in every quarter: too long for the page.
local function add_areas_and_quarters(report)
  for _, row in ipairs(report:rows("match_by_area_and_quarter")) do
    local names = { row.area_name or "Not known", row.area_code or "Not known", row.quarter }
    for _, column in ipairs(MATCH) do
      report:add("match_by_area_and_quarter", names, column[1], column[3], row[column[1]])
    end
  end
end

local function caseload(report)
  local total = report:row("match_total")
  if not total then return h.p{ "No managed caseload is loaded." } end
  add_areas_and_quarters(report)
  local lines = { { "share", "Matched" } }
  if total.share ~= total.pnc_id_share then lines[2] = { "pnc_id_share", "By PNC id alone" } end
  return {
    report:lines({ topic = "match_by_quarter", title = "Caseload rows matched to a PNC record",
      note = "By quarter of the caseload extract.", place = "quarter", x_title = "Extract",
      kind = "share", lines = lines }, report:rows("match_by_quarter")),
    page.unfold("Every quarter", report:table("match_by_quarter", "Caseload matched, by quarter",
      match_columns({ "quarter", "Quarter from", "text" }), report:rows("match_by_quarter"))),
    page.unfold("Every area", report:table("match_by_area", "Caseload matched, by area",
      match_columns({ "area_name", "Area", "text" }, { "area_code", "Code", "text" }),
      report:rows("match_by_area"))),
    h.p{ "Every area in every quarter stands in the CSV, topic match_by_area_and_quarter." },
  }
end

function sections.matching(report)
  local effect = report:row("effect")
  return {
    id = "matching", title = "Matching",
    content = {
      h.h3{ "Managed caseload" },
      caseload(report),
      h.h3{ "Every source" },
      report:table("match_by_source", "Rows matched to a person by their PNC id", {
        { "format", "Format", "text" }, { "rows", "Rows", "count" },
        { "no_id", "No valid PNC id", "count" }, { "nobody", "Nobody on record", "count" },
        { "matched", "Matched", "count" }, { "share", "Share matched", "share" } },
        report:rows("match_by_source")),
      consequence(string.format("Whoever is not matched is missing from the sub-cohort, not from"
        .. " the cohort. On the caseload extracts of the window %s there are %s people matched, and"
        .. " %s descriptions matched to nobody. An event under an id of nobody still counts, with"
        .. " age, sex and ethnicity unknown: that of %s offenders of the window.",
        report.window.period, count(effect.managed), count(effect.managed_unmatched),
        count(effect.nobody))),
    },
  }
end

-- Dates -------------------------------------------------------------------------------------------

local DATED = {
  { "offences", "Offences", "count" }, { "undated", "No date", "count" },
  { "open_start", "Latest day only", "count" }, { "ranges", "Range of days", "count" },
  { "no_day_share", "Share without a first day", "share" },
  { "range_share", "Share with a range", "share" },
}

local function dated_columns(column) return { column, table.unpack(DATED) } end

function sections.dates(report)
  local effect = report:row("effect")
  return {
    id = "dates", title = "Dates of offences",
    content = {
      h.p{ "Proven offences that count, by the year in which they were proven." },
      report:lines({ topic = "dates_by_year", title = "Offences without an exact day",
        note = "Share of proven offences that count, by year of proof.", place = "year",
        x_title = "Year proven", kind = "share", from_zero = true,
        lines = { { "range_share", "Range of days" }, { "no_day_share", "No first day" } } },
        report:rows("dates_by_year")),
      report:table("dates_by_year", "Dates of offences, by year proven",
        dated_columns{ "year", "Year", "text" }, report:rows("dates_by_year")),
      page.unfold("Every force", report:table("dates_by_force",
        "Dates of offences, by force of the place", dated_columns{ "force", "Force", "text" },
        report:rows("dates_by_force"))),
      consequence(string.format("An offence whose first day is not known, or whose range lies on"
        .. " both sides of the index event, is not counted (R20). Of %s offenders in the window %s,"
        .. " %s have an undated offence at any time and %s one that straddles the index event."
        .. " Counting only offences proven in time that may lie in the follow-up, %s offenders are"
        .. " in doubt, of whom %s are not re-offenders without them.", count(effect.offenders),
        report.window.period, count(effect.with_undated), count(effect.with_straddling),
        count(effect.with_doubtful), count(effect.more_reoffenders))),
      report:table("date_ranges", "First and last date of every source", {
        { "what", "Source", "text" }, { "rows", "Rows", "count" },
        { "earliest", "Earliest", "date" }, { "latest", "Latest", "date" },
        { "missing", "Without", "count" } }, report:rows("date_ranges")),
    },
  }
end

-- Days from one date to another: over the years, and in the last year by force. span: its topic
-- ("days", "entry"), name ("offence to proof"), what was done ("offences were proven"), and the
-- titles of what came late.
local function spans(report, span)
  local total = report:row(span.topic .. "_total")
  local by_year, by_force = span.topic .. "_by_year", span.topic .. "_by_force"
  local title = "Days from " .. span.name
  local function columns(part)
    return { { "part", part, "text" }, { "offences", "Offences", "count" },
      { "median_days", "Median, days", "days" },
      { "ninth_decile_days", "90th percentile, days", "days" },
      { "late", span.late, "count" }, { "late_share", span.late_share, "share" } }
  end
  return {
    report:lines({ topic = by_year, title = title, note = "By year of proof.", place = "part",
      x_title = "Year proven", kind = "days", from_zero = true,
      lines = { { "ninth_decile_days", "90th percentile" }, { "median_days", "Median" } } },
      report:rows(by_year)),
    page.unfold("Every year", report:table(by_year, title .. ", by year proven", columns("Year"),
      report:rows(by_year))),
    total and report:bars({ topic = by_force,
      title = "Days within which nine in ten " .. span.done .. ", by force",
      note = "Force of the place; offences proven in the last year before the extract; [u]"
        .. " unreliable, fewer than 30 offences.",
      label = "part", value = "charted_days", kind = "days", missing = "[u]",
      reference = { value = total.ninth_decile_days,
        label = "All: " .. count(total.ninth_decile_days) .. " days" } }, report:rows(by_force)),
    page.unfold("Every force", report:table(by_force, title .. " in the last year, by force",
      columns("Force"), report:rows(by_force))),
  }
end

function sections.timeliness(report)
  return {
    id = "timeliness", title = "Time from offence to proof",
    content = {
      h.p{ "Days from the offence to the day it was proven, for offences that count and have one"
        .. " day as their date." },
      spans(report, { topic = "days", name = "offence to proof", done = "offences were proven",
        late = "Too late to count", late_share = "Share too late" }),
      consequence("Too late to count: proven longer after the offence than follow-up and waiting"
        .. " period together, so that it can be no re-offence of anyone (R13, R15). A force that"
        .. " proves late loses re-offences that another keeps."),
    },
  }
end

local function arrests(report)
  local total = report:row("arrests_total")
  if not total then return h.p{ "The extracts do not say when an arrest was entered." } end
  return {
    h.p{ string.format("Of %s arrests of the last year before the extract, %s were entered the same"
      .. " day or the next (%s).", count(total.arrests), count(total.within_a_day),
      share(total.share)) },
    page.unfold("Every force", report:table("arrests_by_force",
      "Arrests entered the same day or the next, in the last year, by force", {
      { "force", "Force", "text" }, { "arrests", "Arrests", "count" },
      { "within_a_day", "Within a day", "count" }, { "share", "Share", "share" } },
      report:rows("arrests_by_force"))),
  }
end

local function results_entered(report)
  local total, effect = report:row("entry_total"), report:row("effect")
  return {
    h.p{ "Days from the day an offence was proven to the day the result was entered, for offences"
      .. " that count and whose day of entry is known." },
    spans(report, { topic = "entry", name = "proof to entry on PNC", done = "results were entered",
      late = "After the waiting period", late_share = "Share" }),
    total and consequence(string.format("A result counts from the extract on that has it. Of the"
      .. " offences proven in the last year before the extract that it has, %s (%s) were entered"
      .. " later than the waiting period after their proof. Of the re-offences of the window %s,"
      .. " %s were entered after the window was final: an extract taken on that day would have"
      .. " lacked them. A force that enters late has fewer re-offences in the first results than"
      .. " in later ones.", count(total.late), share(total.late_share), report.window.period,
      count(effect.entered_late))),
  }
end

function sections.entry(report)
  local known = #report:rows("entry_by_year") > 0
  return {
    id = "entry", title = "Time to entry on PNC",
    content = {
      h.h3{ "Results" },
      known and results_entered(report)
        or h.p{ "The extracts do not say when a result was entered (column entry_date of"
          .. " pnc_offence), so the time to entry is not measured." },
      h.h3{ "Arrests" },
      arrests(report),
    },
  }
end

-- Codes, releases, exclusions ---------------------------------------------------------------------

function sections.codes(report)
  local effect = report:row("effect")
  return {
    id = "codes", title = "Codes that are not known",
    content = {
      report:table("unknown_codes", "Values that could not be used", {
        { "format", "Format", "text" }, { "column_name", "Column", "text" },
        { "reason_code", "Reason", "text" }, { "outcome", "The row", "code" },
        { "rows", "Rows", "count" } }, report:rows("codes")),
      report:table("offence_codes", "What the register says of the codes of offences that count", {
        { "status", "Code", "text" }, { "codes", "Different codes", "count" },
        { "offences", "Offences", "count" }, { "share", "Share", "share" } },
        report:rows("offence_codes")),
      report:lines({ topic = "unclassified", title = "Re-offences of unknown kind",
        note = "Share of re-offences whose code does not say for certain which group they belong"
          .. " to, by window.", place = "window_start", x_title = "First month of the window",
        kind = "share", from_zero = true, lines = { { "share", "Unknown kind" } } },
        report:rows("unclassified")),
      page.unfold("Every window", report:table("unclassified", "Re-offences of unknown kind", {
        { "window_start", "Window from", "text" }, { "reoffences", "Re-offences", "count" },
        { "unclassified", "Of unknown kind", "count" }, { "share", "Share", "share" } },
        report:rows("unclassified"))),
      consequence(string.format("An offence with an unknown code counts as a re-offence but not by"
        .. " severity: %s of %s re-offences in the window %s (%s). An unknown home area is replaced"
        .. " by that of the force; without either the offender is in the national figures only.",
        count(effect.unclassified), count(effect.reoffences), report.window.period,
        share(effect.unclassified_share))),
    },
  }
end

function sections.releases(report)
  local effect = report:row("effect")
  return {
    id = "releases", title = "Releases without a sentence on record",
    content = {
      report:table("releases", "Discharges from a sentence, by year", {
        { "year", "Year", "text" }, { "releases", "Releases", "count" },
        { "no_sentence", "No sentence on record", "count" }, { "share", "Share", "share" } },
        report:rows("releases")),
      consequence(string.format("A discharge without the sentence it ends is no index event (R8):"
        .. " %s in the window %s.", count(effect.releases_lost), report.window.period)),
    },
  }
end

function sections.exclusions(report)
  return {
    id = "exclusions", title = "Events that do not count, by reason",
    content = {
      h.p{ "Excluded by the rules of the measure. The rows are kept." },
      report:table("exclusions", "Events by reason", {
        { "what", "Event", "text" }, { "reason", "Reason", "text" },
        { "events", "Events", "count" }, { "share", "Share of the events", "share" } },
        report:rows("exclusions")),
    },
  }
end

-- The window --------------------------------------------------------------------------------------

local EFFECT = {
  { "offenders", "Offenders", "count" },
  { "reoffenders", "Re-offenders", "count" },
  { "proportion", "Proportion who re-offend", "share" },
  { "with_undated", "Offenders with an undated offence at any time", "count" },
  { "with_straddling", "Offenders with an offence that straddles the index event", "count" },
  { "with_doubtful", "Offenders with a doubtful offence proven in time", "count" },
  { "more_reoffenders", "Of these, not re-offenders without it", "count" },
  { "at_most", "Proportion if all of these had re-offended", "share" },
  { "unclassified", "Re-offences of unknown kind", "count" },
  { "unclassified_share", "Share of re-offences of unknown kind", "share" },
  { "entered_late", "Re-offences entered on PNC after the window was final", "count" },
  { "rejected_events", "Rejected entry events with a day in the window", "count" },
  { "rejected_offences", "Rejected offences proven in the window or before its wait was over",
    "count" },
  { "managed", "People matched on the caseload extracts of the window", "count" },
  { "managed_unmatched", "Descriptions on them matched to nobody", "count" },
  { "nobody", "Offenders under a PNC id of nobody on record", "count" },
  { "no_area", "Offenders without an area", "count" },
  { "no_age", "Offenders of unknown age", "count" },
  { "no_sex", "Offenders of unknown sex", "count" },
  { "no_ethnicity", "Offenders of unknown ethnicity", "count" },
  { "no_group", "Offenders without an index offence group (drug tests included)", "count" },
  { "releases_lost", "Releases without a sentence on record", "count" },
  { "appearances_lost", "Appearances none of whose offences counts", "count" },
}

function sections.effect(report)
  local effect, rows = report:row("effect"), {}
  for place, entry in ipairs(EFFECT) do
    local field, label, kind = entry[1], entry[2], entry[3]
    report:add("window", { label }, field, kind, effect[field])
    rows[place] = { label, shown(kind, effect[field]) }
  end
  return {
    id = "window", title = "The window " .. report.window.period,
    content = {
      h.p{ "What the faults amount to in the national figures of one window." },
      page.table("table-window", report:table_title("Faults in the window "
        .. report.window.period), { { "What" }, { "Figure" } }, rows),
    },
  }
end

function sections.waiting(report)
  local windows = {}
  for place, row in ipairs(report:rows("windows")) do
    windows[place] = setmetatable({
      period = format.short_period(row.window_start, row.last_day),
      state = row.complete == 1 and "final" or "provisional",
    }, { __index = row })
  end
  return {
    id = "waiting", title = "Waiting for proof",
    content = {
      h.p{ "Re-offences of the window ", report.window.period, " that are known after so many"
        .. " months of waiting, as a share of those known when the waiting is over." },
      report:lines({ topic = "waiting", title = "Share of re-offences known, by months waited",
        note = "Window " .. report.window.period .. "; month 0 is the end of the follow-up of each"
          .. " offender.", place = "wait", x_title = "Months waited after the follow-up",
        x = function(value) return value end, kind = "share",
        lines = { { "reoffenders_share", "Known re-offenders" }, { "share", "Re-offences" } } },
        report:rows("waiting")),
      report:table("waiting", "Re-offences known, by months waited", {
        { "wait", "Months waited", "text" }, { "reoffenders", "Re-offenders", "count" },
        { "reoffenders_share", "Share", "share" }, { "reoffences", "Re-offences", "count" },
        { "share", "Share", "share" } }, report:rows("waiting")),
      h.h3{ "How complete the later windows are" },
      report:table("windows", "Later windows: followed, waited, proven late", {
        { "period", "Window", "text" }, { "state", "State", "code" },
        { "offenders", "Offenders", "count" },
        { "followed_share", "Follow-up over", "share" },
        { "waited_share", "Waiting over", "share" }, { "reoffences", "Re-offences", "count" },
        { "last_month", "Proven in the last month of the wait", "count" },
        { "last_month_share", "Share", "share" } }, windows),
      consequence("A window is final when the waiting is over for all who can be in it (R16). In a"
        .. " provisional one those whose waiting is not over can still become re-offenders."
        .. " Re-offences proven in the last month show how much a longer wait would add."),
    },
  }
end

function sections.revisions(report)
  local records, results = report:rows("revisions"), report:rows("result_revisions")
  local content = {}
  if #records > 0 then
    content[1] = report:table("revisions", "Records the last load changed", {
      { "event", "Record", "text" }, { "kind", "Kind", "text" },
      { "first_year", "From", "code", without = "[x]" },
      { "last_year", "To", "code", without = "[x]" },
      { "added", "Added", "count" }, { "removed", "Removed", "count" },
      { "changed", "Changed", "count" } }, records)
  else
    content[1] = h.p{ "No load has changed records that an earlier one brought." }
  end
  if #results > 0 then
    content[2] = report:table("result_revisions", "Figures that differ from the last build",
      { { "topic", "Broken down by", "text" }, { "figures", "Figures", "count" },
        { "windows", "Windows", "count" }, { "final", "Of windows that were final", "count" } },
      results)
    content[3] = h.p{ "Every one, old and new: reoffend revisions DATABASE --figures" }
  else
    content[2] = h.p{ "No figure differs from that of the build before." }
  end
  return { id = "revisions", title = "Revisions", content = content }
end

return sections
