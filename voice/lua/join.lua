-- A: session, user, connection, muted, person as JSON, how many may talk. Answers the others as a
-- JSON list, 'taken' or 'full'. Coming back with the same session goes on where it was.
local session, user = A[1], A[2]
local own = peers[session]
if own and own.user ~= user then return 'taken' end
for other, peer in pairs(peers) do
  if peer.user == user and other ~= session then end_peer(other, 'replaced') end
end
if not own and count >= tonumber(A[6]) then return 'full' end
keep(session, {user = user, conn = A[3], heard = NOW, muted = A[4],
  deafened = own and own.deafened or 'false', person = A[5]})
if own then tell_state(session, 'false')
else emit('voice:peer:joined', '{"peer":' .. wire(session, peers[session]) .. '}') end
schedule('voice.sweep', '', NOW + QUIET_MS)
return listed(session)
