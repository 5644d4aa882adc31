-- The timeline as a hash of strings: how it is read, where it stands, how it is written.
-- K: timeline, counting (player → last heard ms), ready (players ready since T.barrier),
--    rtts (player → ms), statuses (player → see store.py), news (players),
--    deeds (list of JSON)
local NEAR_S, EDGE_S, EDGE_CLEAR_S, DAY = 1, 2, 8, 86400
local T = {}
local flat = redis.call('HGETALL', K[1])
for i = 1, #flat, 2 do T[flat[i]] = flat[i + 1] end
-- What an older epoch numbered would never be followed: it counts as lost.
local epoch = redis.call('GET', KEYS[3])
if T.epoch ~= epoch then T = {epoch = epoch} end
local NUMBERS = {'position', 'rate', 'at', 'since', 'cap', 'duration', 'available', 'notbefore'}
for _, name in ipairs(NUMBERS) do T[name] = tonumber(T[name] or '') end

local function num(x) return string.format('%.14g', x) end
local function json_bool(x) return x == '1' and 'true' or 'false' end

local function position(t)
  local p = T.position
  if T.paused == '0' and t > T.at then p = p + (t - T.at) / 1000 * T.rate end
  return T.duration and math.min(p, T.duration) or p
end

local function going() return T.paused == '0' or (T.reason ~= '' and T.resume == '1') end

local function clamp(p)
  return math.max(0, math.min(p, T.available or T.duration or p))
end

local function save()
  local fields = {}
  for _, name in ipairs({'duration', 'available', 'notbefore'}) do T[name] = T[name] or '' end
  for name, value in pairs(T) do
    fields[#fields + 1] = name
    fields[#fields + 1] = type(value) == 'number' and num(value) or value
  end
  redis.call('HSET', K[1], unpack(fields))
  redis.call('EXPIRE', K[1], 7 * DAY)
end
