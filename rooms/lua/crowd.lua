-- Shared by arrive and sweep. K: leases, conns, present, people, crowd, out, away.
local function several(size) return redis.call('ZCARD', K[3]) > tonumber(size) end

-- Past a certain size a room hears of comings and goings together, not one by one; and as long as
-- some wait to be told, or somebody would be told to be gone who has just come back.
local function tell(kind, id, body, size, every_ms)
  if not several(size) and redis.call('LLEN', K[5]) == 0 then return emit('room:member:' .. kind, body) end
  redis.call('RPUSH', K[5], kind .. '|' .. id)
  if redis.call('LLEN', K[5]) == 1 then schedule('room.crowd', '', NOW + every_ms) end
end

local function others(user)
  local found = redis.call('ZRANGEBYLEX', K[2], '[' .. user .. '|', '[' .. user .. '|\255', 'LIMIT', 0, 1)
  return #found > 0
end

