-- Tells the room which players changed since the last time: at most 100 at once.
local entries = {}
for _, player in ipairs(redis.call('SPOP', K[6], 100)) do
  local told = redis.call('HGET', K[5], player)
  local user, tab = string.match(player, '^([^:]*):(.*)$')
  entries[#entries + 1] = told and string.match(told, '({.*)$')
    or '{"user_id":"' .. user .. '","tab":"' .. tab .. '","state":"gone"}'
end
if #entries == 0 then return 0 end
pass('sync:members', '{"members":[' .. table.concat(entries, ',') .. ']}')
redis.call('HSET', K[1], 'shown', num(NOW))
if redis.call('EXISTS', K[6]) == 1 then schedule('sync.members', '', NOW + 1000) end
return #entries
