-- A film came further. A: video, duration, available ('' = all of it). Lets go of a hold at the
-- edge of the transcode when enough lies ahead.
if not T.seq or T.video ~= A[1] then return 0 end
T.duration, T.available = tonumber(A[2]), tonumber(A[3])
if T.reason == 'processing' and (not T.available or T.available - T.position >= EDGE_CLEAR_S) then
  release()
else
  follow_up(T.seq)
  save()
end
return 1
