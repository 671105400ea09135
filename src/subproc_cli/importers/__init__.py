"""Read a list of services from a web page, a table or another data format."""
