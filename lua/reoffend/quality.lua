-- quality.lua - reads what the data quality report says from a database. Internal; counts only.
--
-- Requires: reoffend.database (for null). Every figure is calculated by SQL; nothing here names a
-- person or an id of one.
--
--   local quality = quality.open(release, window)     -- release.lua, one of its windows
--   quality:rows("reasons")                           -- rows of one query, in their order
--
-- 1. The queries stand in LIST by name. A query over a table the database may lack names it in
--    `needs` and has no rows without it.
-- 2. A median is the smallest value that at least half of the offences reach or stay below; the
--    90th percentile likewise (nearest rank, no interpolation). Days are whole days.
-- 3. Time from offence to proof counts offences that count, are proven and have one day as their
--    date (no range). Time from proof to entry on PNC counts those whose day of entry is known.

local database = require "reoffend.database"

local quality = {}
quality.__index = quality

local LIST = {}

LIST.formats = { sql = [[
SELECT format, count(*) AS files, sum(read) AS read, sum(accepted) AS accepted,
  sum(rejected) AS rejected, 1.0 * sum(rejected) / nullif(sum(read), 0) AS rejected_share,
  sum(read IS NOT accepted + rejected) AS unbalanced
FROM load_file WHERE state = 'current'
GROUP BY format ORDER BY format]] }

LIST.total = { sql = [[
SELECT count(*) AS files, coalesce(sum(read), 0) AS read, coalesce(sum(accepted), 0) AS accepted,
  coalesce(sum(rejected), 0) AS rejected,
  1.0 * sum(rejected) / nullif(sum(read), 0) AS rejected_share,
  coalesce(sum(read IS NOT accepted + rejected), 0) AS unbalanced,
  (SELECT count(*) FROM load_file WHERE state = 'refused') AS refused
FROM load_file WHERE state = 'current']] }

LIST.files = { sql = [[
SELECT file, format, nullif(as_of, '') AS as_of, read, accepted, rejected,
  accepted + rejected - read AS unaccounted
FROM load_file WHERE state = 'current' ORDER BY format, file]] }

LIST.reasons = { sql = [[
SELECT s.meaning, r.reason_code, count(*) AS rows,
  1.0 * count(*) / sum(count(*)) OVER () AS share, count(DISTINCT r.file) AS files
FROM reject AS r LEFT JOIN reject_reason AS s ON s.reason_code = r.reason_code
WHERE r.step <> 'refused'
GROUP BY r.reason_code ORDER BY rows DESC, r.reason_code]] }

LIST.reasons_by_file = { sql = [[
SELECT r.file, nullif(r.column_name, '') AS column_name, r.reason_code, count(*) AS rows,
  1.0 * count(*) / (SELECT nullif(f.read, 0) FROM load_file AS f
    WHERE f.file = r.file AND f.state = 'current') AS share
FROM reject AS r WHERE r.step <> 'refused'
GROUP BY r.file, r.column_name, r.reason_code ORDER BY r.file, r.column_name, r.reason_code]] }

-- The managed caseload, matched to PNC records: by the matching step, else by the PNC id alone.
local RATE = [[
WITH listed AS (
  SELECT quarter_start, area_code, listed_rows, matched_by_pnc_id, matched_by_name,
    matched_by_review, possible, unmatched
  FROM match_rate WHERE source = 'jtrack_caseload'
)
SELECT %s, sum(listed_rows) AS listed, sum(matched_by_pnc_id) AS by_pnc_id,
  sum(matched_by_name) AS by_name, sum(matched_by_review) AS by_review, sum(possible) AS possible,
  sum(unmatched) AS unmatched,
  1.0 * sum(matched_by_pnc_id + matched_by_name + matched_by_review) / sum(listed_rows) AS share,
  1.0 * sum(matched_by_pnc_id) / sum(listed_rows) AS pnc_id_share
FROM listed %s]]
local RATE_BY_ID = RATE:gsub("SELECT quarter_start.-'jtrack_caseload'", [[
SELECT extract_date AS quarter_start, area_code, 1 AS listed_rows,
    offender_id IN (SELECT offender_id FROM person) AS matched_by_pnc_id, 0 AS matched_by_name,
    0 AS matched_by_review, 0 AS possible,
    offender_id IS NULL OR offender_id NOT IN (SELECT offender_id FROM person) AS unmatched
  FROM caseload]])

local function rate(columns, rest)
  return { sql = RATE:format(columns, rest), otherwise = RATE_BY_ID:format(columns, rest),
    needs = "match_rate" }
end

LIST.match_total = rate("1 AS everyone", "HAVING count(*) > 0")
LIST.match_by_quarter = rate("quarter_start AS quarter",
  "GROUP BY quarter_start ORDER BY quarter_start")
local AREA = "(SELECT area_name FROM area AS a WHERE a.area_code = listed.area_code)"
  .. " AS area_name, area_code"
LIST.match_by_area = rate(AREA, "GROUP BY area_code ORDER BY area_code NULLS LAST")
LIST.match_by_area_and_quarter = rate(AREA .. ", quarter_start AS quarter",
  "GROUP BY area_code, quarter_start ORDER BY area_code NULLS LAST, quarter_start")

-- Rows of each source under a PNC id that cannot be read, or that is nobody's on record.
LIST.match_by_source = { sql = [[
WITH held (format, accepted, nobody) AS (
  SELECT 'pnc_appearance', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM appearance WHERE appearance_id % 10 = 0
  UNION ALL
  SELECT 'pnc_offence', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM offence
  UNION ALL
  SELECT 'pnc_arrest', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM arrest
  UNION ALL
  SELECT 'pnc_charge', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM charge
  UNION ALL
  SELECT 'prison_release', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM release
  UNION ALL
  SELECT 'drug_test', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM drug_test
  UNION ALL
  SELECT 'oasys_assessment', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM assessment
  UNION ALL
  SELECT 'cohort', count(*), sum(offender_id NOT IN (SELECT offender_id FROM person))
  FROM local_cohort
), unread AS (
  SELECT format, count(*) AS rows FROM reject
  WHERE column_name = 'pnc_id' AND reason_code IN ('empty', 'not_a_pnc_id') GROUP BY format
)
SELECT h.format, h.accepted + coalesce(u.rows, 0) AS rows, coalesce(u.rows, 0) AS no_id,
  h.nobody, h.accepted - h.nobody AS matched,
  1.0 * (h.accepted - h.nobody) / (h.accepted + coalesce(u.rows, 0)) AS share
FROM held AS h LEFT JOIN unread AS u ON u.format = h.format
WHERE h.accepted + coalesce(u.rows, 0) > 0
ORDER BY h.format]] }

-- Proven offences that count: whether it is known when they were committed (R20).
local DATED = [[
SELECT %s, count(*) AS offences,
  sum(offence_date IS NULL AND offence_date_end IS NULL) AS undated,
  sum(offence_date IS NULL AND offence_date_end IS NOT NULL) AS open_start,
  count(*) FILTER (WHERE offence_date_end > offence_date) AS ranges,
  1.0 * sum(offence_date IS NULL) / count(*) AS no_day_share,
  1.0 * count(*) FILTER (WHERE offence_date_end > offence_date) / count(*) AS range_share
FROM offence AS o %s
WHERE excluded IS NULL AND proven_date IS NOT NULL
GROUP BY 1 %s]]
local YEAR = "iif(proven_date < :first, 'before ' || substr(:first, 1, 4),"
  .. " substr(proven_date, 1, 4)) AS year"
local FORCE = "CASE WHEN o.force_code IS NULL THEN 'Not stated' WHEN p.force_code IS NULL"
  .. " THEN 'Another code' ELSE p.force_name END"
local JOIN_FORCE = "LEFT JOIN police_force AS p ON p.force_code = o.force_code"

-- The earlier years together stand first, then one line for each year.
LIST.dates_by_year = { sql = DATED:format(YEAR, "", "ORDER BY min(proven_date)") }
LIST.dates_by_force = { sql = DATED:format(FORCE .. " AS force", JOIN_FORCE,
  "ORDER BY 1") }
LIST.dates_total = { sql = DATED:format("1 AS everyone", "", "") }

LIST.date_ranges = { sql = [[
SELECT * FROM (
  SELECT 'Appearances: ' || replace(kind, '_', ' ') AS what, count(*) AS rows,
    min(appearance_date) AS earliest, max(appearance_date) AS latest, 0 AS missing
  FROM appearance GROUP BY kind
  UNION ALL
  SELECT 'Offences: first day committed', count(*), min(offence_date), max(offence_date),
    sum(offence_date IS NULL)
  FROM offence
  UNION ALL
  SELECT 'Offences: day proven', count(*), min(proven_date), max(proven_date),
    sum(proven_date IS NULL)
  FROM offence
  UNION ALL
  SELECT 'People: date of birth', count(*), min(birth_date), max(birth_date),
    sum(birth_date IS NULL)
  FROM person
  UNION ALL
  SELECT 'Arrests', count(*), min(arrest_date), max(arrest_date), 0 FROM arrest
  UNION ALL
  SELECT 'Charges', count(*), min(charge_date), max(charge_date), 0 FROM charge
  UNION ALL
  SELECT 'OASys assessments', count(*), min(assessment_date), max(assessment_date), 0
  FROM assessment
  UNION ALL
  SELECT 'Caseload extracts', count(*), min(extract_date), max(extract_date), 0 FROM caseload
)
WHERE rows > 0 ORDER BY what]] }

-- Days from one date of an offence to another: of each part, the offences, the two percentiles and
-- how many came so late as to matter. Days are counted before they are ranked, for there are few
-- different numbers of them.
local DAYS = [[
WITH timed AS (
  SELECT %s AS part, CAST(julianday(o.%s) - julianday(o.%s) AS INTEGER) AS days, %s AS late
  FROM offence AS o %s
  WHERE o.excluded IS NULL AND o.proven_date IS NOT NULL AND %s AND %s
), counted AS (
  SELECT part, days, count(*) AS offences, sum(late) AS late FROM timed GROUP BY part, days
), ranked AS (
  SELECT part, days, offences, late, sum(offences) OVER (PARTITION BY part ORDER BY days) AS place,
    sum(offences) OVER (PARTITION BY part) AS everything
  FROM counted
), part AS (
  SELECT part, sum(offences) AS offences, sum(late) AS late,
    min(iif(place * 2 >= everything, days, NULL)) AS median_days,
    min(iif(place * 10 >= everything * 9, days, NULL)) AS ninth_decile_days
  FROM ranked GROUP BY part
)
SELECT part, offences, median_days, ninth_decile_days,
  iif(offences >= :unreliable, ninth_decile_days, NULL) AS charted_days,
  late, 1.0 * late / offences AS late_share
FROM part ORDER BY part]]

-- late: proven so long after the offence that it is nobody's re-offence; entered after the wait.
local SPAN = {
  days = { "proven_date", "offence_date",
    "o.proven_date > calendar_add_months(o.offence_date, :follow_up + :wait)",
    "o.offence_date IS NOT NULL AND o.offence_date_end IS NULL" },
  entry = { "entry_date", "proven_date",
    "o.entry_date > calendar_add_months(o.proven_date, :wait)", "o.entry_date IS NOT NULL" },
}

-- Proven within the year that ends with the extract.
local LAST_YEAR = "o.proven_date > calendar_add_months(:extract, -12)"

for name, span in pairs(SPAN) do
  local to, from, late, known = table.unpack(span)
  local function by(part, join, rows)
    return { sql = DAYS:format(part, to, from, late, join, known, rows) }
  end
  LIST[name .. "_by_year"] = by("substr(o.proven_date, 1, 4)", "", "o.proven_date >= :first")
  LIST[name .. "_by_force"] = by(FORCE, JOIN_FORCE, LAST_YEAR)
  LIST[name .. "_total"] = by("1", "", LAST_YEAR)
end

-- Arrests of the year that ends with the extract: entered the same day or the next.
local ARRESTS = [[
SELECT %s, count(*) AS arrests,
  sum(julianday(o.entry_date) - julianday(o.arrest_date) <= 1) AS within_a_day,
  1.0 * sum(julianday(o.entry_date) - julianday(o.arrest_date) <= 1) / count(*) AS share
FROM arrest AS o %s
WHERE o.entry_date IS NOT NULL AND o.arrest_date > calendar_add_months(:extract, -12)
GROUP BY 1 ORDER BY 1]]

LIST.arrests_by_force = { sql = ARRESTS:format(FORCE .. " AS force", JOIN_FORCE) }
LIST.arrests_total = { sql = ARRESTS:format("1 AS everyone", "") }

LIST.codes = { sql = [[
SELECT format, column_name, reason_code, 'counts without it' AS outcome, count(*) AS rows
FROM notice GROUP BY format, column_name, reason_code
UNION ALL
SELECT format, column_name, reason_code, 'rejected', count(*)
FROM reject WHERE reason_code IN ('unknown_code', 'unknown_kind')
GROUP BY format, column_name, reason_code
ORDER BY 1, 2, 3, 4]] }

-- What the register of offences says of the codes of offences that count.
LIST.offence_codes = { sql = [[
SELECT coalesce(status, 'no code') AS status, count(*) AS codes, sum(offences) AS offences,
  1.0 * sum(offences) / sum(sum(offences)) OVER () AS share
FROM (
  SELECT ho_code, offence_status(ho_code) AS status, count(*) AS offences
  FROM offence WHERE excluded IS NULL GROUP BY ho_code
)
GROUP BY status ORDER BY offences DESC, 1]] }

LIST.releases = { sql = [[
SELECT iif(appearance_date < :first, 'before ' || substr(:first, 1, 4),
    substr(appearance_date, 1, 4)) AS year,
  count(*) AS releases, sum(excluded IS 'no sentence on record') AS no_sentence,
  1.0 * sum(excluded IS 'no sentence on record') / count(*) AS share
FROM appearance
WHERE kind = 'release' AND coalesce(excluded, 'no sentence on record') = 'no sentence on record'
GROUP BY 1 ORDER BY min(appearance_date)]] }

LIST.exclusions = { sql = [[
SELECT what, coalesce(excluded, 'counts') AS reason, events,
  1.0 * events / sum(events) OVER (PARTITION BY what) AS share
FROM (
  SELECT 'Appearance: ' || replace(kind, '_', ' ') AS what, excluded, count(*) AS events
  FROM appearance GROUP BY kind, excluded
  UNION ALL
  SELECT 'Offence', excluded, count(*) FROM offence GROUP BY excluded
)
ORDER BY what, excluded IS NOT NULL, events DESC, reason]] }

-- What the faults do to the measure of one window.
local MEASURE = [[history = 'history' AND window_months = :window_months
  AND follow_up_months = :follow_up AND wait_months = %s AND kinds = :kinds]]

-- Rejected rows that are lost: neither there once more nor replaced. day: the cell that says when.
local LOST = [[
  SELECT count(*) FROM reject AS r
  WHERE r.format IN (%s) AND r.step = 'clean'
    AND r.reason_code NOT IN ('duplicate', 'superseded', 'merged')
    AND coalesce(%s) BETWEEN :window AND %s]]

local function cells(...)
  local list = { ... }
  for place, name in ipairs(list) do
    list[place] = "json_extract(r.row_text, '$." .. name .. "')"
  end
  return table.concat(list, ", ")
end

-- doubtful: offences proven in time that may or may not lie in the follow-up: their days are not
--   known, or reach beyond one of its ends.
-- entered_late: re-offences entered on PNC after the day the window was final (R16).
LIST.effect = { sql = [[
WITH final (day) AS (SELECT calendar_add_months(:last_day, :follow_up + :wait)),
cohort AS MATERIALIZED (
  SELECT offender_id, index_date, follow_up_end, reoffended, reoffences, undated_offences,
    straddling_offences, unclassified_reoffences, area_code, sex, age, ethnicity,
    index_offence_group
  FROM reoffend_cohort WHERE window_start = :window AND ]] .. MEASURE:format(":wait") .. [[

), proven AS (
  SELECT c.offender_id, c.index_date, c.follow_up_end, o.entry_date,
    o.offence_date AS first_day, coalesce(o.offence_date_end, o.offence_date) AS last_day
  FROM cohort AS c CROSS JOIN offence AS o ON o.offender_id = c.offender_id
  WHERE o.excluded IS NULL AND o.proven_date > c.index_date
    AND o.proven_date <= calendar_add_months(c.index_date, :follow_up + :wait)
), judged AS (
  SELECT offender_id,
    sum(first_day > index_date AND last_day <= follow_up_end
      AND entry_date > (SELECT day FROM final)) AS entered_late,
    sum((first_day IS NULL OR first_day <= follow_up_end)
      AND coalesce(last_day, '9999-12-31') > index_date
      AND (first_day IS NULL OR first_day <= index_date OR last_day > follow_up_end)) AS doubtful
  FROM proven GROUP BY offender_id
), member AS (
  SELECT c.*, coalesce(j.doubtful, 0) AS doubtful, coalesce(j.entered_late, 0) AS entered_late,
    c.offender_id NOT IN (SELECT p.offender_id FROM person AS p) AS nobody
  FROM cohort AS c LEFT JOIN judged AS j ON j.offender_id = c.offender_id
)
SELECT count(*) AS offenders, sum(reoffended) AS reoffenders, sum(reoffences) AS reoffences,
  sum(undated_offences > 0) AS with_undated, sum(undated_offences) AS undated,
  sum(straddling_offences > 0) AS with_straddling, sum(straddling_offences) AS straddling,
  sum(doubtful > 0) AS with_doubtful, sum(doubtful) AS doubtful,
  sum(NOT reoffended AND doubtful > 0) AS more_reoffenders,
  1.0 * sum(reoffended) / count(*) AS proportion,
  1.0 * sum(reoffended OR doubtful > 0) / count(*) AS at_most,
  sum(unclassified_reoffences) AS unclassified,
  1.0 * sum(unclassified_reoffences) / nullif(sum(reoffences), 0) AS unclassified_share,
  sum(entered_late) AS entered_late, sum(nobody) AS nobody,
  sum(area_code IS NULL) AS no_area, sum(sex IS NULL) AS no_sex, sum(age IS NULL) AS no_age,
  sum(ethnicity IS NULL) AS no_ethnicity, sum(index_offence_group IS NULL) AS no_group,
  (]] .. LOST:format("'pnc_appearance', 'prison_release', 'drug_test'",
    cells("appearance_date", "release_date", "test_date"), ":last_day") .. [[
) AS rejected_events,
  (]] .. LOST:format("'pnc_offence'", cells("proven_date") .. ", ''", "(SELECT day FROM final)")
    .. [[
) AS rejected_offences,
  (SELECT count(DISTINCT offender_id) FROM caseload
   WHERE extract_date BETWEEN :window AND :last_day AND matched_by IS NOT NULL) AS managed,
  (SELECT count(*) FROM (SELECT DISTINCT listed_id, surname, forename, birth_date FROM caseload
   WHERE extract_date BETWEEN :window AND :last_day AND matched_by IS NULL)) AS managed_unmatched,
  (SELECT count(*) FROM appearance
   WHERE kind = 'release' AND excluded = 'no sentence on record'
     AND appearance_date BETWEEN :window AND :last_day) AS releases_lost,
  (SELECT count(*) FROM appearance
   WHERE excluded = 'no eligible offence'
     AND appearance_date BETWEEN :window AND :last_day) AS appearances_lost
FROM member]] }

LIST.unclassified = { sql = [[
SELECT window_start, reoffences, unclassified_reoffences AS unclassified,
  1.0 * unclassified_reoffences / nullif(reoffences, 0) AS share
FROM result WHERE topic = '' ORDER BY window_start]] }

-- How many re-offences of the window are known after so many months of waiting.
LIST.waiting = { sql = [[
WITH RECURSIVE month (wait) AS (
  SELECT 0 UNION ALL SELECT wait + 1 FROM month WHERE wait < :wait
)
SELECT m.wait, r.offenders, r.reoffenders, r.reoffences,
  1.0 * r.reoffences / nullif(last_value(r.reoffences) OVER whole, 0) AS share,
  1.0 * r.reoffenders / nullif(last_value(r.reoffenders) OVER whole, 0) AS reoffenders_share
FROM month AS m CROSS JOIN reoffend_rates AS r
WHERE r.first_window = :window AND r.last_window = :window AND r.by = '' AND ]]
  .. MEASURE:gsub("(%l[%l_]+) =", "r.%1 ="):format("m.wait") .. [[

WINDOW whole AS (ORDER BY m.wait ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY m.wait]] }

-- The later windows: how many offenders have been followed and waited for to the end, and how many
-- re-offences were proven in the last month of the wait.
LIST.windows = { sql = [[
WITH later AS (
  SELECT window_start, window_end, complete, offenders, reoffences
  FROM result WHERE topic = ''
    AND window_start >= calendar_add_months(coalesce((SELECT min(window_start) FROM result
      WHERE topic = '' AND complete = 0), (SELECT max(window_start) FROM result)), -24)
), shorter AS (
  SELECT window_start, reoffences FROM reoffend_rates
  WHERE first_window = (SELECT min(window_start) FROM later)
    AND last_window = (SELECT max(window_start) FROM later) AND by = ''
    AND step_months = :step AND ]] .. MEASURE:format(":wait - 1") .. [[

), reached AS (
  SELECT l.window_start, sum(c.follow_up_end <= :extract) AS followed,
    sum(calendar_add_months(c.index_date, :follow_up + :wait) <= :extract) AS waited
  FROM later AS l CROSS JOIN reoffend_cohort AS c
  WHERE l.complete = 0 AND c.window_start = l.window_start AND ]]
  .. MEASURE:gsub("(%l[%l_]+) =", "c.%1 ="):format(":wait") .. [[

  GROUP BY l.window_start
)
SELECT l.window_start, date(l.window_end, '-1 day') AS last_day, l.complete, l.offenders,
  1.0 * coalesce(r.followed, l.offenders) / l.offenders AS followed_share,
  1.0 * coalesce(r.waited, l.offenders) / l.offenders AS waited_share,
  l.reoffences, l.reoffences - s.reoffences AS last_month,
  1.0 * (l.reoffences - s.reoffences) / nullif(l.reoffences, 0) AS last_month_share
FROM later AS l
LEFT JOIN shorter AS s ON s.window_start = l.window_start
LEFT JOIN reached AS r ON r.window_start = l.window_start
WHERE l.offenders > 0
ORDER BY l.window_start]] }

LIST.revisions = { needs = "revision", sql = [[
SELECT event, kind, min(nullif(year, 'unknown')) AS first_year,
  max(nullif(year, 'unknown')) AS last_year, sum(added) AS added, sum(removed) AS removed,
  sum(changed) AS changed
FROM revision WHERE number = (SELECT max(number) FROM revision)
GROUP BY event, kind ORDER BY event, kind]] }

LIST.result_revisions = { needs = "result_revision", sql = [[
SELECT iif(topic = '', 'Everyone', replace(topic, ',', ', ')) AS topic,
  count(*) AS figures, count(DISTINCT window_start) AS windows, sum(was_final) AS final
FROM result_revision GROUP BY result_revision.topic ORDER BY result_revision.topic]] }

-- A percentile of fewer offences is not charted.
local UNRELIABLE = 30

-- The values the queries are asked with: the rules in force, the extract date, the window.
local function settings(release, window)
  local function number(name, otherwise)
    return math.tointeger(tonumber(release.parameters[name])) or otherwise
  end
  return {
    window = window.start, last_day = window.last_day,
    extract = release.provenance.extract_date or database.null,
    first = release.parameters.first_window or "2000-01-01",
    window_months = number("window_months", 12), step = number("step_months", 3),
    follow_up = number("follow_up_months", 12), wait = number("wait_months", 6),
    kinds = release.parameters.kinds or "caution,conviction,release,drug_test",
    unreliable = UNRELIABLE,
  }
end

function quality.open(release, window)
  return setmetatable({ connection = release.connection, values = settings(release, window),
    cache = {} }, quality)
end

function quality:rows(name)
  if not self.cache[name] then
    local query, sql = LIST[name], LIST[name].sql
    if query.needs and not (self.connection:has_table(query.needs)
      and self.connection:value("SELECT count(*) FROM " .. query.needs) > 0) then
      sql = query.otherwise
    end
    self.cache[name] = sql and self.connection:rows(sql, self.values) or {}
  end
  return self.cache[name]
end

-- The one row of a query; nil where it has none.
function quality:row(name) return self:rows(name)[1] end

return quality
