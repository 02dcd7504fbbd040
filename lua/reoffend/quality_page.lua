-- quality_page.lua - the data quality report: tables of figures that quality.lua reads.
--
-- Requires: reoffend.quality, reoffend.table_page.
--
--   local made = quality_page.new(release, window)
--   made:rows("rejected_rows")      -- the rows of one query; made:row() the first
--
-- Everything else is table_page.lua's.

local quality = require "reoffend.quality"
local table_page = require "reoffend.table_page"

local quality_page = setmetatable({}, { __index = table_page })
quality_page.__index = quality_page

function quality_page.new(release, window)
  local made = setmetatable(table_page.new(release, window), quality_page)
  made.quality = quality.open(release, window)
  return made
end

function quality_page:rows(name) return self.quality:rows(name) end
function quality_page:row(name) return self.quality:row(name) end

return quality_page
