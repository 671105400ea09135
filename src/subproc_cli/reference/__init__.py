"""Reference data: categories of data, countries and regions, adequacy decisions."""
