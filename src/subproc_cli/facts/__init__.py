"""What the list says of one service: a verdict and its evidence."""
