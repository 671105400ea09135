"""The file: bytes to a tree with positions, to frozen models, to lookups."""
