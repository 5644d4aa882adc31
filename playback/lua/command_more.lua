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

if action == 'release' then
  if T.reason == '' then return 'stale' end
  return release()
end
-- The edge may have moved on while its deadline came due.
local moved = A[5] == 'processing' and not (T.available and T.available - here < EDGE_S + 1)
if action == 'hold' and (T.paused == '1' or moved) then return 'stale' end
turns[action]()
return tell(action, by)
