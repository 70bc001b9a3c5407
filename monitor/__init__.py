"""Mails people when the news they watch mentions what they care about."""
