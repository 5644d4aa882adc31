-- The turns a timeline can take, shared by commands, statuses and news of a film.
local function at_the_edge() return T.available and T.available - T.position < EDGE_S end

local function hold(reason, resume, who)
  T.reason, T.resume, T.who, T.paused = reason, resume and '1' or '0', who or '[]', '1'
  T.since = NOW
end

-- After a film the next one begins a moment later, so that people can say no.
local function beginning() return math.max(appointment(), T.notbefore or 0) end

-- Everybody has to get ready for what comes: reports made so far are void.
local function unsettle()
  T.cold, T.barrier = '1', ''
  redis.call('DEL', K[3])
end

-- Go on at the appointment when `resume`, else stand there; hold first where that is needed.
local function settle(resume)
  T.at = beginning()
  if resume and at_the_edge() then return hold('processing', true) end
  if T.cold == '1' and not all_ready() then
    unsettle()
    return hold('ready', resume)
  end
  T.reason, T.paused = '', resume and '0' or '1'
  if resume then T.cold = '0' end
end

local function release()
  local resume = T.resume == '1'
  T.cold = (T.cold == '1' and not resume and not all_ready()) and '1' or '0'
  T.at, T.reason, T.paused = beginning(), '', resume and '0' or '1'
  if resume and at_the_edge() then hold('processing', true) end
  return tell(T.reason == '' and 'release' or 'hold', 'null')
end
