"""Compare two revisions of a registry by what the changes mean for customers."""
