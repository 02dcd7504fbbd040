-- The publications on a small database of made-up results: what the page, the CSV and SQL say is
-- the same; hostile names stay text; the same input gives the same bytes; failures say what exists.
local database = require "reoffend.database"
local format = require "reoffend.format"
local palette = require "reoffend.palette"
local json = require "dkjson"
local publication = require "reoffend.publication"
local schema_version = require "reoffend.schema_version"
local svg = require "reoffend.svg"
local tidy_csv = require "reoffend.tidy_csv"

local FOLDER = "build/test/publication"
local PATH = FOLDER .. "/results.db"
local WINDOW = "2008-07-01"

-- Runs a command; returns its exit status and what it printed.
local function shell(command)
  local pipe = assert(io.popen(command .. " 2>&1; printf '\\n%d' $?"))
  local output = pipe:read("a")
  pipe:close()
  local text, status = output:match("^(.*)\n(%d+)$")
  return tonumber(status), text
end

local function read_file(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

-- The values of CSV text, a list of rows keyed by the header.
local function parse_csv(text)
  local rows, row, position = {}, {}, 1
  while position <= #text do
    local value, finish
    if text:sub(position, position) == '"' then
      local parts, from = {}, position + 1
      while true do
        local quote = text:find('"', from, true)
        parts[#parts + 1] = text:sub(from, quote - 1)
        finish, from = quote + 1, quote + 2
        if text:sub(quote + 1, quote + 1) ~= '"' then break end
        parts[#parts + 1] = '"'
      end
      value = table.concat(parts)
    else
      finish = text:find("[,\n]", position)
      value = text:sub(position, finish - 1)
    end
    row[#row + 1] = value
    if text:sub(finish, finish) == "\n" then rows[#rows + 1], row = row, {} end
    position = finish + 1
  end
  local header, keyed = table.remove(rows, 1), {}
  for place, values in ipairs(rows) do
    assert(#values == #header, "a row of another length: " .. table.concat(values, "|"))
    keyed[place] = {}
    for column, name in ipairs(header) do keyed[place][name] = values[column] end
  end
  return keyed, header
end

local made

local function make()
  if made then return end
  os.execute("rm -rf " .. FOLDER .. " && mkdir -p " .. FOLDER)
  local status, text = shell("bash tests/support/publication.sh " .. PATH)
  assert(status == 0, text)
  for _, command in ipairs {
    "reports/area.lua --area all", "reports/subcohort.lua --subcohort all",
    "reports/area.lua --area E23000001 --window 2009-01-01",
    "reports/area.lua --area E23000001 --window 2009-04-01",
  } do
    status, text = shell("lua5.4 " .. command .. " --db " .. PATH .. " --out " .. FOLDER)
    assert(status == 0, text)
  end
  made = true
end

local function page_of(code) return read_file(FOLDER .. "/area-" .. code .. "-" .. WINDOW
  .. ".html") end
local function csv_of(name) return parse_csv(read_file(FOLDER .. "/" .. name .. ".csv")) end

-- The page holds this text; a failure does not print the page.
local function says(check, page, part)
  check.truthy(page:find(part, 1, true), "on the page: " .. part)
end

local tests = {}

function tests.hostile_names_stay_text(check)
  make()
  local page = page_of("E23000003")
  check.equal(page:find("<script", 1, true), nil)
  says(check, page, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;")
  for _, row in ipairs(csv_of("area-E23000004-" .. WINDOW)) do
    check.equal(row.area_name:find("^[=+@-]"), nil)
  end
  check.contains(read_file(FOLDER .. "/area-E23000004-" .. WINDOW .. ".csv"),
    "\"'=HYPERLINK(\"\"http://example.org\"\")\"")
end

function tests.formulas_are_defused_and_numbers_left_alone(check)
  for _, text in ipairs { "=1", "+1", "-1", "@a", "\tx", "\rx" } do
    check.truthy(tidy_csv.text_cell(text):find("^\"?'"), text)
  end
  check.equal(tidy_csv.text_cell("a,b"), "\"a,b\"")
  check.equal(tidy_csv.text_cell("say \"so\""), "\"say \"\"so\"\"\"")
  check.equal(tidy_csv.number_cell(-0.25), "-0.25")
  check.equal(tonumber(tidy_csv.number_cell(0.1 + 0.2)), 0.1 + 0.2)
  check.equal(tidy_csv.number_cell(nil), "")
end

function tests.a_code_is_no_path(check)
  check.equal(publication.file_name("area-E23000001-2009-01-01"), "area-E23000001-2009-01-01")
  check.equal(publication.file_name("../a b\0"), "_2e_2e_2fa_20b_00")
end

-- Every line of the CSV against its own query; hidden ones against the threshold.
local function check_line(check, connection, row)
  local columns = { offenders = 1, reoffenders = 1, reoffences = 1, proportion = 1, frequency = 1,
    reappearances = 1, serious_acquisitive_reoffences = 1 }
  if not columns[row.measure] or row.breakdown_topic ~= "total" or row.subcohort ~= "all" then
    return 0
  end
  local national = row.area_code == "K04000001"
  local unknown = row.area_code == "x"
  local found = connection:row([[
    SELECT offenders, reoffenders, reoffences, proportion, frequency, reappearances,
           serious_acquisitive_reoffences, complete,
           rate_wilson_low(reoffenders, offenders) AS low
    FROM result WHERE topic = :topic AND window_start = :window AND area_code IS :area]], {
    topic = national and "" or "area_code", window = row.window_start,
    area = (national or unknown) and database.null or row.area_code })
  if row.conf_status == "C" then
    check.equal(row.value .. row.lower_95 .. row.numerator .. row.denominator, "",
      "a hidden line says nothing")
    return 1
  end
  check.equal(tonumber(row.value), found[row.measure], row.measure .. " " .. row.area_code)
  if row.measure == "proportion" then check.equal(tonumber(row.lower_95), found.low) end
  check.equal(row.obs_status:find("p", 1, true) ~= nil, found.complete == 0)
  return 1
end

-- In every additive table of every file, total less shown rows: nothing, or no few people. The
-- rows of a table are those of one group; those of the areas are in different files.
function tests.hidden_rows_together_are_no_few(check)
  make()
  local additive = { age_group = true, sex = true, previous_offences_band = true,
    index_kind = true, index_disposal = true, index_offence_group = true }
  local sums, totals, hidden, checked = {}, {}, {}, 0
  local seen = {}
  for path in io.popen("ls " .. FOLDER .. "/*.csv"):lines() do
    for _, row in ipairs(parse_csv(read_file(path))) do
      local group = table.concat({ row.window_start, row.area_code, row.subcohort }, " ")
      local key = table.concat({ group, row.breakdown_topic, row.breakdown, row.measure }, " ")
      local measure = row.measure
      if (measure == "offenders" or measure == "reoffenders") and not seen[key] then
        seen[key] = true
        local value = tonumber(row.value)
        if row.breakdown_topic == "total" then
          totals[group .. measure] = value
        elseif additive[row.breakdown_topic] then
          local line = group .. "|" .. row.breakdown_topic
          sums[line] = sums[line] or { group = group, offenders = 0, reoffenders = 0 }
          sums[line][measure] = sums[line][measure] + (value or 0)
          if not value then hidden[line] = (hidden[line] or 0) + 1 end
        end
      end
    end
  end
  for line in pairs(hidden) do
    local sum = sums[line]
    local offenders, reoffenders = totals[sum.group .. "offenders"],
      totals[sum.group .. "reoffenders"]
    if offenders then
      checked = checked + 1
      offenders, reoffenders = offenders - sum.offenders, reoffenders - sum.reoffenders
      check.truthy(hidden[line] > 2, "two rows, for two measures each: " .. line)
      check.truthy(offenders >= 5 and reoffenders >= 5 and offenders - reoffenders >= 5, line)
    end
  end
  check.truthy(checked > 10, "tables with hidden rows: " .. checked)
end

function tests.csv_equals_sql(check)
  make()
  local connection = assert(database.open(PATH))
  local checked = 0
  for _, row in ipairs(csv_of("area-E23000001-" .. WINDOW)) do
    checked = checked + check_line(check, connection, row)
  end
  connection:close()
  check.truthy(checked > 100, "lines checked: " .. checked)
end

-- What a line divides gives what it says, within its limits.
function tests.ratios_are_what_they_say(check)
  make()
  local checked = 0
  for _, name in ipairs { "area-E23000001-" .. WINDOW, "subcohort-class_a-" .. WINDOW } do
    for _, row in ipairs(csv_of(name)) do
      local value = tonumber(row.value)
      if value and row.numerator ~= "" then
        check.near(value, tonumber(row.numerator) / tonumber(row.denominator), 1e-12, row.measure)
        if row.lower_95 ~= "" then
          check.truthy(tonumber(row.lower_95) <= value and value <= tonumber(row.upper_95))
        end
        checked = checked + 1
      end
    end
  end
  check.truthy(checked > 150, "lines checked: " .. checked)
end

function tests.every_figure_of_the_page_is_in_the_csv(check)
  make()
  local shown = {}
  for _, row in ipairs(csv_of("area-E23000001-" .. WINDOW)) do
    local value = tonumber(row.value)
    for _, number in ipairs { value or false, tonumber(row.lower_95) or false,
      tonumber(row.upper_95) or false } do
      if number then
        for _, text in ipairs { format.number(number), format.number(number, 2),
          format.percent(number) } do shown[text] = true end
      end
    end
  end
  local page, cells = page_of("E23000001"), 0
  local body = page:gsub("<section class=\"scroll\"[^>]*>\n?<table>\n?"
    .. "<caption>[^\n]*Source and software.-</section>", "")
    :gsub("<caption><span id=\"table%-rules\".-</section>", "")
  for cell in body:gmatch("<td class=\"n\">([^<]*)</td>") do
    for number in cell:gmatch("%d[%d,.]*%%?") do
      cells = cells + 1
      check.truthy(shown[number], "not in the CSV: " .. cell)
    end
  end
  check.truthy(cells > 300, "numbers checked: " .. cells)
end

function tests.the_headline_stands_in_the_words(check)
  make()
  local connection = assert(database.open(PATH))
  local row = connection:row([[
    SELECT offenders, reoffenders, proportion FROM result
    WHERE topic = 'area_code' AND window_start = :w AND area_code = 'E23000001']], { w = WINDOW })
  connection:close()
  says(check, page_of("E23000001"), string.format("Of the %s offenders identified in Northshire"
    .. " from July 2008 to June 2009, %s were proven to have re-offended within 12 months: %s",
    format.number(row.offenders), format.number(row.reoffenders), format.percent(row.proportion)))
end

function tests.lines_are_unique_and_described(check)
  make()
  for _, name in ipairs { "area-E23000001-" .. WINDOW, "subcohort-class_a-" .. WINDOW } do
    local rows, header = csv_of(name)
    local description = json.decode(read_file(FOLDER .. "/" .. name .. ".csv-metadata.json"))
    check.equal(description.url, name .. ".csv")
    local columns = description.tableSchema.columns
    check.equal(#columns, #header)
    for place, column in ipairs(columns) do check.equal(column.name, header[place]) end
    local seen = {}
    for _, row in ipairs(rows) do
      local key = {}
      for place, column in ipairs(description.tableSchema.primaryKey) do
        key[place] = row[column]
      end
      key = table.concat(key, "|")
      check.equal(seen[key], nil, key)
      seen[key] = true
    end
  end
end

function tests.few_people_are_hidden_everywhere(check)
  make()
  local page = page_of("E23000005")
  says(check, page, "The figures for Smallton in this period are not shown")
  says(check, page, "[c]")
  local connection = assert(database.open(PATH))
  local hidden_total = connection:value([[SELECT offenders FROM result WHERE topic = 'area_code'
    AND window_start = :w AND area_code = 'E23000005']], { w = WINDOW })
  connection:close()
  check.equal(hidden_total, 6)
  local own, others = 0, 0
  for _, row in ipairs(csv_of("area-E23000005-" .. WINDOW)) do
    if row.conf_status == "C" and row.measure == "offenders" and row.window_start == WINDOW
      and row.breakdown_topic == "total" and row.subcohort == "all" then
      if row.area_code == "E23000005" then own = own + 1 else others = others + 1 end
    end
  end
  check.equal(own, 1)
  check.truthy(others >= 1, "a second area is hidden, or the first could be worked out")
end

function tests.an_area_with_nobody_in_the_window(check)
  make()
  says(check, page_of("E23000008"), "There are no figures for Once only in this period.")
  says(check, page_of("E23000008"), "[z]")
  check.equal(shell("ls " .. FOLDER .. "/area-E23000009*"), 2, "not in the results at all")
end

function tests.unreliable_and_provisional_are_marked(check)
  make()
  local page = page_of("E23000001")
  says(check, page, "[u]")
  says(check, page, "Final results")
  says(check, page, "Jan to Dec 2009 [p]")
  says(check, read_file(FOLDER .. "/area-E23000001-2009-01-01.html"), "Provisional results")
end

-- The extract of 31 March 2011 ends before the follow-up of the window from 1 April 2009 does.
function tests.a_follow_up_that_runs_is_no_trend(check)
  make()
  check.equal(page_of("E23000001"):find("Apr 2009 to Mar 2010", 1, true), nil)
  says(check, read_file(FOLDER .. "/area-E23000001-2009-04-01.html"), "Early results")
end

-- The page says in words what is hidden, of how many groups, and leads to the list of it all.
function tests.what_is_hidden_is_said(check)
  make()
  local groups, hidden = 0, 0
  for _, row in ipairs(csv_of("area-E23000005-" .. WINDOW)) do
    if row.measure == "offenders" then
      groups = groups + 1
      if row.conf_status == "C" then hidden = hidden + 1 end
    end
  end
  local page = page_of("E23000005")
  says(check, page, string.format("Of the %d groups on this page %d are hidden", groups, hidden))
  says(check, page, "fewer than 5 people are in it, fewer than 5 of them re-offended, or fewer than"
    .. " 5 did not")
  says(check, page, "<a href=\"hidden-" .. WINDOW .. ".csv\">")
  for _, word in ipairs { "primary", "secondary", "threshold" } do
    check.equal(page:find(word, 1, true), nil, "not on the page: " .. word)
  end
end

-- Rounded: every count a multiple, rates made of the rounded numbers.
function tests.rounding_reaches_every_figure(check)
  make()
  local folder = FOLDER .. "/rounded"
  shell("rm -rf " .. folder .. " && mkdir -p " .. folder .. " && cp " .. PATH .. " " .. folder
    .. "/results.db && sqlite3 -bail " .. folder .. "/results.db \"UPDATE parameter SET value = '5'"
    .. " WHERE name = 'disclosure_rounding'\" '.load build/release/reoffend'"
    .. " '.read sql/65_disclosure.sql'")
  local status, text = shell("lua5.4 reports/area.lua --area E23000001 --db " .. folder
    .. "/results.db --out " .. folder)
  check.equal(status, 0, text)
  local name, counts, rates = folder .. "/area-E23000001-" .. WINDOW, 0, 0
  for _, row in ipairs(parse_csv(read_file(name .. ".csv"))) do
    local value = tonumber(row.value)
    if value and row.unit:find("^[%l]+s$") and not row.unit:find(" per ", 1, true) then
      check.equal(value % 5, 0, row.measure)
      counts = counts + 1
    elseif value and row.measure == "proportion" then
      check.equal(tonumber(row.numerator) % 5 + tonumber(row.denominator) % 5, 0)
      check.near(value, row.numerator / row.denominator, 1e-12)
      rates = rates + 1
    end
  end
  check.truthy(counts > 100 and rates > 30, counts .. " counts, " .. rates .. " rates")
  says(check, read_file(name .. ".html"), "rounded to the nearest 5")
end

-- Beside a hidden area of a sub-cohort stands another: areas add up to the nation.
function tests.a_subcohort_hides_no_single_area(check)
  make()
  local hidden = 0
  for _, row in ipairs(csv_of("subcohort-class_a-" .. WINDOW)) do
    if row.measure == "offenders" and row.window_start == WINDOW and row.conf_status == "C"
      and row.breakdown_topic == "total" then hidden = hidden + 1 end
  end
  check.truthy(hidden ~= 1, "one hidden area can be worked out")
end

-- The page and CSV of Northshire where the results have predictions. `unscored`: how many offenders
-- and re-offenders of its groups have none; elsewhere all have one.
local function predicted_page(check, name, unscored)
  make()
  local folder = FOLDER .. "/" .. name
  shell("mkdir -p " .. folder .. " && cp " .. PATH .. " " .. folder .. "/results.db")
  local status, text = shell("sqlite3 -bail " .. folder .. "/results.db '.read "
    .. "tests/support/model.sql' \"UPDATE result SET scored_offenders = offenders - "
    .. unscored[1] .. ", scored_reoffenders = reoffenders - " .. unscored[2]
    .. " WHERE topic = '' OR topic = 'area_code' AND area_code = 'E23000001'\""
    .. " '.load build/release/reoffend' '.read sql/65_disclosure.sql'")
  check.equal(status, 0, text)
  status, text = shell("lua5.4 reports/area.lua --area E23000001 --db " .. folder
    .. "/results.db --out " .. folder)
  check.equal(status, 0, text)
  local page = "/area-E23000001-" .. WINDOW
  return read_file(folder .. page .. ".html"), read_file(folder .. page .. ".csv")
end

-- Predictions stand beside the actual figures as soon as the results have them.
function tests.predictions_are_shown_when_there_are_some(check)
  make()
  check.equal(page_of("E23000001"):find("Predicted", 1, true), nil)
  local page, csv = predicted_page(check, "predicted", { 0, 0 })
  says(check, page, "the model predicts 31.3%; the actual proportion is lower, by 4.8 percentage")
  says(check, page, "Predicted proportion")
  says(check, page, ">Predicted</text>")
  says(check, page, "\u{2212}7.8 points to \u{2212}1.9 points")
  says(check, page, "were fitted on all offenders identified from January to December 2000")
  -- Rounded: at full length it would tell of how many people it is the mean.
  says(check, csv, "total,total,predicted,proportion,0.313,,,,,,F")
  says(check, csv, "total,total,excess,proportion,-0.048,-0.078,-0.019,,,,F")
  says(check, csv, "total,total,adjusted,proportion,0.252,0.222,0.281,,,,F")
  says(check, csv, "sex,Male,predicted,proportion,0.313,,,,,,F")
end

-- Of few people without a prediction the difference would tell how many re-offended.
function tests.few_without_a_prediction_are_not_given_away(check)
  local page, csv = predicted_page(check, "few", { 9, 2 })
  says(check, page, "the model predicts 31.3%.")
  says(check, csv, "total,total,predicted,proportion,0.313,,,,,,F")
  says(check, csv, "Northshire,all,total,total,excess,proportion,,,,,,,C")
  says(check, csv, "Northshire,all,total,total,adjusted,proportion,,,,,,,C")
  check.equal(csv:find("scored", 1, true), nil)
  check.equal(page:find("the actual proportion is lower", 1, true), nil)
  page, csv = predicted_page(check, "enough", { 20, 6 })
  says(check, page, "the actual proportion is lower")
  says(check, csv, "Northshire,all,total,total,excess,proportion,-0.049,-0.079,-0.019,,,,F")
end

-- The list of what is hidden has predictions too, so that they can be kept hidden.
function tests.hidden_predictions_can_be_kept_hidden(check)
  predicted_page(check, "few", { 9, 2 })
  local _, before = predicted_page(check, "later", { 20, 6 })
  says(check, before, "Northshire,all,total,total,excess,proportion,-0.049,-0.079,-0.019,,,,F")
  local list, folder = FOLDER .. "/few/hidden-" .. WINDOW .. ".csv", FOLDER .. "/later"
  says(check, read_file(list), "Northshire,all,total,total,Actual less predicted,")
  local status, text = shell("lua5.4 lua/bin/reoffend keep-hidden " .. folder .. "/results.db "
    .. list .. " && sqlite3 -bail " .. folder .. "/results.db '.load build/release/reoffend'"
    .. " '.read sql/65_disclosure.sql' && lua5.4 reports/area.lua --area E23000001 --db " .. folder
    .. "/results.db --out " .. folder)
  check.equal(status, 0, text)
  says(check, read_file(folder .. "/area-E23000001-" .. WINDOW .. ".csv"),
    "Northshire,all,total,total,excess,proportion,,,,,,,C")
end

-- The publication on the models: page, CSV, and what it must not give away.
function tests.the_models_are_published(check)
  make()
  local status, text = shell("lua5.4 reports/model.lua --db " .. PATH .. " --out " .. FOLDER)
  check.equal(status, 3)
  says(check, text, "no model was fitted, so nothing is predicted")
  predicted_page(check, "models", { 0, 0 })
  local folder = FOLDER .. "/models"
  status, text = shell("lua5.4 reports/model.lua --db " .. folder .. "/results.db --out " .. folder)
  check.equal(status, 0, text)
  local page, csv = read_file(folder .. "/model.html"), read_file(folder .. "/model.csv")
  says(check, page, "Adults, all offenders: fitted on 2,003 offenders identified from January to"
    .. " December 2000, of whom 25.0% re-offended.")
  says(check, page, "In Jan to Dec 2007 it predicted 25.7%; the actual proportion, 18.0%, was"
    .. " lower, by 7.7 percentage points.")
  says(check, page, "Adults, Prolific and other Priority Offenders")
  says(check, page, "the extracts do not hold the year 1999, which was asked for")
  says(check, page, "18 to 20, male")
  says(check, page, "21 to 24, not known")
  says(check, page, "&lt;b&gt;odd&lt;/b&gt;")
  says(check, page, "follows from other terms: left out")
  says(check, page, "The estimates did not settle.")
  says(check, page, "Age and sex: 50 and over, female (as Other, rare)")
  says(check, page, ">Actual as predicted</text>")
  says(check, csv, "terms_all-adult,Intercept,,,estimate,log odds,0.51234567,,F")
  says(check, csv, "fit,\"Adults, all offenders\",,,reoffenders,count,501,,F")
  says(check, csv, "drift_all-adult,Jan to Dec 2000,,,actual,proportion,0.25,,F")
  says(check, csv, "drift_all-juvenile,Jan to Dec 2007,,,actual,proportion,,,C")
  says(check, csv, "calibration_all-juvenile,Jan to Dec 2000,1,,actual,proportion,,,C")
  says(check, csv, "calibration_all-juvenile,Jan to Dec 2007,9,,actual,proportion,,,C")
  check.equal(csv:find("juvenile,Jan to Dec 2007,,,actual,proportion,0", 1, true), nil)
  check.equal(csv:find("0.25012345", 1, true), nil)
end

function tests.synthetic_data_say_so(check)
  make()
  says(check, page_of("E23000001"), "<strong>Synthetic data.</strong>")
  says(check, page_of("E23000001"), "31 March 2011")
end

function tests.the_version_of_the_lookups_is_told(check)
  make()
  says(check, page_of("E23000001"), "Version of the lookups")
  says(check, page_of("E23000001"), "made-up lookups 3")
  says(check, read_file(FOLDER .. "/area-E23000001-" .. WINDOW .. ".csv-metadata.json"),
    "made-up lookups 3")
end

function tests.twice_gives_the_same_bytes(check)
  make()
  local again = FOLDER .. "/again"
  local status = shell("cd /; lua5.4 \"$OLDPWD/reports/area.lua\" --area E23000001 --db \"$OLDPWD/"
    .. PATH .. "\" --out \"$OLDPWD/" .. again .. "\"")
  check.equal(status, 0, "from another folder")
  for _, suffix in ipairs { ".html", ".csv", ".csv-metadata.json" } do
    local name = "/area-E23000001-" .. WINDOW .. suffix
    check.truthy(read_file(FOLDER .. name) == read_file(again .. name), "same bytes: " .. suffix)
  end
  local _, listing = shell("ls " .. again)
  check.equal(listing:find("%.part"), nil)
end

-- Text of every chart lies within its view box.
function tests.chart_text_stays_inside(check)
  make()
  local texts = 0
  for _, code in ipairs { "E23000001", "E23000003", "E23000006" } do
    for width, chart in page_of(code):gmatch("<svg[^>]-viewBox=\"0 0 (%d+) %d+\".->(.-)</svg>") do
      width = tonumber(width)
      for attributes, text in chart:gmatch("<text([^>]*)>([^<]*)</text>") do
        text = text:gsub("&lt;", "<"):gsub("&gt;", ">"):gsub("&quot;", '"'):gsub("&amp;", "&")
        local x = tonumber(attributes:match(" x=\"([-%d.]+)\""))
        local long = svg.text_width(text, nil, attributes:find("bold", 1, true) ~= nil)
        local anchor = attributes:match("text%-anchor=\"(%a+)\"") or "start"
        local left = anchor == "end" and x - long or anchor == "middle" and x - long / 2 or x
        check.truthy(left >= -1 and left + long <= width + 1,
          string.format("%q from %.0f to %.0f of %d", text, left, left + long, width))
        texts = texts + 1
      end
    end
  end
  check.truthy(texts > 300, "texts checked: " .. texts)
end

function tests.colours_have_contrast(check)
  for _, name in ipairs { "ink", "muted", "link", "warning" } do
    check.truthy(palette.contrast(palette[name], palette.paper) >= 4.5, name .. " as text")
  end
  check.truthy(palette.contrast(palette.ink, palette.panel) >= 4.5, "text on panels")
  check.truthy(palette.contrast(palette.muted, palette.panel) >= 4.5, "notes on panels")
  for _, name in ipairs { "own", "comparison", "predicted", "other", "rule" } do
    check.truthy(palette.contrast(palette[name], palette.paper) >= 3, name .. " as a mark")
  end
  check.near(palette.contrast("#ffffff", "#000000"), 21, 1e-9)
end

-- Failures ----------------------------------------------------------------------------------------

local function run(arguments)
  return shell("lua5.4 reports/area.lua " .. arguments)
end

function tests.wrong_usage(check)
  local status, text = run("--area E23000001")
  check.equal(status, 2)
  check.contains(text, "--db")
  status, text = run("--db " .. PATH .. " --area E23000001 --nonsense")
  check.equal(status, 2)
  check.contains(text, "reoffend report area --help")
end

function tests.no_database(check)
  local status, text = run("--db build/test/none.db --area E23000001")
  check.equal(status, 3)
  check.contains(text, "there is no such database: build/test/none.db")
  status, text = run("--db Makefile --area E23000001")
  check.equal(status, 3)
  check.contains(text, "not a SQLite database")
end

function tests.a_database_without_results(check)
  make()
  local empty = FOLDER .. "/empty.db"
  shell("rm -f " .. empty .. "; sqlite3 " .. empty .. " 'CREATE TABLE t (a)'")
  local status, text = run("--db " .. empty .. " --area E23000001")
  check.equal(status, 3)
  check.contains(text, "belongs to something else")
  shell(string.format("sqlite3 %s 'PRAGMA application_id = %d; PRAGMA user_version = %d'", empty,
    schema_version.APPLICATION, schema_version.VERSION))
  status, text = run("--db " .. empty .. " --area E23000001")
  check.equal(status, 3)
  check.contains(text, "has no table 'published'")
  shell("sqlite3 " .. empty .. " 'CREATE TABLE published (topic);"
    .. " CREATE TABLE published_months (a); CREATE TABLE area (area_code)'")
  status, text = run("--db " .. empty .. " --area E23000001")
  check.equal(status, 3)
  check.contains(text, "no such column")
end

function tests.unknown_area_and_window_list_what_exists(check)
  make()
  local status, text = run("--db " .. PATH .. " --area E99999999")
  check.equal(status, 2)
  check.contains(text, "there is no area 'E99999999'")
  check.contains(text, "E23000001 (Northshire)")
  status, text = run("--db " .. PATH .. " --area E23000001 --window 2009-01-02")
  check.equal(status, 2)
  check.contains(text, "there is no window that starts on '2009-01-02'")
  check.contains(text, "2008-07-01")
end

function tests.a_folder_that_cannot_be_written(check)
  make()
  local status, text = run("--db " .. PATH .. " --area E23000001 --out Makefile/inside")
  check.equal(status, 1)
  check.contains(text, "check that the folder can be written to")
end

return tests
