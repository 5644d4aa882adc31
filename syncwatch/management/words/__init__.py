"""Languages: finding what people read, keeping its catalogues, making them ready to serve."""

# gettext's names: what the server says, and what the browser's scripts say.
DOMAINS = ("django", "djangojs")
