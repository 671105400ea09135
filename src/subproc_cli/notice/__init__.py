"""Notices to customers: recipients, letters, and the ledger of what was issued."""
