"""What was issued, sent and answered: the ledger, the files next to it, and the status of each notice."""
