-- A[1] type, A[2] JSON object
return (emit(A[1], A[2]))
