"""The ways in which pages and tables show services, one in a module."""
