-- Fills the tail from the database, unless somebody did. A: the highest rank there is, then for
-- each message: id, rank, JSON. K: tail, bodies
if redis.call('HEXISTS', K[2], '') == 1 then return 0 end
redis.call('DEL', K[1], K[2])
redis.call('HSET', K[2], '', A[1])
for i = 2, #A, 3 do
  redis.call('ZADD', K[1], A[i + 1], A[i])
  redis.call('HSET', K[2], A[i], A[i + 2])
end
redis.call('EXPIRE', K[1], 86400)
redis.call('EXPIRE', K[2], 86400)
return 1
