"""The revisions of a registry in git."""
