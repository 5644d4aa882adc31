-- A: user, reason. Answers how many of theirs were in the call.
local ended = 0
for session, peer in pairs(peers) do
  if peer.user == A[1] then
    end_peer(session, A[2])
    ended = ended + 1
  end
end
return ended
