"""Scheduled evenings: a date for a room, who comes, who is ready, and what time brings about."""
