"""Questions in controlled English: text to a question, a question to answers."""
