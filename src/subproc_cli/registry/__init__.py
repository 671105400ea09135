"""The registry: its model, and how it is read from a file."""
