-- A: connection, to (a session or a user id), the signal's fields as JSON behind a comma, users
-- between whom and the sender a block stands. Answers 'out' when the sender is not in the call,
-- 'gone' when the other one is not, or is hidden from them.
local from, to = session_of(A[1]), A[2]
if not from then return 'out' end
if not peers[to] then
  for session, peer in pairs(peers) do
    if peer.user == A[2] then to = session end
  end
end
if not peers[to] or to == from then return 'gone' end
if string.find(A[4], peers[to].user, 1, true) then return 'gone' end
pass('voice:signal', string.format('{"from":"%s","user_id":"%s","to":"%s"', from, peers[from].user, to)
  .. A[3], 'conn:' .. peers[to].conn)
return 'ok'
