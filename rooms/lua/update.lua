-- A: user, member JSON while they are here, the same while they are not, when their rights end
redis.call('ZREM', K[6], A[1])
local here = redis.call('HEXISTS', K[4], A[1]) == 1
if here then redis.call('HSET', K[4], A[1], A[2]) end
-- First the rights, then the news: whoever has heard it can rely on it.
publish({type = 'room.refresh', user = A[1], member = A[2]})
emit('room:member:updated', '{"member":' .. (here and A[2] or A[3]) .. '}')
-- An end is its own deadline: one more never moves another, and one taken back finds nothing to do.
for i = 4, #A do schedule('room.rights', A[i], tonumber(A[i])) end
return 1
