-- The last messages, oldest first; false when they have to be read from the database.
-- K: tail, bodies
if redis.call('HEXISTS', K[2], '') == 0 then return false end
local ids = redis.call('ZRANGE', K[1], 0, -1)
if #ids == 0 then return {} end
return redis.call('HMGET', K[2], unpack(ids))
