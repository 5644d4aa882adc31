-- A: lease ms, then holders. Answers those whose lease ran out: it is taken again by arriving.
local lost = {}
for i = 2, #A do
  if redis.call('ZSCORE', K[1], A[i]) then redis.call('ZADD', K[1], NOW + A[1], A[i])
  else lost[#lost + 1] = A[i] end
end
redis.call('EXPIRE', KEYS[3], WEEK)
redis.call('EXPIRE', KEYS[1], 2 * WEEK)
redis.call('EXPIRE', KEYS[2], 2 * WEEK)
return lost
