-- A: crowd size, crowd every ms. Answers the people whose last lease ran out.
local gone = {}
for _, holder in ipairs(redis.call('ZRANGEBYSCORE', K[1], '-inf', NOW)) do
  redis.call('ZREM', K[1], holder)
  redis.call('ZREM', K[2], holder)
  local user = string.match(holder, '^(.-)|')
  if not others(user) and redis.call('ZREM', K[3], user) == 1 then
    redis.call('HDEL', K[4], user)
    redis.call('SREM', K[7], user)
    tell('left', user, '{"user_id":"' .. user .. '","reason":"gone"}', A[1], A[2])
    gone[#gone + 1] = user
  end
end
local first = redis.call('ZRANGE', K[1], 0, 0, 'WITHSCORES')
if first[2] then schedule('room.leases', '', tonumber(first[2])) end
return gone
