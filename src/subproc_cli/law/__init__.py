"""What the world is: kinds of data, countries and regions by date, and whom the law holds adequate."""
