"""The version of this program: it stands here, and only here."""

__version__ = "0.1.0"
