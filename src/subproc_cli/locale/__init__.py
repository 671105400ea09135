"""The words of each language, and names of countries and dates."""
