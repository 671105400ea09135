"""Periods of notice and business days."""
