-- html.lua - builds HTML and SVG in which all text is escaped.
--
-- Requires: nothing.
--
--   local h = html.elements
--   h.p{ class = "note", "a < b ", h.strong{ "bold" } }   -- an element; strings are escaped
--   html.render(element)                                  -- its text
--   html.raw(text)                                        -- text that is HTML already
--
-- 1. The keys of the table are attributes, written in sorted order (same input, same bytes); true
--    writes a bare attribute, false leaves it out. The list part is the content: strings, numbers,
--    elements, lists of these; nil and false are skipped.
-- 2. Bytes that are no UTF-8 and control characters become U+FFFD, so a page is always valid.

local html = {}

local REPLACEMENT = "\u{FFFD}"
local ENTITIES = {
  ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;",
}

-- The text as valid UTF-8 without control characters other than tab and newline.
function html.clean(text)
  local parts, position = {}, 1
  while position <= #text do
    local length, bad = utf8.len(text, position)
    if length then
      parts[#parts + 1] = text:sub(position)
      break
    end
    parts[#parts + 1] = text:sub(position, bad - 1) .. REPLACEMENT
    position = bad + 1
  end
  return (table.concat(parts):gsub("[%z\1-\8\11-\31\127]", REPLACEMENT))
end

function html.escape(text)
  return (html.clean(text):gsub("[&<>\"']", ENTITIES))
end

local raw_type = {}

-- Marks text as HTML that needs no escaping.
function html.raw(text) return setmetatable({ text = text }, raw_type) end

local function set(words)
  local members = {}
  for word in words:gmatch("%S+") do members[word] = true end
  return members
end

local VOID = set "br col hr img input link meta"
local BLOCK = set [[html head body header main footer nav section aside div p h1 h2 h3 h4 ul ol li
  dl dt dd table caption thead tbody tr figure figcaption details summary meta link title style
  svg g path line circle rect text polygon desc]]
-- Elements of SVG that may be closed where they open.
local SELF_CLOSING = set "path line circle rect polygon polyline"

local function number_text(number)
  if math.type(number) == "integer" then return tostring(number) end
  return (string.format("%.2f", number):gsub("0+$", ""):gsub("%.$", ""))
end

local function add_content(parts, content)
  local kind = type(content)
  if getmetatable(content) == raw_type then
    parts[#parts + 1] = content.text
  elseif kind == "string" then
    parts[#parts + 1] = html.escape(content)
  elseif kind == "number" then
    parts[#parts + 1] = number_text(content)
  elseif kind == "table" then
    local last = 0
    for key in pairs(content) do
      if math.type(key) == "integer" and key > last then last = key end
    end
    for place = 1, last do add_content(parts, content[place]) end
  elseif content then
    error("an element cannot hold a " .. kind, 0)
  end
end

local function add_attributes(parts, attributes)
  local names = {}
  for name, value in pairs(attributes) do
    if type(name) == "string" and value ~= false then names[#names + 1] = name end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local value = attributes[name]
    if value == true then
      parts[#parts + 1] = " " .. name
    else
      if type(value) == "number" then value = number_text(value) end
      parts[#parts + 1] = string.format(' %s="%s"', name, html.escape(value))
    end
  end
end

local function element(name, attributes)
  local parts = { "<", name }
  add_attributes(parts, attributes)
  if SELF_CLOSING[name] and #attributes == 0 then
    parts[#parts + 1] = "/>"
  else
    parts[#parts + 1] = ">"
    if not VOID[name] then
      add_content(parts, attributes)
      parts[#parts + 1] = "</" .. name .. ">"
    end
  end
  if BLOCK[name] then parts[#parts + 1] = "\n" end
  return html.raw(table.concat(parts))
end

html.elements = setmetatable({}, {
  __index = function(elements, name)
    local function build(attributes)
      if getmetatable(attributes) == raw_type or type(attributes) ~= "table" then
        attributes = { attributes }
      end
      return element(name, attributes)
    end
    rawset(elements, name, build)
    return build
  end,
})

-- The text of an element or a list of elements.
function html.render(content)
  local parts = {}
  add_content(parts, content)
  return table.concat(parts)
end

return html
