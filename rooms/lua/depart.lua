-- A: holder ("user|connection"), ms until they are missed
if redis.call('ZSCORE', K[1], A[1]) then
  redis.call('ZADD', K[1], NOW + A[2], A[1])
  schedule('room.leases', '', tonumber(redis.call('ZRANGE', K[1], 0, 0, 'WITHSCORES')[2]))
end
return 1
