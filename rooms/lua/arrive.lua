-- A: user, connection, lease ms, member JSON, crowd size, crowd every ms, seats ('': no end)
-- Answers 1 for a person's first connection, 0 for a further one, -1 for somebody just sent away,
-- -2 where no seat is left for one more person.
if redis.call('ZSCORE', K[6], A[1]) then return -1 end
local seats = tonumber(A[7])
if seats and not redis.call('ZSCORE', K[3], A[1]) and redis.call('ZCARD', K[3]) >= seats then
  return -2
end
local user, holder = A[1], A[1] .. '|' .. A[2]
redis.call('ZADD', K[1], NOW + A[3], holder)
redis.call('ZADD', K[2], 0, holder)
schedule('room.leases', '', tonumber(redis.call('ZRANGE', K[1], 0, 0, 'WITHSCORES')[2]))
local fresh = redis.call('ZADD', K[3], 'NX', NOW, user)
redis.call('HSET', K[4], user, A[4])
if fresh == 1 then tell('joined', user, '{"member":' .. A[4] .. '}', A[5], A[6]) end
return fresh
