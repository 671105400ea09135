"""The letter of a notice: its facts, its sentences, and its layout."""
