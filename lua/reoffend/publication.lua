-- publication.lua - one publication: the figures of one group in one window, its page and files.
--
-- Requires: reoffend.format, reoffend.hidden, reoffend.html, reoffend.page, reoffend.predictions,
-- reoffend.release, reoffend.tidy_csv, reoffend.words.
--
--   local publication = publication.new(release, window, subject)
--   publication:files{ name = …, title = …, series = …, sections = { … } }
--
-- subject: by, value (column and value of the group), name ("Northshire"), heading (of columns and
-- lines), called (subject of a sentence), where ("in Northshire"). Dates on a page are those of the
-- data; nothing asks the clock, so the same database gives the same bytes (R36).

local format = require "reoffend.format"
local hidden = require "reoffend.hidden"
local html = require "reoffend.html"
local page = require "reoffend.page"
local predictions = require "reoffend.predictions"
local release_reader = require "reoffend.release"
local tidy_csv = require "reoffend.tidy_csv"
local words = require "reoffend.words"

local h = html.elements
local publication = {}
publication.__index = publication

-- The record of the group in a window; one of noughts where it has nobody; nil without a window.
local function own_record(release, subject, window)
  if not window then return nil end
  return release_reader.where(release:records(subject.by, nil, window.start), subject.by,
    subject.value)[1] or release_reader.empty(subject.by, subject.value, window)
end

function publication.new(release, window, subject)
  local before = release.windows[window.year_before]
  local made = setmetatable({
    release = release, window = window, subject = subject,
    own = own_record(release, subject, window),
    before = own_record(release, subject, before),
    nation = release:records(nil, nil, window.start)[1],
    models = predictions.models(release, subject.by, subject.value),
    other_name = subject.other_name or "England and Wales",
    extract_date = release.provenance.extract_date or "an unknown date",
    synthetic = release.provenance.synthetic == "yes",
    sheet = tidy_csv.new(release), figures = 0, tables = 0,
  }, publication)
  made.other_heading = subject.other_heading or "England and Wales"
  made.change = release:compare(made.own, made.before)
  made.difference = release:compare(made.own, made.nation)
  return made
end

function publication:figure_title(text)
  self.figures = self.figures + 1
  return string.format("Figure %d. %s.", self.figures, text)
end

function publication:table_title(text)
  self.tables = self.tables + 1
  return string.format("Table %d. %s", self.tables, text)
end

-- Sections every publication closes with ----------------------------------------------------------

local DEFINITIONS = {
  { "Offender", "A person with at least one entry event in the window. A person is counted once in"
    .. " a window and may be in several windows." },
  { "Index event", "The first of these in the window: a caution, reprimand or final warning; a"
    .. " conviction other than immediate custody; a release from custody; a positive test for a"
    .. " Class A drug on arrest." },
  { "Re-offence", "A recordable offence committed within 12 months after the index event and"
    .. " proven by conviction, caution, reprimand or final warning within 18 months after it."
    .. " Breach proceedings are not counted." },
  { "Re-offender", "An offender with at least one re-offence." },
  { "Proportion who re-offend", "Re-offenders divided by offenders." },
  { "Re-offences per re-offender", "Re-offences divided by re-offenders: the frequency. It is not"
    .. " defined where nobody re-offended." },
  { "Further appearance", "Any later entry event within the 12 months, whether or not a re-offence"
    .. " is proven." },
  { "Violent or sexual; serious acquisitive", "Groups of offences by their Home Office code."
    .. " Serious acquisitive crime is domestic burglary, robbery and vehicle crime; aggravated"
    .. " burglary is violent and serious acquisitive." },
  { "95% confidence interval", "A range that would hold the underlying proportion 95 times in 100"
    .. " if chance alone moved the figure (Wilson score)." },
  { "Previous offences", "Offences proven before the index event, whenever they were committed. For"
    .. " someone released from custody the offence they were sentenced for is one of them." },
  { "Prolific and other Priority Offenders", "Offenders whose spell on the local caseload overlaps"
    .. " the window." },
  { "Class A drug misusers", "Offenders with a positive drug test or an assessment of Class A drug"
    .. " use whose validity overlaps the window." },
}

-- What a prediction is, with the year and people the models were fitted on.
local function prediction_definitions(models)
  if #models == 0 then return {} end
  local period, of_everyone = models[1].period, models[1].series == "all"
  return {
    { "Predicted proportion", "The mean probability of re-offending that models give these"
      .. " offenders by age and sex, ethnicity, index event and earlier offences. The models, one"
      .. " of adults and one of juveniles, were fitted on "
      .. (of_everyone and "all offenders" or "the members of this sub-cohort")
      .. " identified from " .. period .. ". Someone of a kind that year did not know has no"
      .. " prediction and is left out of it: those who entered by a drug test, where the year had"
      .. " none." },
    { "Actual less predicted", "The proportion who re-offended among the offenders with a"
      .. " prediction, less the predicted proportion. Its interval shows how far the number of"
      .. " re-offenders strays by chance alone when the predictions are right." },
    { "Adjusted proportion", "Actual less predicted, plus the proportion who re-offended in the"
      .. " year of the models: what the proportion would be with offenders like theirs." },
  }
end

function publication:definitions()
  local items = {}
  for _, list in ipairs { DEFINITIONS, prediction_definitions(self.models) } do
    for _, entry in ipairs(list) do
      items[#items + 1] = h.dt{ entry[1] }
      items[#items + 1] = h.dd{ entry[2] }
    end
  end
  return { id = "definitions", title = "Definitions", content = h.dl{ items } }
end

-- What the load and the codes leave open, in sentences.
function publication:quality_points()
  local points = {}
  local loaded = self.release:loaded()
  if loaded and loaded.read > 0 then
    points[#points + 1] = string.format("Of %s rows in the extracts, %s were accepted and %s set"
      .. " aside, each with its reason.", format.number(loaded.read),
      format.number(loaded.accepted), format.number(loaded.rejected))
  end
  local own = self.own
  if own and not own.hidden and own.reoffences > 0 then
    points[#points + 1] = string.format("Re-offences in the headline figures with a code that"
      .. " does not say for certain which group they belong to: %s of %s. They count as"
      .. " re-offences, not in the shares by severity.",
      format.number(own.unclassified_reoffences), format.number(own.reoffences))
  end
  for _, record in ipairs(self.release:records("area_code", nil, self.window.start)) do
    if record.unknown_area and not record.hidden then
      points[#points + 1] = string.format("The home area of %s offenders in England and Wales is"
        .. " not known; they are in the national figures only.", format.number(record.offenders))
    end
  end
  return points
end

function publication:things_to_know()
  local items = {}
  for _, text in ipairs(self:quality_points()) do items[#items + 1] = h.li{ text } end
  for _, text in ipairs {
    "An offence without a date, or with a range of dates on both sides of the index event, is not"
      .. " counted.",
    "Time spent in custody during the follow-up is not taken out.",
    "The area is the offender's home area at the index event or, where that is not known, the area"
      .. " that dealt with it.",
    "A final figure does not change when later extracts arrive: what is proven more than 18 months"
      .. " after the index event is not counted.",
  } do items[#items + 1] = h.li{ text } end
  return {
    id = "things-to-know", title = "Things you need to know",
    content = { h.ul{ items }, h.h3{ "Marks used in the tables" }, page.marks_note() },
  }
end

local SAID = {
  extract_date = "Extract date", synthetic = "Synthetic data", seed = "Seed of the synthetic data",
  generator_version = "Version of the generator",
  software_version = "Version of the software that built the results",
  lookup_version = "Version of the lookups",
}

function publication:provenance()
  local release, rows = self.release, {}
  for _, entry in ipairs(release.provenance) do
    local name = SAID[entry.name] or format.sentence((entry.name:gsub("_", " ")))
    rows[#rows + 1] = { name, entry.name == "extract_date" and format.date(entry.value)
      or entry.value }
  end
  rows[#rows + 1] = { "Software", "reoffend " .. release.version }
  rows[#rows + 1] = { "Window of this page", self.window.period
    .. (self.window.final and " (final)" or " (provisional)") }
  local rules = {}
  for _, parameter in ipairs(release.parameters) do
    rules[#rules + 1] = { parameter.meaning, parameter.value ~= "" and parameter.value or "not set",
      parameter.rule }
  end
  return {
    id = "provenance", title = "Where these figures come from",
    content = {
      page.table("table-provenance", self:table_title("Source and software"),
        { { "What" }, { "Value", text = true } }, rows),
      #rules > 0 and page.unfold("Rules in force", page.table("table-rules",
        self:table_title("Rules in force"),
        { { "Setting" }, { "Value", text = true }, { "Rule", text = true } }, rules)),
    },
  }
end

-- A name for a file: a code from the data may hold anything, a path included. Bytes other than
-- letters, digits, hyphen and underscore become an underscore and two hexadecimal digits.
function publication.file_name(text)
  return (text:gsub("[^%w_-]", function(byte) return string.format("_%02x", byte:byte()) end))
end

local function size_text(bytes) return format.number(math.ceil(bytes / 1024)) .. " kB" end

-- The section that leads to the CSV of the page.
function publication.download(file_name, csv)
  local _, lines = csv:gsub("\n", "\n")
  return {
    id = "download", title = "Download the figures",
    content = {
      h.p{
        "Every figure of this page, one to a line: ",
        h.a{ href = file_name, download = true,
          string.format("figures of this page (CSV, %s, %s lines)", size_text(#csv),
            format.number(lines - 1)) }, ".",
      },
      h.p{
        "Its columns are described for programs in ",
        h.a{ href = file_name .. "-metadata.json", "the description of the file (JSON)" }, ".",
      },
    },
  }
end

-- The files of the publication. fields: name (of the files), title, series, sections.
function publication:files(fields)
  local release, window = self.release, self.window
  local list = {}
  for _, section in ipairs(fields.sections) do list[#list + 1] = section end
  list[#list + 1] = hidden.section(self)
  list[#list + 1] = self:things_to_know()
  list[#list + 1] = self:definitions()
  list[#list + 1] = self:provenance()
  local name = publication.file_name(fields.name)
  local csv_name = name .. ".csv"
  local csv = self.sheet:csv()
  list[#list + 1] = publication.download(csv_name, csv)
  local text = page.render{
    title = fields.title, series = fields.series,
    description = fields.title .. ": who re-offended within 12 months, how often and how gravely.",
    generator = "reoffend " .. release.version,
    banner = self.synthetic and {
      h.strong{ "Synthetic data." }, " These figures describe nobody: they come from a generated"
        .. " nation made to show how the publication works.",
    } or nil,
    status = words.status(window, release.provenance.extract_date),
    sections = list,
    footer = {
      h.p{ "Made with reoffend ", release.version, " from the extract of ",
        format.date(self.extract_date), "." },
      self.synthetic and h.p{ "Synthetic data: not for use as statistics." },
    },
  }
  return {
    { name = name .. ".html", text = text },
    { name = csv_name, text = csv },
    { name = csv_name .. "-metadata.json", text = self.sheet:metadata(csv_name, fields.title) },
  }
end

return publication
