"""The rules that a list must keep, and what it breaks of them."""
