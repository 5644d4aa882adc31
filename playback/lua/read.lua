-- The timeline: its JSON and the fields behind it; false when Redis lost it.
if not T.seq then return false end
return {text(), T.seq, T.item, T.paused, num(T.position), num(T.rate), num(T.at),
  T.duration and num(T.duration) or '', T.video, T.reason, T.resume, T.changed}
