-- The rest of the commands, and the one way out.
function turns.load()
  local on = going()
  T.item, T.source, T.video = A[5], A[6], A[7]
  T.duration, T.available = tonumber(A[8]), tonumber(A[9])
  unsettle()
  T.position = 0
  settle(on and T.item ~= 'null')
end

function turns.hold()
  local at = appointment()
  T.position, T.at, T.cap = position(at), at, tonumber(A[7])
  hold(A[5], true, A[6])
end

-- Keeps who did what until it is written into the history. Somebody who drags the playhead did one
-- thing, not thirty.
local function note(before)
  local who = string.format('{"name":"%s","by":%s,', action, by)
  local deed = who .. string.format(
    '"once":"%s:%s","item":%s,"position":%s,"rate":%s,"back":%s,"at":%s}',
    T.epoch, T.seq, T.item, num(T.position), num(T.rate), tostring(T.position < before), num(NOW))
  local last = redis.call('LINDEX', K[7], -1)
  if last and action ~= 'load' and string.sub(last, 1, #who) == who then
    redis.call('LSET', K[7], -1, deed)
  else
    redis.call('RPUSH', K[7], deed)
  end
  redis.call('LTRIM', K[7], -200, -1)
  redis.call('EXPIRE', K[7], DAY)
end

if action == 'release' then
  if T.reason == '' then return 'stale' end
  return release()
end
-- The edge may have moved on while its deadline came due.
local moved = A[5] == 'processing' and not (T.available and T.available - here < EDGE_S + 1)
if (action == 'hold' and (T.paused == '1' or moved)) or begun() then return 'stale' end
if action ~= 'hold' then T.notbefore = action == 'load' and value and NOW + value or nil end
turns[action]()
local seq = tell(action, by)
if by ~= 'null' or action == 'load' or action == 'begin' then note(here) end
return seq
