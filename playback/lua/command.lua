-- One command. A: action, by (JSON), only when the timeline is at this seq ('' = any), value,
-- then for load: item, source (JSON), video, duration, available; for hold: reason, who, cap ms.
local action, by, expected, value = A[1], A[2], A[3], tonumber(A[4])
if not T.seq then return 'missing' end
if expected ~= '' and expected ~= T.seq then return 'stale' end
local here = position(NOW)
local turns = {}

function turns.play()
  if not value and T.duration and here >= T.duration then value = 0 end -- over: from the start
  local far = value and math.abs(value - here) > NEAR_S
  if T.paused == '0' and not far then -- it plays: said again, and nobody stutters
    T.position, T.at = here, math.max(NOW, math.min(T.at, appointment())) -- a countdown is over
  else
    if far then T.cold = '1'; redis.call('DEL', K[3]) end
    T.position = clamp(value or T.position)
    settle(true)
  end
end

function turns.pause()
  local at = T.paused == '0' and appointment() or NOW
  if value and math.abs(value - here) > NEAR_S then unsettle() end
  T.position = clamp(value or position(at))
  T.at, T.paused, T.reason = at, '1', ''
end

function turns.seek()
  local on = going()
  unsettle()
  T.position = clamp(value)
  settle(on)
end

function turns.rate()
  if T.paused == '0' then T.position, T.at = here, math.max(NOW, T.at) end
  T.rate = value
end
