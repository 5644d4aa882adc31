-- Publishes a message once. A: id, message up to its seq, the rest of it, nonce (JSON), the same
-- message may come again for A[5] ms. Answers {seq, rank}, or 'missing' when the tail has to be
-- filled first. K: tail (zset: id → rank), bodies (hash: id → JSON), sent (this message's mark)
local sent = redis.call('GET', K[3])
if sent then return {string.match(sent, '^(%d+):(%d+)$')} end
if redis.call('HEXISTS', K[2], '') == 0 then return 'missing' end
-- Ranks only grow, whatever the clocks of several processes say.
local last = tonumber(redis.call('HGET', K[2], ''))
local rank = math.max(last + 1, NOW * 1000)
local seq = emit('chat:message', function(seq)
  local text = A[2] .. string.format('%.0f', seq) .. A[3]
  redis.call('HSET', K[2], '', string.format('%.0f', rank), A[1], text)
  return '{"message":' .. text .. ',"nonce":' .. A[4] .. '}'
end)
redis.call('ZADD', K[1], string.format('%.0f', rank), A[1])
for _, id in ipairs(redis.call('ZRANGE', K[1], 0, -51)) do
  redis.call('HDEL', K[2], id)
  redis.call('ZREM', K[1], id)
end
redis.call('EXPIRE', K[1], 86400)
redis.call('EXPIRE', K[2], 86400)
local mark = string.format('%.0f:%.0f', seq, rank)
redis.call('SET', K[3], mark, 'PX', A[5])
return {string.match(mark, '^(%d+):(%d+)$')}
