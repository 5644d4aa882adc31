"""The small socket of a person, /ws/me/: friends, presence and notices, on every page they have
open. What it says is said by accounts; it stands here because the gateway does.
"""
