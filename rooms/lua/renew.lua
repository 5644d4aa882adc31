-- A: lease ms, then holders. A lease that ran out meanwhile is taken again only by arriving.
for i = 2, #A do redis.call('ZADD', K[1], 'XX', NOW + A[1], A[i]) end
redis.call('EXPIRE', KEYS[3], WEEK)
redis.call('EXPIRE', KEYS[1], 2 * WEEK)
redis.call('EXPIRE', KEYS[2], 2 * WEEK)
return 1
