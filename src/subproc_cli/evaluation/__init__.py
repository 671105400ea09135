"""What the registry says of one service, as a three-valued verdict with its evidence."""
