"""Judge in Hebrew, which has no capitals, whether a title or what else is beside a guessed spelling marks it as a name.

Own heuristic; the words are in `data/titles.txt`.
"""

from __future__ import annotations

from monitor.query.document import DocumentText
from monitor.text.forms.known_spellings import is_place
from monitor.text.forms.titles import known_words

_NEAR_TITLE = 2
"""How many words may stand between title and name: נשיא צרפת מקרון (the president of France, Macron)."""
_SHORTEST, _SHORTEST_NEAR_TITLE = 3, 4
"""How many letters a spelling has that a title right before it marks, and one that a title near or a verb does."""
_PREFIXES = "ובלכמשה"


def is_beside_hebrew_title(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a title stands within two words before a Hebrew name, or a verb of people or “in the north” behind.

    Before a short one stands a title alone or with what it is of: השר גנץ, שר האוצר כץ.
    """
    sentence_at = text.document.sentence_at
    row = [p for p in range(max(start - _NEAR_TITLE, 0), end + 1) if sentence_at(p) == sentence_at(start)]
    before = [text.word_at(position) for position in row if position < start]
    after = "".join(text.word_at(position) for position in row if position >= end)
    if end - start == 1 and len(text.word_at(start)) < _SHORTEST_NEAR_TITLE:
        return len(text.word_at(start)) >= _SHORTEST and _ends_in_title(before)
    return after in known_words("hebrew", "after") or any(map(_is_title, before))


def _is_title(word: str) -> bool:
    titles = known_words("hebrew", "before")
    return word in titles or word.lstrip(_PREFIXES) in titles or word[1:] in titles


def _ends_in_title(before: list[str]) -> bool:
    """Tell whether the last words are a title, perhaps with what it is of: השר, שר האוצר, ראש הממשלה לשעבר."""
    *others, last = before or [""]
    return _is_title(last) or ((last.startswith("ה") or is_place(last)) and any(map(_is_title, others)))
