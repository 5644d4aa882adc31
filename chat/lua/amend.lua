-- Tells of an edited (A[4] = its JSON) or deleted (A[4] = '') message. A: event, its body, id.
-- 'missing' when the tail has to be filled first. K: tail, bodies
if redis.call('HEXISTS', K[2], '') == 0 then return 'missing' end
if A[4] == '' then
  redis.call('ZREM', K[1], A[3])
  redis.call('HDEL', K[2], A[3])
elseif redis.call('HEXISTS', K[2], A[3]) == 1 then
  redis.call('HSET', K[2], A[3], A[4])
end
return emit(A[1], A[2])
