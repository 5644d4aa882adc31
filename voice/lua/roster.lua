-- Who talks, in front of every script of voice.
-- K: voice (session → user|connection|last heard ms|muted|deafened|person as JSON)
local QUIET_MS, DAY = 30000, 86400
local peers, count = {}, 0
local flat = redis.call('HGETALL', K[1])
for i = 1, #flat, 2 do
  local user, conn, heard, muted, deafened, person =
    string.match(flat[i + 1], '^([^|]*)|([^|]*)|(%d+)|(%a+)|(%a+)|(.*)$')
  peers[flat[i]] = {user = user, conn = conn, heard = tonumber(heard), muted = muted,
    deafened = deafened, person = person}
  count = count + 1
end

local function session_of(conn)
  for session, peer in pairs(peers) do
    if peer.conn == conn then return session end
  end
end

local function keep(session, peer)
  peers[session] = peer
  redis.call('HSET', K[1], session, table.concat({peer.user, peer.conn,
    string.format('%.0f', peer.heard), peer.muted, peer.deafened, peer.person}, '|'))
  redis.call('EXPIRE', K[1], DAY)
end

local function wire(session, peer)
  return string.format('{"session":"%s","user":%s,"muted":%s,"deafened":%s}',
    session, peer.person, peer.muted, peer.deafened)
end

local function listed(except)
  local shown = {}
  for session, peer in pairs(peers) do
    if session ~= except then shown[#shown + 1] = wire(session, peer) end
  end
  return '[' .. table.concat(shown, ',') .. ']'
end

local function end_peer(session, reason)
  local user = peers[session].user
  redis.call('HDEL', K[1], session)
  peers[session], count = nil, count - 1
  emit('voice:peer:left', string.format(
    '{"session":"%s","user_id":"%s","reason":"%s"}', session, user, reason))
end

local function tell_state(session, speaking)
  local peer = peers[session]
  pass('voice:peer:state', string.format(
    '{"session":"%s","user_id":"%s","muted":%s,"deafened":%s,"speaking":%s}',
    session, peer.user, peer.muted, peer.deafened, speaking))
end
