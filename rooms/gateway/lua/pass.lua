-- A[1] type, A[2] JSON object, A[3] addressee or ''
pass(A[1], A[2], A[3] ~= '' and A[3] or nil)
return 1
