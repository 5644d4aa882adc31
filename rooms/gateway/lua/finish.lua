-- KEYS[1] deadlines; ARGV: member, the score it was claimed with. Moved meanwhile: it stays.
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) == tonumber(ARGV[2]) then redis.call('ZREM', KEYS[1], ARGV[1]) end
return 1
