"""The shelf of helpers every app may use: clock, Redis, errors, ids, limits. Knows no app."""
