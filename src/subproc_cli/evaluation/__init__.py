"""What the registry states about one service, as a three-valued verdict with its evidence."""
