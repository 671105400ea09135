"""Sending the mails of a run to a mail server."""
