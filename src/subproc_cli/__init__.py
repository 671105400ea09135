"""Ask, check, compare and publish the list of third-party services that see personal data."""

__version__ = "0.1.0"
