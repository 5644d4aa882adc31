-- Takes somebody's turn in slow mode, unless it was taken since it was read.
-- A: what it read (or ''), what it reads from now on, ms to keep it. K: spoke
if (redis.call('GET', K[1]) or '') ~= A[1] then return 0 end
redis.call('SET', K[1], A[2], 'PX', A[3])
return 1
