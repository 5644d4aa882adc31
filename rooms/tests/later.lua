-- A[1] due ms
schedule('light.off', 'token', tonumber(A[1]))
return 1
