-- page.lua - the frame of a publication and its parts: head, banner, contents, tables, figures.
--
-- Requires: reoffend.format, reoffend.html, reoffend.labels, reoffend.measures, reoffend.palette.
-- Charts are handed in. One page is one file: styles and charts stand in it, it runs no script and
-- fetches nothing. It is built to WCAG 2.2 AA: language, skip link, one h1,
-- sections named by their headings, captions, scope on every header cell, a table beside every
-- chart, visible focus, no meaning by colour alone, no scrolling sideways at 320 pixels except
-- inside wide tables, which take the keyboard's focus.

local format = require "reoffend.format"
local html = require "reoffend.html"
local labels = require "reoffend.labels"
local measures = require "reoffend.measures"
local palette = require "reoffend.palette"

local h = html.elements
local page = {}

page.WIDE, page.NARROW = 860, 340

local STYLE = [[
:root{color-scheme:light}
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:PAPER;color:INK;font:1.0625rem/1.5 Arial,"Liberation Sans",Helvetica,
sans-serif;overflow-wrap:break-word}
a{color:LINK;text-underline-offset:.15em}
a:hover{text-decoration-thickness:.2em}
:focus-visible{outline:3px solid LINK;outline-offset:2px}
.skip{position:absolute;left:-999em}
.skip:focus{position:static;display:block;padding:.75rem 1rem;background:PAPER}
.wrap{max-width:56rem;margin:0 auto;padding:0 1rem}
.banner{margin:0;background:#fbf1f5;border-bottom:4px solid WARNING}
.banner p{margin:0;padding:.6rem 0}
.series{margin:1.75rem 0 .25rem;color:MUTED}
h1{font-size:2rem;line-height:1.15;margin:0 0 .5rem}
h2{font-size:1.5rem;line-height:1.25;margin:2.75rem 0 .75rem;padding-top:.75rem;
border-top:2px solid RULE}
h3{font-size:1.1875rem;line-height:1.3;margin:2rem 0 .5rem}
p,ul,ol,dl{margin:.5rem 0 1rem}
p,ul,dl,figcaption{max-width:46rem}
.nb{white-space:nowrap}
li{margin:.35rem 0}
nav ol{padding-left:2rem;columns:2 18rem;column-gap:3rem}
nav li{margin:0;padding:.15rem 0;break-inside:avoid}
.figures{display:grid;max-width:none;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));
gap:1rem;list-style:none;padding:0;margin:1rem 0 1.5rem}
.figures li{margin:0;padding:.9rem 1rem;background:PANEL;border-left:5px solid OWN}
.figures b{display:block;font-size:1.875rem;line-height:1.2}
.figures span{display:block}
.note{color:MUTED;font-size:1rem}
figure{margin:1rem 0 1.25rem}
figcaption{margin:0 0 .5rem}
.chart{display:block;max-width:100%;height:auto}
.narrow{display:none}
.scroll{overflow-x:auto;margin:.75rem 0 1.25rem}
table{border-collapse:collapse;width:100%;font-size:1rem}
caption{text-align:left;font-weight:bold;padding:0 0 .5rem}
caption span{display:inline-block;position:sticky;left:0;max-width:min(46rem,calc(100vw - 2rem))}
th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid GRID;text-align:left;
vertical-align:top}
thead th{vertical-align:bottom;border-bottom:2px solid RULE}
th.n,td.n{text-align:right;padding-right:0;padding-left:.75rem;font-variant-numeric:tabular-nums}
td.n{white-space:nowrap}
.n+:not(.n){padding-left:1.25rem}
tbody th{font-weight:normal;min-width:10.85rem}
tr.own th,tr.own td{font-weight:bold;background:PANEL}
details{margin:.5rem 0 1.25rem}
summary{padding:.35rem 0;color:LINK;text-decoration:underline;cursor:pointer}
dt{font-weight:bold;margin-top:.75rem}
dd{margin:0}
footer{margin:3rem 0 0;padding:1.25rem 0 2rem;background:PANEL}
@media (max-width:46rem){.wide{display:none}.narrow{display:block}
h1{font-size:1.625rem}h2{font-size:1.3125rem}table{font-size:.9375rem}}
@media print{.wrap{max-width:none}.wide{display:block}.narrow,.skip,nav{display:none}
.scroll{overflow:visible}figure,tr,.figures li{break-inside:avoid}h2,h3,caption{break-after:avoid}
table{font-size:.8125rem}a{color:inherit}
details::details-content{content-visibility:visible;block-size:auto}summary{display:none}}
]]

local COLOURS = {
  INK = "ink", MUTED = "muted", PAPER = "paper", PANEL = "panel", RULE = "rule", GRID = "grid",
  LINK = "link", WARNING = "warning", OWN = "own",
}

local function style()
  return (STYLE:gsub("%u%u+", function(name)
    return COLOURS[name] and palette[COLOURS[name]] or nil
  end))
end

-- Text of figures -------------------------------------------------------------------------------

local SHOW = {
  count = function(value) return format.number(value) end,
  proportion = format.percent,
  average = function(value) return format.number(value, 2) end,
  difference = function(value) return format.number(value * 100, 1) .. " points" end,
}

-- Marks but that of a provisional window, which stands once at the period.
local function marks_text(cell)
  local parts = {}
  for _, mark in ipairs(cell.marks) do
    if mark ~= "p" then parts[#parts + 1] = "[" .. mark .. "]" end
  end
  return table.concat(parts, " ")
end

-- The figure of a record for a measure as the page shows it: "26.3%", "12 [u]", "[c]".
function page.figure_text(record, name)
  local cell = measures.cell(record, name)
  local marks = marks_text(cell)
  if cell.value == nil then return marks end
  return SHOW[cell.measure.kind](cell.value) .. (marks ~= "" and " " .. marks or "")
end

-- A limit of a record's interval.
function page.limit_text(record, name, limit)
  local cell = measures.cell(record, name)
  if cell[limit] == nil then return marks_text(cell) ~= "" and marks_text(cell) or "[x]" end
  return SHOW[cell.measure.kind](cell[limit])
end

-- Both limits: "24.9% to 29.3%", or the marks once.
function page.interval_text(record, name)
  local low, high = page.limit_text(record, name, "low"), page.limit_text(record, name, "high")
  return low == high and low:find("^%[") and low or low .. " to " .. high
end

-- "Jan to Dec 2009", with [p] where the window is provisional.
function page.period_text(window)
  return window.short_period .. (window.final and "" or " [p]")
end

-- Parts -------------------------------------------------------------------------------------------

-- Text of a header cell; its hyphenated words stay on one line.
local function unbroken(text)
  local parts = {}
  for word, space in text:gmatch("(%S+)(%s*)") do
    parts[#parts + 1] = word:find("-", 1, true) and h.span{ class = "nb", word } or word
    parts[#parts + 1] = space
  end
  return parts
end

-- A table. columns: { title, text = true for a column of text }; rows: lists of texts, the first
-- the row's header; row.own marks the row of the page's subject.
function page.table(id, caption, columns, rows)
  local head, body = {}, {}
  for place, column in ipairs(columns) do
    head[place] = h.th{ scope = "col", class = place > 1 and not column.text and "n",
      unbroken(column[1]) }
  end
  for place, row in ipairs(rows) do
    local cells = { h.th{ scope = "row", unbroken(row[1]) } }
    for column = 2, #columns do
      cells[column] = h.td{ class = not columns[column].text and "n", row[column] }
    end
    body[place] = h.tr{ class = row.own and "own", cells }
  end
  return h.section{
    class = "scroll", tabindex = "0", ["aria-labelledby"] = id,
    h.table{ h.caption{ h.span{ id = id, caption } }, h.thead{ h.tr{ head } }, h.tbody{ body } },
  }
end

-- A chart, drawn once for wide screens and once for narrow ones, with its caption. draw(id, width)
-- returns an element.
function page.chart(id, caption, draw)
  return h.figure{
    h.figcaption{ h.strong{ caption[1] }, caption[2] and { " ", caption[2] } },
    h.div{ class = "wide", draw(id .. "-wide", page.WIDE) },
    h.div{ class = "narrow", draw(id .. "-narrow", page.NARROW) },
  }
end

-- A table to unfold beneath a chart.
function page.unfold(summary, content)
  return h.details{ h.summary{ summary }, content }
end

-- The meaning of the marks used on the page.
function page.marks_note()
  local items = {}
  for place, mark in ipairs(labels.marks) do
    items[place] = h.li{ "[", mark[1], "] ", mark[2] }
  end
  return h.ul{ items }
end

-- A section with its heading. `section` has id, title and content.
local function section_element(section)
  return h.section{
    ["aria-labelledby"] = section.id,
    h.h2{ id = section.id, section.title }, section.content,
  }
end

-- The whole page. fields: title, series, period, status, banner (or nil), description, lead,
-- sections, footer.
function page.render(fields)
  local contents, sections = {}, {}
  for place, section in ipairs(fields.sections) do
    contents[place] = h.li{ h.a{ href = "#" .. section.id, section.title } }
    sections[place] = section_element(section)
  end
  local document = h.html{
    lang = "en-GB",
    h.head{
      h.meta{ charset = "utf-8" },
      h.title{ fields.title },
      h.meta{ name = "viewport", content = "width=device-width, initial-scale=1" },
      h.meta{ name = "description", content = fields.description },
      h.meta{ name = "generator", content = fields.generator },
      h.style{ html.raw(style()) },
    },
    h.body{
      h.a{ class = "skip", href = "#main", "Skip to main content" },
      h.header{
        fields.banner and h.div{ class = "banner", h.div{ class = "wrap", h.p{ fields.banner } } },
        h.div{ class = "wrap", h.p{ class = "series", fields.series }, h.h1{ fields.title },
          h.p{ fields.status } },
      },
      h.div{
        class = "wrap",
        h.nav{ ["aria-label"] = "Contents", h.ol{ contents } },
        h.main{ id = "main", sections },
      },
      h.footer{ h.div{ class = "wrap", fields.footer } },
    },
  }
  return "<!DOCTYPE html>\n" .. html.render(document)
end

return page
