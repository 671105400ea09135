"""Formats: each module turns a view into text and escapes for its target."""
