-- model_reader.lua - the models that predict, as the publication on them shows them (R32).
--
-- Requires: reoffend.format, reoffend.labels.
--
--   local models = model_reader.read(release)     -- {} without models
--
-- Of each model: series, age_group, name ("Adults"), of ("all offenders"), period (of the base
-- year), its fit, terms, pooled, quality (a row for each year), deciles (of the base year and the
-- last final one). Everything is calculated by SQL. The people a model was fitted on and how the
-- models did are what the disclosure step lets through (sql/65_disclosure.sql, R35).

local format = require "reoffend.format"
local labels = require "reoffend.labels"

local model_reader = {}

local MODEL = [[
SELECT series, age_group, subcohort, asked_year, base_window,
       date(base_window_end, '-1 day') AS last_day, extract_date, software_version,
       p.status, p.offenders, p.reoffenders, p.proportion, p.explained,
       round(deviance, 2) AS deviance, round(aic, 2) AS aic, rank, iterations, converged
FROM model LEFT JOIN published_model AS p USING (series, age_group) ORDER BY series, age_group]]

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
       status, actual, predicted, excess, excess_low, excess_high, auc, auc_low, auc_high, brier,
       brier_of_actual
FROM published_quality
WHERE series = :series AND age_group = :age_group ORDER BY window_start]]

local DECILES = [[
SELECT window_start, date(window_start, '+12 months', '-1 day') AS last_day, decile,
       status, predicted, proportion AS actual, proportion_low AS low, proportion_high AS high
FROM published_decile
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
    found[place].hidden = found[place].status == "hidden"
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

-- Tenths ----------------------------------------------------------------------------------------

-- The tenths by year.
local function by_year(rows)
  local years = {}
  for _, row in ipairs(rows) do
    local year = years[#years]
    if not year or year.window_start ~= row.window_start then
      year = { window_start = row.window_start, period = row.period, rows = {} }
      years[#years + 1] = year
    end
    year.rows[#year.rows + 1] = row
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
    model.quality = read(release, QUALITY, model)
    model.deciles = by_year(read(release, DECILES, model))
  end
  return models
end

return model_reader
