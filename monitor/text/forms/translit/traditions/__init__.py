"""What the letters of each Latin spelling tradition become in Russian, as tables for `Readings`."""

from __future__ import annotations

from monitor.text.forms.translit.traditions import english, french, german, japanese, polish, romance, slavic, turkish

TRADITIONS = {
    "english": english.TABLE,
    "french": french.TABLE,
    "german": german.TABLE,
    "japanese": japanese.TABLE,
    "polish": polish.TABLE,
    "romance": romance.TABLE,
    "slavic": slavic.TABLE,
    "turkish": turkish.TABLE,
}
"""Tradition -> its table."""
