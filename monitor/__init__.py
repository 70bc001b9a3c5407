"""Mails people when the news they watch mentions what they care about."""

__version__ = "0.1.0"
