-- A: user, holder, ms until they are missed: a closed tab may be a reload.
if redis.call('ZSCORE', leases(A[1]), A[2]) then
  redis.call('ZADD', leases(A[1]), NOW + A[3], A[2])
  look_again(A[1])
end
return 1
