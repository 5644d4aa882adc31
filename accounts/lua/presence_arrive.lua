-- A: user, connection, room code or '', lease ms. Answers 0 where nothing is known of the room yet.
redis.call('ZADD', leases(A[1]), NOW + A[4], A[3] .. '|' .. A[2])
redis.call('EXPIRE', leases(A[1]), DAY)
redis.call('ZADD', KEYS[1], NOW, A[1])
if A[3] == '' then return 1 end
return redis.call('EXPIRE', room_key(A[3]), FORTNIGHT)
