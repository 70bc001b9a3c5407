"""Make text from outside safe for a line of a log, a mail or a terminal."""

from __future__ import annotations

import re

from monitor.text.redact import without_credentials

# Control and direction characters: text from a feed must neither start a line nor reorder it.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def printable(text: str) -> str:
    """Return text as one line without control characters; links stay whole."""
    return _CONTROLS.sub(" ", text)


def clean(text: str) -> str:
    """Return text as one line without control characters and without credentials in addresses."""
    return printable(without_credentials(text))
