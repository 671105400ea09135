"""The command line: its input and its output."""
