"""Write words for a command line that people copy."""

from __future__ import annotations

from shlex import quote


def shell_word(text: str) -> str:
    """Return a word of a command line; a name in any script needs no quotation marks."""
    return text if text.replace("-", "").isalnum() and text[0] != "-" else quote(text)
