"""Reference data: categories of data, countries and regions, laws."""
