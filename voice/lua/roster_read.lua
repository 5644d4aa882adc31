-- Everybody in the call as a JSON list.
return listed(nil)
