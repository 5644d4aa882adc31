-- Tells that messages read otherwise, or ('' for its JSON) that one is gone. A: event, its body,
-- then for each message: id, JSON. 'missing' when the tail has to be filled first. K: tail, bodies
if redis.call('HEXISTS', K[2], '') == 0 then return 'missing' end
for i = 3, #A, 2 do
  if A[i + 1] == '' then
    redis.call('ZREM', K[1], A[i])
    redis.call('HDEL', K[2], A[i])
  elseif redis.call('HEXISTS', K[2], A[i]) == 1 then
    redis.call('HSET', K[2], A[i], A[i + 1])
  end
end
return emit(A[1], A[2])
