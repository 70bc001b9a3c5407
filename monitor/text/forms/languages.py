"""List the languages that put endings on names and words, and that no table of ours has forms for."""

from __future__ import annotations

_LATIN = ("az", "bs", "et", "eu", "fi", "hr", "hu", "is", "lt", "lv", "sl", "sq", "tk", "uz")
_CYRILLIC = ("be", "kk", "ky", "mk", "mn", "sr", "tg", "tt")
SCRIPTS_WITHOUT_FORMS = {
    **dict.fromkeys(_LATIN, "latin"),
    **dict.fromkeys(_CYRILLIC, "cyrillic"),
    "hy": "armenian",
    "ka": "georgian",
}
"""Their codes, each with the script that its newspapers use most (own list)."""
