"""The whole of an installation in one file, and back: archive, tables, media, keys."""
