"""One rule a file: what it finds, and in its docstring why, with a bad and a good example."""
