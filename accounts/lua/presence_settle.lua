-- A: how many. Looks at people whose time has come; answers those who are otherwise than was told,
-- as user and state by turns, and takes it for told.
local changed = {}
for _, user in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', NOW, 'LIMIT', 0, A[1])) do
  local state = state_of(user)
  local told = redis.call('HGET', KEYS[2], user)
  if state ~= (told and string.match(told, '^%d+|(.*)$') or 'off') then
    redis.call('HSET', KEYS[2], user, ARGV[1] .. '|' .. state)
    changed[#changed + 1] = user
    changed[#changed + 1] = state
  end
  look_again(user)
end
return changed
