-- model_sections.lua - the sections of the publication on the models that predict.
--
-- Requires: reoffend.calibration_chart, reoffend.format, reoffend.html, reoffend.page.
--
-- Every function takes a report (table_page.lua) with `models` (model_reader.lua) and returns a
-- section: id, title, content.

local calibration_chart = require "reoffend.calibration_chart"
local format = require "reoffend.format"
local html = require "reoffend.html"
local page = require "reoffend.page"

local h = html.elements
local sections = {}

local function name_of(model) return model.name .. ", " .. model.of end

local function id_of(model) return model.series .. "-" .. model.age_group end

-- The last year of a model's quality that is not hidden, beyond its base year; nil without one.
local function last_year(model)
  for place = #model.quality, 2, -1 do
    if not model.quality[place].hidden then return model.quality[place] end
  end
end

-- Main points -------------------------------------------------------------------------------------

-- "lower, by 1.2 percentage points", or that it may be chance.
local function verdict(row)
  if row.excess_high < 0 then return "lower, by " .. format.points(row.excess) end
  if row.excess_low > 0 then return "higher, by " .. format.points(row.excess) end
  return "not clearly different"
end

local function model_points(model)
  local base, last = model.quality[1], last_year(model)
  local people = model.offenders and string.format("%s offenders identified from %s, of whom %s"
    .. " re-offended.", format.number(model.offenders), model.period,
    format.percent(model.proportion))
    or string.format("the offenders identified from %s; how many is hidden.", model.period)
  local points = { string.format("%s: fitted on %s", name_of(model), people) }
  if base and not base.hidden then
    points[2] = string.format("Of a re-offender and another of that year, the model gives the"
      .. " re-offender the higher probability %s of the time (95%% interval %s to %s).",
      format.percent(base.auc), format.percent(base.auc_low), format.percent(base.auc_high))
  end
  if last then
    points[#points + 1] = string.format("In %s it predicted %s; the actual proportion, %s, was %s.",
      last.period, format.percent(last.predicted), format.percent(last.actual), verdict(last))
  end
  return table.concat(points, " ")
end

function sections.main_points(report)
  local items = {}
  for place, model in ipairs(report.models) do items[place] = h.li{ model_points(model) } end
  return {
    id = "main-points", title = "Main points",
    content = {
      h.ul{ items },
      h.p{ class = "note", "[c]: hidden, because the figures concern few people or would give away"
        .. " figures that do. [x]: not available." },
    },
  }
end

-- Method ------------------------------------------------------------------------------------------

local METHOD = {
  "Each offender has a probability of re-offending within 12 months, by a logistic regression"
    .. " fitted by maximum likelihood on one base year. Adults and juveniles have models of their"
    .. " own.",
  "What a model knows of an offender, on the day of the index event: age and sex; ethnicity; the"
    .. " kind of index event; the group of its gravest offence; how many offences were proven"
    .. " before (as ln(1 + number)); releases from custody before; and the rate of offending of"
    .. " Copas, ln((1 + sanctions) / (10 + years since the first)).",
  "The predicted proportion of a group is the mean of its members' probabilities. In the base year"
    .. " it equals the actual one, in all and at every fitted level, by the way the models are"
    .. " fitted.",
  "Adjusted proportion = actual − predicted + actual of the base year. Actual and predicted are"
    .. " compared over the same people: those with a prediction. The 95% limits reflect how far the"
    .. " number of re-offenders varies by chance when the probabilities are right; they do not"
    .. " reflect that the models themselves are estimates.",
  "Someone with a level that was not there in the base year, or of unknown age, has no prediction."
    .. " Levels too rare to be fitted are pooled; the lists of terms say which.",
}

function sections.method(report)
  local items = {}
  for place, text in ipairs(METHOD) do items[place] = h.p{ text } end
  for _, model in ipairs(report.models) do
    if model.base_window:sub(1, 4) ~= model.asked_year then
      items[#items + 1] = h.p{ string.format("%s: the extracts do not hold the year %s, which was"
        .. " asked for; the models are those of the first whole year they hold.", name_of(model),
        model.asked_year) }
    end
  end
  return { id = "method", title = "How it is predicted", content = items }
end

-- Calibration -------------------------------------------------------------------------------------

-- A year of tenths as points; hidden ones have no place in the chart.
local function points_of(year)
  local points = {}
  for place, row in ipairs(year.rows) do
    points[place] = row.hidden and {} or row
  end
  return points
end

local function described(model)
  local spoken = {}
  for _, year in ipairs(model.deciles) do
    local last = year.rows[#year.rows]
    if last and not last.hidden then
      spoken[#spoken + 1] = string.format("%s: of the tenth with the highest probabilities %s"
        .. " re-offended, predicted %s", year.period, format.percent(last.actual),
        format.percent(last.predicted))
    end
  end
  return table.concat(spoken, "; ") .. ". The table below gives every value."
end

local function calibration_figure(report, model)
  local series = {}
  for place, year in ipairs(model.deciles) do
    series[place] = { label = year.period, points = points_of(year) }
  end
  local chart = { title = "Actual against predicted, by tenths of the offenders", series = series,
    description = described(model), x_title = "Predicted proportion",
    y_title = "Actual proportion" }
  return page.chart("chart-calibration-" .. id_of(model), {
    report:figure_title("Proportion who re-offend against predicted: " .. name_of(model)),
    "Each point is a tenth of the offenders, put in order of their probability; the line through it"
      .. " is the 95% confidence interval of the actual proportion. Above the dashed line more"
      .. " re-offended than predicted. " .. report:source(),
  }, function(id, width) return calibration_chart.draw(id, width, chart) end)
end

local function calibration_table(report, model)
  local rows = {}
  for _, year in ipairs(model.deciles) do
    for _, row in ipairs(year.rows) do
      rows[#rows + 1] = { model = name_of(model), period = year.period,
        decile = tostring(row.decile), hidden = row.hidden, predicted = row.predicted,
        actual = row.actual, low = row.low, high = row.high }
    end
  end
  local caption = "Tenths of the offenders: " .. name_of(model)
  return report:table("calibration_" .. id_of(model), caption, {
    { "period", "Window", "text" }, { "decile", "Tenth, by probability", "text" },
    { "predicted", "Predicted", "proportion" }, { "actual", "Actual", "proportion" },
    { "low", "95% interval, low", "proportion" }, { "high", "95% interval, high", "proportion" },
  }, rows)
end

function sections.calibration(report)
  local content = {}
  for _, model in ipairs(report.models) do
    if #model.deciles > 0 then
      content[#content + 1] = h.h3{ name_of(model) }
      content[#content + 1] = calibration_figure(report, model)
      content[#content + 1] = page.unfold("Table of the tenths", calibration_table(report, model))
    end
  end
  return { id = "calibration", title = "Do as many re-offend as predicted?", content = content }
end

-- As the years go by ------------------------------------------------------------------------------

local DRIFT = {
  { "period", "Window", "text" }, { "actual", "Actual", "proportion" },
  { "predicted", "Predicted", "proportion" }, { "excess", "Actual less predicted", "difference" },
  { "excess_low", "95% interval, low", "difference" },
  { "excess_high", "95% interval, high", "difference" },
}

local QUALITY = {
  { "period", "Window", "text" }, { "auc", "AUC", "score" },
  { "auc_low", "95% interval, low", "score" }, { "auc_high", "95% interval, high", "score" },
  { "brier", "Brier score", "score" },
  { "brier_of_actual", "Brier score without a model", "score" },
}

-- The years of a chart: hidden ones are gaps. nil where a line would be mostly gaps.
local function charted(rows)
  local found, gaps = {}, 0
  for place, row in ipairs(rows) do
    found[place] = { window_start = row.window_start }
    if row.hidden then
      gaps = gaps + 1
    else
      found[place].actual, found[place].predicted = row.actual, row.predicted
    end
  end
  return 2 * gaps < #rows and found or nil
end

local function drift_figure(report, model)
  local rows = charted(model.quality)
  return rows and report:lines({
    topic = "drift_" .. id_of(model), title = "Actual and predicted: " .. name_of(model),
    note = "Windows from January, those whose results are final.", place = "window_start",
    x_title = "First month of the twelve-month window", kind = "proportion",
    lines = { { "actual", "Actual" }, { "predicted", "Predicted" } },
  }, rows)
end

function sections.drift(report)
  local content = {
    h.p{ "A model knows its base year. Where actual and predicted part as the years go by,"
      .. " offenders like those of the base year re-offend more or less than they did: what"
      .. " adjusted proportions are made to show. Where the AUC falls, the model tells offenders"
      .. " apart less well than it did." },
    h.p{ class = "note", "AUC: of a re-offender and another, how often the first has the higher"
      .. " probability; 0.5 is chance (intervals by DeLong). Brier score: the mean squared"
      .. " difference of probability and outcome; lower is better. Beside it that of giving"
      .. " everyone the actual proportion." },
  }
  for _, model in ipairs(report.models) do
    content[#content + 1] = h.h3{ name_of(model) }
    content[#content + 1] = drift_figure(report, model)
    content[#content + 1] = report:table("drift_" .. id_of(model),
      "Actual and predicted, year by year: " .. name_of(model), DRIFT, model.quality)
    content[#content + 1] = report:table("quality_" .. id_of(model),
      "How well the model tells offenders apart: " .. name_of(model), QUALITY, model.quality)
  end
  return { id = "as-years-go-by", title = "As the years go by", content = content }
end

-- Coefficients ------------------------------------------------------------------------------------

local TERMS = {
  { "name", "Covariate", "text" }, { "label", "Level", "text", without = "" },
  { "estimate", "Estimate", "log_odds", without = "–" },
  { "std_error", "Standard error", "log_odds", without = "–" },
  { "z", "z", "statistic", without = "–" }, { "p", "p", "probability", without = "–" },
  { "odds_ratio", "Odds ratio", "odds_ratio", without = "–" }, { "state_text", "State", "code" },
}

local STATES = {
  reference = "reference level", fitted = "", aliased = "follows from other terms: left out",
  unbounded = "no finite estimate",
}

local FIT = {
  { "model", "Model", "text" }, { "offenders", "Offenders", "count" },
  { "reoffenders", "Re-offenders", "count" }, { "proportion", "Proportion", "proportion" },
  { "rank", "Terms", "count" }, { "deviance", "Deviance", "statistic" },
  { "explained", "Explained of it", "proportion" }, { "aic", "AIC", "statistic" },
}

-- What a reader must know before using the terms.
local function settled_note(model)
  if model.converged == 1 then return nil end
  return h.p{ h.strong{ "The estimates did not settle. " }, "Some have no finite value on these"
    .. " people; the last column says which." }
end

local function pooled_note(model)
  local texts = {}
  for place, pooled in ipairs(model.pooled) do
    texts[place] = pooled.name .. ": " .. pooled.label .. " (as " .. pooled.into .. ")"
  end
  if #texts == 0 then return nil end
  return page.unfold("Levels too rare to be fitted, and what they were fitted as", h.p{
    table.concat(texts, "; ") .. "." })
end

function sections.coefficients(report)
  local content, fits = {}, {}
  for place, model in ipairs(report.models) do
    fits[place] = { model = name_of(model), hidden = model.hidden, offenders = model.offenders,
      reoffenders = model.reoffenders, proportion = model.proportion, rank = model.rank,
      deviance = model.deviance, explained = model.explained, aic = model.aic }
  end
  content[1] = report:table("fit", "The models", FIT, fits)
  for _, model in ipairs(report.models) do
    for _, term in ipairs(model.terms) do
      term.state_text = STATES[term.state] or term.state
      if term.state == "reference" then term.std_error = nil end
    end
    content[#content + 1] = h.h3{ name_of(model) }
    content[#content + 1] = settled_note(model)
    content[#content + 1] = report:table("terms_" .. id_of(model), "Terms: " .. name_of(model),
      TERMS, model.terms)
    content[#content + 1] = pooled_note(model)
  end
  return { id = "coefficients", title = "The models", content = content }
end

return sections
