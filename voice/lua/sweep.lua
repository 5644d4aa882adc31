-- Ends peers that were not heard of for too long. Answers how many are left.
local due
for session, peer in pairs(peers) do
  if NOW - peer.heard >= QUIET_MS then end_peer(session, 'lost')
  else due = math.min(due or peer.heard, peer.heard) end
end
if due then schedule('voice.sweep', '', due + QUIET_MS) end
return count
