-- A deadline of this room. A: kind, token, due (server ms), 'NX' to leave one that is set alone.
if A[4] == 'NX' then
  redis.call('ZADD', KEYS[4], 'NX', A[3], CODE .. '|' .. A[1] .. '|' .. A[2])
else
  schedule(A[1], A[2], tonumber(A[3]))
end
return 1
