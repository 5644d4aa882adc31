-- Who counts, who is ready, and when the room can keep an appointment.
local FRESH_MS, LEAD_MS, LEAD_OVER_RTT_MS, LEAD_MOST_MS = 15000, 150, 120, 1500

local function forget(player)
  redis.call('ZREM', K[2], player)
  redis.call('SREM', K[3], player)
  redis.call('ZREM', K[4], player)
end

-- True when everybody who counts has reported ready, and when nobody counts.
local function all_ready()
  for _, player in ipairs(redis.call('ZRANGEBYSCORE', K[2], '-inf', NOW - FRESH_MS)) do
    forget(player)
  end
  return redis.call('SCARD', K[3]) >= redis.call('ZCARD', K[2])
end

-- Only the slowest tenth of the room may hear of an appointment too late.
local function appointment()
  all_ready()
  local place = math.max(0, math.ceil(redis.call('ZCARD', K[4]) * 0.9) - 1)
  local p90 = tonumber(redis.call('ZRANGE', K[4], place, place, 'WITHSCORES')[2] or 0)
  return NOW + math.min(math.max(LEAD_MS, math.ceil(p90) + LEAD_OVER_RTT_MS), LEAD_MOST_MS)
end
