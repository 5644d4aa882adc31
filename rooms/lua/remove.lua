-- A: user, reason. Ends every lease of a person and tells the room, whatever its size.
-- Whoever is just coming in, their membership already read, finds the mark and stays outside.
redis.call('ZADD', K[6], NOW, A[1])
redis.call('EXPIRE', K[6], 60)
-- The drop names the leases it ends: whoever is let in again after it keeps theirs.
local ended = redis.call('ZRANGEBYLEX', K[2], '[' .. A[1] .. '|', '[' .. A[1] .. '|\255')
for _, holder in ipairs(ended) do
  redis.call('ZREM', K[1], holder)
  redis.call('ZREM', K[2], holder)
end
redis.call('ZREM', K[3], A[1])
redis.call('HDEL', K[4], A[1])
redis.call('SREM', K[7], A[1])
emit('room:member:left', '{"user_id":"' .. A[1] .. '","reason":"' .. A[2] .. '"}')
publish({type = 'room.drop', user = A[1], holders = ended})
return 1
