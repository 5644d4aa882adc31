-- Who of the people here is not at the screen. A: user, '1' away or '0' back.
-- Whoever leaves the room is taken out in silence: that they left is told.
if A[2] == '1' and not redis.call('ZSCORE', K[3], A[1]) then return 0 end
if redis.call(A[2] == '1' and 'SADD' or 'SREM', K[7], A[1]) == 0 then return 0 end
local away = redis.call('SMEMBERS', K[7])
table.sort(away)
emit('room:away', '{"away":' .. (#away > 0 and cjson.encode(away) or '[]') .. '}')
return 1
