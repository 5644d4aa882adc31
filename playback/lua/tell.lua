-- How a change of the timeline is told to the room and followed up by deadlines.
local BARRIER_MS, LOOK_MS, ALIVE_MS = 4000, 5000, 15000
-- Written down so long after a change, and not more often than that while changes keep coming.
local FLUSH_MS, FLUSH_EVERY_MS = 500, 2000
local OWN = {'sync.end', 'sync.edge', 'sync.ready', 'sync.cap', 'sync.look'}

local function text()
  local hold = T.reason == '' and 'null' or string.format(
    '{"reason":"%s","by":%s,"since":%s,"resume":%s}',
    T.reason, T.who, num(T.since), json_bool(T.resume))
  return string.format(
    '{"item_id":%s,"source":%s,"paused":%s,"position":%s,"rate":%s,"at":%s,"hold":%s,"seq":%s}',
    T.item, T.source, json_bool(T.paused), num(T.position), num(T.rate), num(T.at), hold, T.seq)
end

local function follow_up(before)
  for _, kind in ipairs(OWN) do unschedule(kind, before) end
  local function reach(p) return math.ceil(T.at + (p - T.position) / T.rate * 1000) end
  if T.paused == '0' and T.duration then schedule('sync.end', T.seq, reach(T.duration)) end
  if T.paused == '0' and T.available then schedule('sync.edge', T.seq, reach(T.available - EDGE_S)) end
  if T.reason == 'ready' then schedule('sync.ready', T.seq, T.since + BARRIER_MS) end
  if T.reason == 'buffering' then schedule('sync.cap', T.seq, T.since + T.cap) end
  if T.reason == 'processing' then schedule('sync.look', T.seq, NOW + LOOK_MS) end
  if going() then schedule('sync.flush', 'alive', NOW + ALIVE_MS) end
  -- Said again also while one is due: a process whose clock is behind may come after it has run.
  local due = tonumber(T.flush or '0')
  if NOW >= due then T.flush = num(math.max(NOW + FLUSH_MS, due + FLUSH_EVERY_MS)) end
  schedule('sync.flush', '', T.flush)
end

local function tell(action, by)
  local before = T.seq
  T.changed = num(NOW)
  emit('sync:command', function(seq)
    T.seq = num(seq)
    if T.barrier == '' then T.barrier = T.seq end
    return '{"action":"' .. action .. '","timeline":' .. text() .. ',"by":' .. by .. '}'
  end)
  follow_up(before)
  save()
  return T.seq
end
