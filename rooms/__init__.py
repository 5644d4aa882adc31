"""The room service: rooms, membership, invites, rights, and the room socket's kernel."""
