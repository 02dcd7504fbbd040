-- model_reader.lua - the models that predict, as the publication on them shows them (R32).
--
-- Requires: reoffend.disclosure, reoffend.format, reoffend.labels, reoffend.predictions.
--
--   local models = model_reader.read(release)     -- {} without models
--
-- Of each model: series, age_group, name ("Adults"), of ("all offenders"), period (of the base
-- year), its fit, terms, pooled, quality (a row for each year), deciles (of the base year and the
-- last final one). Everything is calculated by SQL.
--
-- Adults and juveniles add up to all but those of unknown age, and those of all are published too.
-- So that these are not given away when they are few, numbers of people are rounded to 5,
-- proportions of a year to three decimals and of a tenth to two, and a year of which few have a
-- prediction, or few have none, is hidden; so is a tenth with few re-offenders or few others.

local disclosure = require "reoffend.disclosure"
local format = require "reoffend.format"
local labels = require "reoffend.labels"
local predictions = require "reoffend.predictions"

local model_reader = {}

local MODEL = [[
SELECT series, age_group, subcohort, asked_year, base_window,
       date(base_window_end, '-1 day') AS last_day, extract_date, software_version,
       CAST(round(offenders / 5.0) * 5 AS INTEGER) AS offenders,
       CAST(round(reoffenders / 5.0) * 5 AS INTEGER) AS reoffenders,
       round(1.0 * reoffenders / offenders, 3) AS proportion,
       round(deviance, 2) AS deviance, round(1 - deviance / null_deviance, 3) AS explained,
       round(aic, 2) AS aic, rank, iterations, converged
FROM model ORDER BY series, age_group]]

local TERMS = [[
SELECT covariate, level, estimate, std_error, z, p, odds_ratio, state FROM model_term
WHERE series = :series AND age_group = :age_group ORDER BY place]]

-- The covariates by their place in the list, as 55_model.sql writes it.
local POOLED = [[
SELECT p.variable, p.level, p.into_level,
       (SELECT covariate FROM model_term AS t
        WHERE t.series = p.series AND t.age_group = p.age_group AND t.level = p.into_level
          AND t.covariate = (SELECT trim(value) FROM model AS m,
            json_each('["' || replace(m.covariates, ', ', '","') || '"]')
            WHERE m.series = p.series AND m.age_group = p.age_group AND key = p.variable - 1)
       ) AS covariate
FROM model_pooled AS p
WHERE p.series = :series AND p.age_group = :age_group ORDER BY p.variable, p.level]]

local QUALITY = [[
SELECT window_start, date(window_start, '+12 months', '-1 day') AS last_day,
       round(actual, 3) AS actual, round(predicted, 3) AS predicted, round(excess, 3) AS excess,
       round(excess_low, 3) AS excess_low, round(excess_high, 3) AS excess_high,
       round(auc, 3) AS auc, round(auc_low, 3) AS auc_low, round(auc_high, 3) AS auc_high,
       round(brier, 3) AS brier, round(brier_of_actual, 3) AS brier_of_actual,
       scored_offenders, scored_reoffenders, offenders - scored_offenders AS other_offenders,
       reoffenders - scored_reoffenders AS other_reoffenders
FROM model_quality
WHERE series = :series AND age_group = :age_group ORDER BY window_start]]

local DECILES = [[
SELECT window_start, date(window_start, '+12 months', '-1 day') AS last_day, decile,
       offenders, reoffenders, round(predicted, 2) AS predicted, round(proportion, 2) AS actual,
       round(proportion_low, 2) AS low, round(proportion_high, 2) AS high
FROM model_decile
WHERE series = :series AND age_group = :age_group ORDER BY window_start, decile]]

-- A plain table, so that fields can be added; NULL stays nil.
local function plain(row)
  local record = {}
  for name, value in pairs(row) do record[name] = value end
  return record
end

local function read(release, sql, model)
  local found = {}
  for place, row in ipairs(release.connection:rows(sql,
    model and { series = model.series, age_group = model.age_group } or {})) do
    found[place] = plain(row)
    if found[place].window_start then
      found[place].period = format.short_period(row.window_start, row.last_day)
    end
  end
  return found
end

-- Names of terms ------------------------------------------------------------------------------

local COVARIATES = {
  ["(Intercept)"] = "Intercept", ln_previous_offences = "ln(1 + previous offences)",
  previous_custody = "Releases from custody before", copas_rate = "Rate of offending (Copas)",
  ["age_band*sex"] = "Age and sex",
}

function model_reader.covariate(name)
  local about = labels.breakdowns[name]
  return COVARIATES[name] or about and about.column or name
end

-- The level of a factor in words: "18-20*M" -> "18 to 20, male".
function model_reader.level(covariate, level)
  if level == nil then return "" end
  if level == "other levels" then return "Other, rare" end
  local parts, values = {}, level:gmatch("[^*]+")
  for name in covariate:gmatch("[^*]+") do
    local value = values()
    local label = labels.value(name, value ~= "unknown" and value or nil)
    parts[#parts + 1] = #parts > 0 and label:lower() or label
  end
  return table.concat(parts, ", ")
end

-- Disclosure ----------------------------------------------------------------------------------

local function protect_quality(release, rows)
  for _, row in ipairs(rows) do
    local few = predictions.are_few
    row.hidden = few(row.scored_offenders, row.scored_reoffenders, release.threshold)
      or few(row.other_offenders, row.other_reoffenders, release.threshold)
      or false
  end
  return rows
end

local function total_of(rows)
  local total = { offenders = 0, reoffenders = 0 }
  for _, row in ipairs(rows) do
    total.offenders = total.offenders + row.offenders
    total.reoffenders = total.reoffenders + row.reoffenders
  end
  return total
end

-- The tenths of each year, protected; those of a hidden year are all hidden.
local function by_year(release, rows, quality)
  local years, hidden = {}, {}
  for _, row in ipairs(quality) do hidden[row.window_start] = row.hidden end
  for _, row in ipairs(rows) do
    local year = years[#years]
    if not year or year.window_start ~= row.window_start then
      year = { window_start = row.window_start, period = row.period, rows = {} }
      years[#years + 1] = year
    end
    year.rows[#year.rows + 1] = row
  end
  for _, year in ipairs(years) do
    local line = table.move(year.rows, 1, #year.rows, 1, {})
    line[#line + 1] = total_of(year.rows)
    disclosure.protect(line, { line }, release.threshold)
    for _, row in ipairs(year.rows) do
      if hidden[row.window_start] then row.hidden = "secondary" end
    end
  end
  return years
end

-- Reading -------------------------------------------------------------------------------------

local NAMES = { adult = "Adults", juvenile = "Juveniles" }

function model_reader.read(release)
  if not release.connection:has_table("model") then return {} end
  local models = read(release, MODEL)
  for _, model in ipairs(models) do
    model.name = NAMES[model.age_group] or model.age_group
    model.of = model.subcohort and labels.value("subcohort", model.subcohort) or "all offenders"
    model.period = format.period(model.base_window, model.last_day)
    model.terms, model.pooled = read(release, TERMS, model), read(release, POOLED, model)
    for _, term in ipairs(model.terms) do
      term.name = model_reader.covariate(term.covariate)
      term.label = model_reader.level(term.covariate, term.level)
    end
    for _, pooled in ipairs(model.pooled) do
      pooled.name = model_reader.covariate(pooled.covariate)
      pooled.label = model_reader.level(pooled.covariate, pooled.level)
      pooled.into = model_reader.level(pooled.covariate, pooled.into_level)
    end
    model.quality = protect_quality(release, read(release, QUALITY, model))
    model.deciles = by_year(release, read(release, DECILES, model), model.quality)
  end
  return models
end

return model_reader
