-- In front of every script of presence. KEYS: due, told. ARGV: now (server ms), prefix of the keys,
-- then the script's own as A[1]… All keys carry one hash tag, so they lie in one slot.
local NOW, PREFIX, A = tonumber(ARGV[1]), ARGV[2], {unpack(ARGV, 3)}
local DAY, FORTNIGHT = 86400, 1209600
local function leases(user) return PREFIX .. 'leases:' .. user end
local function room_key(code) return PREFIX .. 'room:' .. code end

-- A person is looked at again when the first of their leases ends.
local function look_again(user)
  local first = redis.call('ZRANGE', leases(user), 0, 0, 'WITHSCORES')
  if first[2] then redis.call('ZADD', KEYS[1], first[2], user)
  else redis.call('ZREM', KEYS[1], user) end
end

-- 'off', 'on', or what is written down of their room: one with a film before one without, and of
-- those the one they came to last. A holder is "CODE|connection", and connections sort by time.
local function state_of(user)
  redis.call('ZREMRANGEBYSCORE', leases(user), '-inf', NOW)
  local state, rank = 'off', ''
  for _, holder in ipairs(redis.call('ZRANGE', leases(user), 0, -1)) do
    if state == 'off' then state = 'on' end
    local code, connection = string.match(holder, '^(.-)|(.*)$')
    local room = code ~= '' and redis.call('GET', room_key(code))
    local own = room and (cjson.decode(room).film and '1' or '0') .. connection or ''
    if own > rank then state, rank = room, own end
  end
  return state
end
