"""What is said of each kind of change, a module for each language."""
