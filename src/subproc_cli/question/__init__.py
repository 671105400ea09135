"""Read a question in plain English and answer it."""
