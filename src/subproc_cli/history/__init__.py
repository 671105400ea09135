"""Revisions of a list: in git, or in a folder, found and followed."""
