"""Languages: finding what people read, keeping its catalogues, making them ready to serve."""
