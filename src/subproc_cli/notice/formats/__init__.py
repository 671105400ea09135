"""The formats of a letter."""
