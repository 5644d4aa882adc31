-- What a player reports. A: player, state ('gone': its connection closed), seq, rtt ms, connection,
-- what those who ask are told, what all are told (JSON). Answers the timeline's seq, why it is held,
-- and the state before.
if not T.seq then return 'missing' end
local player, state, seq, connection = A[1], A[2], tonumber(A[3]), A[5]
local told = redis.call('HGET', K[5], player) or ''
local before, since, old_connection = string.match(told, '^(%a+)|(%d+)|([^|]*)|')
if state == 'gone' and old_connection ~= connection then return {T.seq, T.reason, ''} end
if state ~= before then since = num(NOW) end

if state == 'gone' then
  redis.call('HDEL', K[5], player)
else
  local status = table.concat({state, since, connection, num(NOW), A[6], A[7]}, '|')
  redis.call('HSET', K[5], player, status)
end
if state == 'gone' or state == 'detached' then
  forget(player)
else
  redis.call('ZADD', K[2], NOW, player)
  redis.call('ZADD', K[4], A[4], player)
  if state == 'buffering' or seq < tonumber(T.barrier) then
    redis.call('SREM', K[3], player)
  elseif state == 'ready' or T.reason ~= 'ready' then
    redis.call('SADD', K[3], player)
  end
end
if state ~= before then
  if redis.call('SCARD', K[6]) == 0 then
    schedule('sync.members', '', math.max(NOW, tonumber(redis.call('HGET', K[1], 'shown') or '0') + 1000))
  end
  redis.call('SADD', K[6], player)
end
for i = 2, 6 do redis.call('EXPIRE', K[i], 120) end
if T.reason == 'ready' and all_ready() then release() end
return {T.seq, T.reason, before or ''}
