-- A deadline that no change of the timeline sets. A: kind, token, in how many ms.
schedule(A[1], A[2], NOW + tonumber(A[3]))
return 1
