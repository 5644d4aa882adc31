-- Keeps a list read from the database for the next snapshots, unless something newer is known.
-- A: version, items (JSON list), how often the list had been forgotten before it was read.
local version, forgotten = unpack(redis.call('HMGET', K[1], 'version', 'forgotten'))
if (forgotten or '0') ~= A[3] or tonumber(version or '-1') > tonumber(A[1]) then return 0 end
redis.call('HSET', K[1], 'version', A[1], 'items', A[2])
redis.call('EXPIRE', K[1], 86400)
return 1
