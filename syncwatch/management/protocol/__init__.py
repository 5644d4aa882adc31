"""The socket protocol as text: read from the wire types, written for people and for browsers."""
