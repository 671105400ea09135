"""What is said of changes and in a notice, a module of plain words for each language."""
