"""Say whether articles are compared by what they mean, which needs an optional package."""

from __future__ import annotations

from monitor.config import Settings
from monitor.text.meaning import PACKAGE, is_installed

COMPARED = f"by text, names and what articles mean ({PACKAGE})"
NOT_INSTALLED = "by text and names; for what articles mean as well: pip install 'monitor[meaning]'"
NOT_WANTED = "by text and names (stories: {meaning: no})"


def meaning_use(settings: Settings) -> str:
    """Return by what articles are known to be of one story, in words."""
    if not settings.keys.stories.meaning:
        return NOT_WANTED
    return COMPARED if is_installed() else NOT_INSTALLED
