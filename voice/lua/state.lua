-- A: connection, muted, deafened, speaking. Also what keeps a peer from being taken for lost.
local session = session_of(A[1])
if not session then return 0 end
local peer = peers[session]
peer.heard, peer.muted, peer.deafened = NOW, A[2], A[3]
keep(session, peer)
tell_state(session, A[4])
return 1
