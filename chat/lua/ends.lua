-- A poll closes by itself. A: poll, when (server ms)
schedule('poll.close', A[1], A[2])
return 1
