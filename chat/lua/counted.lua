-- Somebody voted. 1: tell the counts now; 0: a deadline does, half a second after the last time.
-- A: poll, how often at most (ms), '1' for the deadline itself. K: when they were told last
local last = tonumber(redis.call('GET', K[1]) or '-1e15')
if A[3] == '1' or NOW >= last + A[2] or NOW < last then
  redis.call('SET', K[1], string.format('%.0f', NOW), 'PX', 60000)
  return 1
end
schedule('poll.count', A[1], last + A[2])
return 0
