"""Shadow mute: what somebody writes in a room that nobody else gets."""
