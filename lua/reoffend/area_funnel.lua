-- area_funnel.lua - the areas beside one another: a funnel chart and its table, no ranking.
--
-- Requires: reoffend.format, reoffend.funnel_chart, reoffend.html, reoffend.measures,
-- reoffend.page.
--
-- A small area's rate moves more by chance than a large one's. The limits show, for each size, what
-- chance alone would give around the national rate (exact binomial, from the extension).

local format = require "reoffend.format"
local funnel_chart = require "reoffend.funnel_chart"
local html = require "reoffend.html"
local measures = require "reoffend.measures"
local page = require "reoffend.page"

local h = html.elements
local area_funnel = {}

local STEPS = 60

-- Where a rate lies against the limits for its size.
local function position(proportion, limits)
  if proportion > limits.outer_high then return "Above 99.8%", true end
  if proportion < limits.outer_low then return "Below 99.8%", true end
  if proportion > limits.high then return "Above 95%", false end
  if proportion < limits.low then return "Below 95%", false end
  return "Within both", false
end

-- Sizes from the smallest to the largest area and a little beyond, evenly on a log scale.
local function sizes(points)
  local smallest, largest = math.huge, 1
  for _, point in ipairs(points) do
    smallest, largest = math.min(smallest, point.n), math.max(largest, point.n)
  end
  local low, high = math.log(smallest * 0.8), math.log(largest * 1.25)
  local found, previous = {}, 0
  for step = 0, STEPS do
    local size = math.max(1, math.floor(math.exp(low + (high - low) * step / STEPS) + 0.5))
    if size > previous then found[#found + 1], previous = size, size end
  end
  return found
end

local function area_name(release, record)
  local area = release.areas[record.area_code]
  return area and area.area_name or "Area not known"
end

-- The records in order of area code, that of the unknown area last.
local function in_order(records)
  local sorted = table.move(records, 1, #records, 1, {})
  table.sort(sorted, function(one, other)
    return (one.area_code or "~") < (other.area_code or "~")
  end)
  return sorted
end

-- The points of the chart and the rows of the table; adds both to the sheet.
local function collect(publication, records, target)
  local points, rows = {}, {}
  local release = publication.release
  for _, record in ipairs(in_order(records)) do
    local name = area_name(release, record)
    local own = publication.subject.by == "area_code"
      and record.area_code == publication.subject.value
    local standing = page.figure_text(record, "proportion")
    if not record.hidden and record.offenders > 0 then
      local limits = release:funnel(target, { record.offenders })[1]
      local outside
      standing, outside = position(record.proportion, limits)
      if record.area_code then
        points[#points + 1] = { label = name, n = record.offenders, y = record.proportion,
          own = own, outside = outside }
      end
    end
    rows[#rows + 1] = {
      name, record.area_code or "[x]", page.figure_text(record, "offenders"),
      page.figure_text(record, "reoffenders"), page.figure_text(record, "proportion"),
      page.limit_text(record, "proportion", "low"), page.limit_text(record, "proportion", "high"),
      standing, own = own,
    }
    publication.sheet:add(record, nil, { "offenders", "reoffenders", "proportion" })
  end
  return points, rows
end

local function spoken(points)
  local outside = {}
  for _, point in ipairs(points) do
    if point.outside then outside[#outside + 1] = point.label end
  end
  if #outside == 0 then return "No area lies outside the 99.8% limits." end
  return string.format("%d of %d areas lie outside the 99.8%% limits: %s.", #outside, #points,
    format.list(outside))
end

-- records: one per area; target: the record of the rate they are compared with, target_name its
-- name.
function area_funnel.section(publication, records, target, target_name)
  local section = { id = "areas", title = publication.subject.by == "area_code"
    and "Compared with other areas" or "Areas compared" }
  if not target or target.hidden or target.offenders == 0 or target.reoffenders == 0
    or target.reoffenders == target.offenders then
    section.content = h.p{ "There is no rate to compare areas with." }
    return section
  end
  local points, rows = collect(publication, records, target.proportion)
  if #points == 0 then
    section.content = h.p{ "Too few people in each area for areas to be compared." }
    return section
  end
  local summary = spoken(points)
  local spread = publication.release:overdispersion(target.proportion, publication.window.start,
    target.subcohort)
  local areas_table = page.table("table-areas",
    publication:table_title("Areas, " .. publication.window.period),
    { { "Area" }, { "Code", text = true }, { measures.by_name.offenders.label },
      { measures.by_name.reoffenders.label }, { measures.by_name.proportion.label },
      { "95% interval, low" }, { "95% interval, high" }, { "Against the limits", text = true } },
    rows)
  section.content = {
    h.p{ "Areas differ in the people they deal with, and a small area's figure moves more by"
      .. " chance. An area between the limits is what chance alone would give around "
      .. target_name .. "; areas are not ranked. ", summary },
    spread and h.p{ string.format("The areas vary %s times as much as chance alone would have it"
      .. " (over-dispersion factor, 1 for chance alone); the limits are not widened for it.",
      format.number(spread, 1)) },
    page.chart("chart-areas", {
      publication:figure_title("Proportion who re-offend by number of offenders, each area"),
      string.format("%s. Triangles lie outside the 99.8%% limits. Exact binomial limits. Source:"
        .. " extract of %s%s.", publication.window.period,
        format.date(publication.extract_date), publication.synthetic and ", synthetic data" or ""),
    }, function(id, width)
      return funnel_chart.funnel(id, width, {
        title = "Proportion who re-offend by number of offenders, each area",
        description = summary .. " The table below gives every value.", points = points,
        limits = publication.release:funnel(target.proportion, sizes(points)),
        target = { value = target.proportion,
          label = format.sentence(target_name) .. ": " .. format.percent(target.proportion) },
        x_title = "Offenders (logarithmic scale)",
      })
    end),
    page.unfold("Table of all areas", areas_table),
  }
  return section
end

return area_funnel
