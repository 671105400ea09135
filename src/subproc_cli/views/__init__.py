"""What is shown, before it has a format: records for machines, rows for tables, blocks for people."""
