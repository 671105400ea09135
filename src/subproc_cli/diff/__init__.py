"""Two revisions of a list: what differs, and what each difference means."""
