-- extracts.lua NATION HAND README - checks what the extract files hold: the header of every format,
-- the number of cells, PNC ids against truth.csv, every kind of fault, and the hand-made set
-- against its answers and its description. Requires nothing; reads CSV by itself on purpose.
-- Ends with `N passed, N failed`; exit status 1 when a check failed.

local nation, hand, description = arg[1], arg[2], arg[3]
local passed, failed = 0, 0

local function check(name, good, detail)
  if good then
    passed = passed + 1
  else
    failed = failed + 1
    print(("not as expected: %s %s"):format(name, detail or ""))
  end
end

-- Rows of a CSV file as lists of cells; nil when there is none.
local function read_csv(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a"):gsub("^\xef\xbb\xbf", "")
  file:close()
  local rows, row, at = {}, {}, 1
  while at <= #text do
    local cell
    if text:sub(at, at) == '"' then
      local close = at
      repeat
        close = text:find('"', close + 1, true)
        local doubled = text:sub(close + 1, close + 1) == '"'
        if doubled then close = close + 1 end
      until not doubled
      cell, at = text:sub(at + 1, close - 1):gsub('""', '"'), close + 1
    else
      local stop = text:find("[,\r\n]", at) or #text + 1
      cell, at = text:sub(at, stop - 1), stop
    end
    row[#row + 1] = cell
    if text:sub(at, at) ~= "," then
      rows[#rows + 1], row = row, {}
      if text:sub(at, at) == "\r" then at = at + 1 end
    end
    at = at + 1
  end
  return rows
end

local headers = {
  area = "area_code,area_name,area_type,parent_code",
  pnc_person = "pnc_id,surname,forename,birth_date,sex,ethnicity",
  pnc_appearance = "appearance_id,pnc_id,appearance_date,kind,disposal_code,duration,"
    .. "home_area_code,force_code",
  pnc_offence = "offence_id,pnc_id,appearance_id,ho_code,offence_date,offence_date_end,"
    .. "offence_date_code,proven_date,verdict,disposal_code,force_code,entry_date",
  pnc_arrest = "arrest_id,pnc_id,asn,arrest_date,force_code,entry_date",
  pnc_charge = "charge_id,pnc_id,asn,charge_date,ho_code",
  pnc_merge = "superseded_pnc_id,current_pnc_id,merge_date",
  prison_release = "release_id,pnc_id,release_date,release_type,sentence_date,duration,"
    .. "home_area_code",
  drug_test = "test_id,pnc_id,test_date,result,substance,force_code,home_area_code",
  oasys_assessment = "assessment_id,pnc_id,assessment_date,class_a_drug_use,drug_score",
  ["jtrack_caseload_2009-01-01"] = "extract_date,pnc_id,surname,forename,birth_date,scheme,"
    .. "area_code,status,nominated_date,removed_date,removal_reason",
  extract = "name,value",
}

local function check_form(folder, name)
  local rows = read_csv(("%s/%s.csv"):format(folder, name))
  check(name .. " is there in " .. folder, rows ~= nil)
  if not rows then return end
  check(name .. " has the header of its format", table.concat(rows[1], ",") == headers[name])
  local wrong = 0
  for _, row in ipairs(rows) do
    if #row ~= #rows[1] then wrong = wrong + 1 end
  end
  check(name .. " has as many cells in every row", wrong == 0, wrong .. " rows have not")
end

for name in pairs(headers) do
  check_form(nation, name)
  check_form(hand, name)
end

-- The canonical form of a PNC id, nil when it is none: a form of its own, not the extension's.
local function canonical(text)
  local id = text:upper()
  local year, serial, letter = id:match("^(%d%d%d?%d?)/(%d+)(%u)$")
  if not year then
    year, serial, letter = id:match("^(%d%d%d%d)(%d%d%d%d%d%d%d)(%u)$")
  end
  if not year then
    year, serial, letter = id:match("^(%d%d)(%d+)(%u)$")
  end
  if not year or #year == 3 or #serial > 7 then return nil end
  local rest = (tonumber(year:sub(-2)) * 10000000 + tonumber(serial)) % 23
  if ("ZABCDEFGHJKLMNPQRTUVWXY"):sub(rest + 1, rest + 1) ~= letter then return nil end
  if #year == 2 then year = (tonumber(year) > 11 and "19" or "20") .. year end
  return ("%s/%07d%s"):format(year, tonumber(serial), letter)
end

-- The id in use today.
local current = {}
for number, row in ipairs(read_csv(nation .. "/pnc_merge.csv")) do
  if number > 1 then current[row[1]] = row[2] end
end
local function person_of(id)
  while current[id] do id = current[id] end
  return id
end

-- truth.csv: which ids are damaged, and how; which faults occur at all.
local broken = { wrong_letter = 0, letter_o = 0, letter_in_serial = 0, no_letter = 0, words = 0,
  absent = 0 }
local fine = { none = 0, lower_case = 0, no_slash = 0, unpadded = 0, two_digit_year = 0,
  two_digit_year_no_slash = 0 }
local other = { merged = 0, impossible_date = 0, future_date = 0, unknown_area = 0,
  unknown_ho_code = 0, unclassifiable_ho_code = 0, exact_duplicate = 0, unknown_kind = 0,
  same_id_again = 0, missing_offence_date = 0, unknown_date_code = 0, no_sentence = 0 }
local damaged, wrong_truth, unlisted = {}, 0, 0
for number, row in ipairs(read_csv(nation .. "/truth.csv")) do
  if number > 1 then
    local _, file, row_id, written, true_id, damage = table.unpack(row)
    if broken[damage] then
      broken[damage] = broken[damage] + 1
      damaged[file .. row_id] = true
      if canonical(written) then wrong_truth = wrong_truth + 1 end
    elseif fine[damage] then
      fine[damage] = fine[damage] + 1
      if person_of(canonical(written)) ~= true_id then wrong_truth = wrong_truth + 1 end
    elseif other[damage] then
      other[damage] = other[damage] + 1
    else
      unlisted = unlisted + 1
    end
  end
end
check("truth.csv tells good ids from broken ones", wrong_truth == 0, wrong_truth .. " are wrong")
check("truth.csv names known faults only", unlisted == 0)
for _, kinds in ipairs({ broken, fine, other }) do
  for name, count in pairs(kinds) do
    check("the default nation has the fault " .. name, count > 0)
  end
end

for _, name in ipairs({ "pnc_appearance", "pnc_offence", "pnc_arrest", "pnc_charge",
  "prison_release", "drug_test", "oasys_assessment" }) do
  local bad, rows = 0, read_csv(("%s/%s.csv"):format(nation, name))
  for number = 2, #rows do
    local good = canonical(rows[number][2]) ~= nil
    if good == (damaged[name .. ".csv" .. rows[number][1]] or false) then bad = bad + 1 end
  end
  check(name .. ": every PNC id not said to be broken is valid", bad == 0, bad .. " are not")
end

-- The hand-made set: every answer is about a person of the set and described.
local people, answered = {}, {}
for number, row in ipairs(read_csv(hand .. "/pnc_person.csv")) do
  if number > 1 then people[row[2]] = canonical(row[1]) end
end
local file = assert(io.open(description, "rb"))
local text = file:read("a")
file:close()
for number, row in ipairs(read_csv(hand .. "/expected.csv")) do
  if number > 1 then
    local person = row[2]
    answered[person] = true
    check(person .. " is in pnc_person.csv", people[person] ~= nil)
    check(person .. " is described", text:find(("| %s | %s |"):format(person, row[4]), 1, true))
  end
end
for person in pairs(people) do
  check(person .. " has an answer", answered[person])
end

print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
