-- A: lease ms, then user and holder by turns. Takes leases anew where Redis lost them.
for i = 2, #A, 2 do
  redis.call('ZADD', leases(A[i]), NOW + A[1], A[i + 1])
  redis.call('EXPIRE', leases(A[i]), DAY)
  redis.call('ZADD', KEYS[1], 'NX', NOW + A[1], A[i])
end
return 1
