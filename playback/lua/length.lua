-- A film elsewhere is known to be so long, told by a player. A: item (JSON), duration.
if not T.seq or T.item ~= A[1] or T.duration then return 0 end
T.duration = tonumber(A[2])
follow_up(T.seq)
save()
return 1
