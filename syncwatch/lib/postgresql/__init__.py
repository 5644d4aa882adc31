"""Django's PostgreSQL, whose connections may go from one request to the next; see `base`."""
