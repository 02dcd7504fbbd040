-- disclosure_page.lua - the internal report of what was hidden and why (R35): page and list.
--
-- Requires: reoffend.format, reoffend.html, reoffend.labels, reoffend.page, reoffend.quality_page,
-- reoffend.tidy_csv.
--
--   disclosure_page.files(release, window)
--
-- It says of every hidden figure whether it is few itself or hidden to protect which other one, so
-- it tells which groups are small, and belongs to whoever answers for the publication, never beside
-- it. It reads the tables `disclosure` and `published`, no result.

local format = require "reoffend.format"
local html = require "reoffend.html"
local labels = require "reoffend.labels"
local page = require "reoffend.page"
local quality_page = require "reoffend.quality_page"
local tidy_csv = require "reoffend.tidy_csv"

local h = html.elements
local disclosure_page = {}

local COLUMNS = {
  { "window_start", "date", "First day of the twelve-month window that identifies offenders" },
  { "area_code", "string", "Code of the area, all, or unknown" },
  { "subcohort", "string", "Sub-cohort, or all" },
  { "breakdown_topic", "string", "What the group is a part of, or total" },
  { "breakdown", "string", "Group within the topic, unknown, or total" },
  { "figure", "string", "people (all figures), or the figure that is hidden of a group" },
  { "reason", "string", "Why it is hidden" },
  { "in_sum", "string", "Of one hidden to protect another: the total, and by what it is made up" },
  { "beside", "string", "The figure it protects" },
  { "exposed", "string", "1: what was published before gives it away all the same" },
}
local KEY = { "window_start", "area_code", "subcohort", "breakdown_topic", "breakdown", "figure" }

-- Groups of the window by breakdown: how many are shown, and why the others are not.
local BY_BREAKDOWN = [[
WITH hidden AS (
  SELECT breakdown_topic, count(*) AS hidden,
         sum(reason LIKE 'fewer %') AS few, sum(reason LIKE 'so that %') AS protecting,
         sum(reason LIKE 'hidden %') AS kept
  FROM disclosure WHERE window_start = :window AND figure = 'people' GROUP BY breakdown_topic),
shown AS (
  SELECT coalesce(nullif(trim(replace(replace(topic, 'area_code', ''), 'subcohort', ''), ','), ''),
                  'total') AS breakdown_topic,
         sum(status = 'shown') AS shown
  FROM published WHERE window_start = :window GROUP BY 1)
SELECT breakdown_topic, shown, coalesce(few, 0) AS few, coalesce(protecting, 0) AS protecting,
       coalesce(kept, 0) AS kept
FROM shown LEFT JOIN hidden USING (breakdown_topic)
ORDER BY breakdown_topic = 'total' DESC, breakdown_topic]]

local BY_FIGURE = [[
SELECT figure, reason, count(*) AS groups FROM disclosure
WHERE window_start = :window AND figure <> 'people'
GROUP BY figure, reason ORDER BY figure, reason]]

local LIST = [[
SELECT window_start, area_code, subcohort, breakdown_topic, breakdown, figure, reason, in_sum,
       beside, exposed
FROM disclosure WHERE window_start = :window
ORDER BY area_code, subcohort, breakdown_topic, breakdown, figure]]

local function make_sheet(release, window)
  local sheet = tidy_csv.new(release)
  sheet.columns, sheet.key = COLUMNS, KEY
  for place, row in ipairs(release.connection:rows(LIST, { window = window.start })) do
    local texts = {}
    for column, about in ipairs(COLUMNS) do
      texts[column] = tidy_csv.text_cell(tostring(row[about[1]] or ""))
    end
    sheet.lines[place] = { text = table.concat(texts, ","), order = place, window = "", code = "",
      subcohort = "", topic = "", place = 0 }
  end
  return sheet
end

local function breakdown_title(topic)
  return topic == "total" and "Whole areas, sub-cohorts, England and Wales"
    or labels.breakdowns[topic].title
end

local function by_breakdown(made)
  local rows = {}
  for place, row in ipairs(made.release.connection:rows(BY_BREAKDOWN,
    { window = made.window.start })) do
    rows[place] = { breakdown_title(row.breakdown_topic), format.number(row.shown),
      format.number(row.few), format.number(row.protecting), format.number(row.kept) }
  end
  return {
    id = "groups", title = "Groups",
    content = page.table("table-groups", made:table_title("Groups by breakdown"),
      { { "Breakdown" }, { "Shown" }, { "Hidden: few people" }, { "Hidden to protect those" },
        { "Hidden before" } }, rows),
  }
end

local function by_figure(made)
  local rows = {}
  for place, row in ipairs(made.release.connection:rows(BY_FIGURE,
    { window = made.window.start })) do
    rows[place] = { row.figure:gsub("_", " "), row.reason, format.number(row.groups) }
  end
  return {
    id = "figures", title = "Single figures of whole groups",
    content = page.table("table-figures",
      made:table_title("Figures hidden by themselves, and why"),
      { { "Figure" }, { "Reason", text = true }, { "Groups" } }, rows),
  }
end

local EXPOSED = "SELECT count(*) AS figures FROM disclosure"
  .. " WHERE window_start = :window AND exposed = 1"

-- A warning where nothing that could be hidden is left; nil where all is safe.
local function exposed(release, window)
  local figures = release.connection:rows(EXPOSED, { window = window.start })[1].figures
  if figures == 0 then return nil end
  return h.p{ h.strong{ string.format("Hidden figures that what was published before gives away all"
    .. " the same: %s.", format.number(figures)) }, " The list marks them (exposed)." }
end

local function rule(release, window)
  return {
    id = "rule", title = "The rule",
    content = {
      h.p{ string.format("A group is hidden where fewer than %d people are in it, re-offended or"
        .. " did not; others beside it, until every hidden number has at least %d possible values"
        .. " for whoever knows all that is shown and all sums. The CSV lists every hidden figure"
        .. " with its reason and, of one hidden to protect another, the sum in which and the figure"
        .. " beside which.", release.threshold, release.threshold) },
      exposed(release, window),
      h.p{ "Never hand this out with the publication: it says which groups are small." },
    },
  }
end

function disclosure_page.files(release, window)
  local made = quality_page.new(release, window)
  made.sheet = make_sheet(release, window)
  return made:files{
    name = "INTERNAL-disclosure-" .. window.start,
    title = "What is hidden and why: " .. window.period,
    series = "Management information, proven re-offending",
    description = "Every figure that is not published, and the reason.",
    banner = { h.strong{ "Internal: not for publication." }, " It says which groups are small.",
      made.synthetic and " The data are synthetic." or "" },
    status = "For the window " .. window.period .. ".",
    sections = { rule(release, window), by_breakdown(made), by_figure(made) },
    footer = { h.p{ "Made with reoffend ", release.version, " from the extract of ",
      format.date(made.extract_date), ". Internal: not for publication." } },
  }
end

return disclosure_page
