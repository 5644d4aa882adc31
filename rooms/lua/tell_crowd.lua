-- Tells joins and leaves of a large room together; who came and went in between is not named.
local joined, left, last = {}, {}, {}
for _, entry in ipairs(redis.call('LRANGE', K[5], 0, -1)) do
  local kind, user = string.match(entry, '^(%a+)|(.*)$')
  last[user] = kind
end
redis.call('DEL', K[5])
for user, kind in pairs(last) do
  local member = redis.call('HGET', K[4], user)
  if kind == 'left' then left[#left + 1] = '"' .. user .. '"'
  elseif member then joined[#joined + 1] = member end
end
pass('room:members', '{"joined":[' .. table.concat(joined, ',') .. '],"left":[' ..
  table.concat(left, ',') .. '],"count":' .. redis.call('ZCARD', K[3]) .. '}')
return 1
