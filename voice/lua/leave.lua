-- A: connection. Answers 1 when it was in the call.
local session = session_of(A[1])
if not session then return 0 end
end_peer(session, 'left')
return 1
