"""A person's picture: looked at, drawn anew in two sizes, stored, shown, taken away."""
