"""The list in every form that others ask for, one exporter a file."""
