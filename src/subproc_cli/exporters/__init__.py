"""Write a registry in other formats, one format a file."""
