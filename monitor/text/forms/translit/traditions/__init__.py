"""Collect the tables (`SpellingRules`) from each Latin spelling tradition to Russian.

Own tables: the first output of a rule is the usual one in Russian news, the others are variants.
"""

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
"""The table of each tradition by its name."""
