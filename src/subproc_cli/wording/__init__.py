"""What a list states, in words: once for the terminal, the letters and the pages, in every language."""
