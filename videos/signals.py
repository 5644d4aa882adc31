"""What this app tells the floors above it."""

from django.dispatch import Signal

# Sent in the web process and in the worker, at most once a second for a film while it is being
# made and at once when its state changes. Arguments: `video_id: str` and `payload: dict` with
# {id, state, progress, playable, available_until, duration, error}.
video_changed = Signal()

# Sent after the row of a film is out of sight for everybody. Argument: `video_id: str`.
video_deleted = Signal()
