-- Who is ready for the evening. K: set of user ids. A: user, '1' ready or '0' not (any more).
local change = A[2] == '1' and 'SADD' or 'SREM'
if redis.call(change, K[1], A[1]) == 0 then return 0 end
redis.call('EXPIRE', K[1], 21600)
local ready = redis.call('SMEMBERS', K[1])
table.sort(ready)
emit('evening:ready', '{"ready":' .. (#ready > 0 and cjson.encode(ready) or '[]') .. '}')
return 1
