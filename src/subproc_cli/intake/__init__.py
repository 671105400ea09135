"""What a company has, read into a list, one importer a file."""
