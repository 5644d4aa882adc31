-- The kept events after a seq, oldest first, in one look: none may come between the count and the
-- list. false where they are not all there any more, or count in another epoch.
-- KEYS: seq, recent, epoch. ARGV: since, epoch
if (redis.call('GET', KEYS[3]) or '') ~= ARGV[2] then return false end
local missing = tonumber(redis.call('GET', KEYS[1]) or '0') - tonumber(ARGV[1])
if missing <= 0 then return missing == 0 and {} end
local texts = redis.call('LRANGE', KEYS[2], -missing, -1)
return #texts == missing and texts
