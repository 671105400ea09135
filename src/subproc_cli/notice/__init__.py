"""What customers are told before a change."""
