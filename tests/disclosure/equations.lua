-- equations.lua - writes the equations that attack.c reads, a block at a time.
--
--   equations.begin(name)
--   equations.unknown(name, least, kind)   -- its short name; made when it is first used
--   equations.sum(parts)                   -- { weight, number or unknown's name } …: together 0
--   equations.finish()                     -- prints the block
local equations = {}

local names, unknowns, sums

function equations.begin(name)
  names, unknowns, sums = {}, {}, {}
  print("block " .. name:gsub(" ", "_"))
end

function equations.unknown(name, least, kind)
  if not names[name] then
    local short = name:gsub("[^%w|.-]", "_")
    names[name] = short
    unknowns[#unknowns + 1] = string.format("unknown %s %d %s", short, least, kind)
  end
  return names[name]
end

local function term(weight, name)
  if weight == 1 then return "+" .. name end
  if weight == -1 then return "-" .. name end
  return string.format("%+d*%s", weight, name)
end

function equations.sum(parts)
  local value, terms = 0, {}
  for _, part in ipairs(parts) do
    local weight, of = part[1], part[2]
    if math.type(of) then
      value = value - weight * of
    elseif weight ~= 0 then
      terms[#terms + 1] = term(weight, of)
    end
  end
  if #terms > 0 then
    sums[#sums + 1] = string.format("sum %d %s", value, table.concat(terms, " "))
  else
    assert(value == 0, "published numbers that do not add up")
  end
end

function equations.finish()
  for _, line in ipairs(unknowns) do print(line) end
  for _, line in ipairs(sums) do print(line) end
end

return equations
