-- An evening begins with its film: from its start, or from where the room left it. Once each, however
-- many processes say so. A: as for load, then the evening's id.
local function begun() return action == 'begin' and T.evening == A[10] end

function turns.begin()
  T.evening = A[10]
  local fresh = T.item ~= A[5]
  if fresh then T.item, T.source, T.video = A[5], A[6], A[7] end
  T.duration, T.available = tonumber(A[8]), tonumber(A[9])
  if fresh or (T.duration and here >= T.duration) then
    T.position = 0
    unsettle()
  elseif T.paused == '0' then -- somebody pressed play before: nobody stutters
    T.position, T.at = here, math.max(NOW, T.at)
    return
  else
    T.position = clamp(here)
  end
  settle(true)
end
