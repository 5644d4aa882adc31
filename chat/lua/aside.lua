-- Tells one person's pages a message that nobody else gets: in the form of one that is published,
-- with the number that the room is at. A: message up to its seq, the rest of it, nonce (JSON), whose
local seq = string.format('%.0f', next_seq() - 1)
pass('chat:message', '{"message":' .. A[1] .. seq .. A[2] .. ',"nonce":' .. A[3] .. '}', 'user:' .. A[4])
return tonumber(seq)
