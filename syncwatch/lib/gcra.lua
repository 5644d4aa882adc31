-- KEYS[1] the meter; ARGV: interval in µs between two uses, burst.
-- Answers 0 when the use is allowed, else the µs to wait.
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local due = tonumber(redis.call('GET', KEYS[1]) or 0)
if due < now then due = now end
local wait = due - now - interval * (burst - 1)
if wait > 0 then return math.ceil(wait) end
due = due + interval
redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', math.ceil((due - now) / 1000) + 1000)
return 0
