-- A: server ms at which rights of people in this room end
for i = 1, #A do schedule('room.rights', A[i], tonumber(A[i])) end
return 1
