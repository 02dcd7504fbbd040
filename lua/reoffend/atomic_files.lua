-- atomic_files.lua - files that are never seen half-written.
--
-- Requires: lfs.
--
--   local good, message = atomic_files.write(folder, { { name = "a.html", text = "…" }, … })
--
-- Every text is written to a temporary name beside its place and closed without error before the
-- first is renamed. A failure while writing removes the temporary files and leaves what was there;
-- each single file is always the old or the new one.

local lfs = require "lfs"

local atomic_files = {}

-- Makes a folder and those above it. Returns true, or nil and a message.
function atomic_files.make_folder(path)
  local made = path:sub(1, 1) == "/" and "/" or ""
  for part in path:gmatch("[^/]+") do
    made = made .. part
    if lfs.attributes(made, "mode") ~= "directory" then
      local good, message = lfs.mkdir(made)
      if not good and lfs.attributes(made, "mode") ~= "directory" then
        return nil, "the folder " .. made .. " cannot be made: " .. message
      end
    end
    made = made .. "/"
  end
  return true
end

local function write_text(path, text)
  local file, message = io.open(path, "wb")
  if not file then return nil, message end
  local written, why = file:write(text)
  local closed, close_why = file:close()
  if not (written and closed) then return nil, path .. ": " .. tostring(why or close_why) end
  return true
end

function atomic_files.write(folder, files)
  local good, message = atomic_files.make_folder(folder)
  if not good then return nil, message end
  local paths = {}
  for place, file in ipairs(files) do
    local path = folder .. "/" .. file.name
    paths[place] = path
    good, message = write_text(path .. ".part", file.text)
    if not good then break end
  end
  for place, path in ipairs(good and paths or {}) do
    good, message = os.rename(path .. ".part", path)
    if not good then
      message = tostring(message) .. " (file " .. place .. " of " .. #paths .. ")"
      break
    end
  end
  if not good then
    for _, path in ipairs(paths) do os.remove(path .. ".part") end
    return nil, "the files were not written: " .. tostring(message)
  end
  return paths
end

return atomic_files
