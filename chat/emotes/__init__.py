"""Emotes: small pictures of a room, written `:sofa:`."""
