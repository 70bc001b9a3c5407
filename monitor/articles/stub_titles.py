"""Tell what feeds give for want of a title: nothing, an address, a number, a placeholder, the half of a title."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_LETTER = re.compile(r"[^\W\d_]")
# What content systems and readers of feeds write instead of a title, without the brackets and stars around it.
_PLACEHOLDERS = frozenset(
    {
        *("untitled", "no title", "without title", "title", "без названия", "без заголовка", "без назви"),
        *("без заголовку", "ohne titel", "sans titre", "sin título", "sem título", "senza titolo", "başlıksız"),
        *("bez tytułu", "بدون عنوان", "无标题", "無題", "제목 없음"),
    }
)
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*\Z")


def is_stub(title: str, whole: str) -> bool:
    """Tell whether a feed's title stands for a title that it does not give; `whole` is the one that the page states."""
    if not _LETTER.search(title) or _ADDRESS.fullmatch(title):
        return True
    begun = _ELLIPSIS.sub("", title)
    if begun != title and len(begun) < len(whole):
        return _folded(whole).startswith(_folded(begun))
    return _folded(title) in _PLACEHOLDERS


def _folded(title: str) -> str:
    return " ".join(title.casefold().strip(" -–—*()[]<>.").split())
