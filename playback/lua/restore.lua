-- Puts back a timeline that Redis lost. A: field, value, field, value, …
if T.seq then return 0 end
redis.call('DEL', K[1])
for i = 1, #A, 2 do T[A[i]] = A[i + 1] end
for _, name in ipairs(NUMBERS) do T[name] = tonumber(T[name] or '') end
T.seq, T.barrier, T.reason, T.resume, T.who, T.since = '0', '0', '', '0', '[]', 0
follow_up('0')
save()
return 1
