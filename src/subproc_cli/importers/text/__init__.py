"""Read places, data, dates and names out of prose."""
