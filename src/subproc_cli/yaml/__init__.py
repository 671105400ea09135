"""Read and edit YAML with the position of every value."""
