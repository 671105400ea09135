"""Notices to customers: who gets one, what it says, and the ledger of what was issued."""
