-- Tells a queue. A: version, items (JSON list), the event's body. An older list is never told
-- after a newer one. K: queue
if tonumber(redis.call('HGET', K[1], 'told') or '-1') >= tonumber(A[1]) then return 0 end
redis.call('HSET', K[1], 'told', A[1], 'version', A[1], 'items', A[2])
redis.call('EXPIRE', K[1], 86400)
return emit('queue:updated', A[3])
