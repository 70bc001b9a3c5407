"""Words, wildcards, phrases, exact spellings and regular expressions, looked for at every place of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from monitor.model import Form
from monitor.query import Scope
from monitor.query.ast import Call, Phrase, Regex, Word
from tests.query.naive.tokens import tokens, words
from tests.query.naive.values import Found, Occ, Piece

_INVISIBLE = {"\u00ad", "\ufeff", *map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F))}
_INVISIBLE |= {*map(chr, range(0x2060, 0x2065))}
# Python alone takes the Turkish İ and ı for an I of [A-Z] where case is ignored; no pattern that is generated has them.
_NO_TURKISH_I = str.maketrans("İı", "??")


@dataclass(frozen=True)
class Slot:
    """What may stand at one place of a phrase: rows of words, or one word that fits a glob."""

    rows: tuple[tuple[str, ...], ...] = ()
    glob: str = ""

    def lengths(self, text: Sequence[str], at: int) -> set[int]:
        """How many words of the text may be this, from a place on."""
        if self.glob:
            return {1} if at < len(text) and fits(self.glob, text[at]) else set()
        return {len(row) for row in self.rows if tuple(text[at : at + len(row)]) == row}


def fits(glob: str, word: str) -> bool:
    """Whether a word fits a glob: `*` is anything, `?` one letter."""
    if not glob:
        return not word
    if glob[0] == "*":
        return any(fits(glob[1:], word[skipped:]) for skipped in range(len(word) + 1))
    return bool(word) and glob[0] in ("?", word[0]) and fits(glob[1:], word[1:])


def counts(form: Form, language: str) -> bool:
    """Whether a form counts in an article of this language."""
    return not form.language or not language or form.language.lower().split("-")[0] == language


def find_word(node: Word, term: str, pieces: list[Piece], scope: Scope, language: str) -> Found:
    slots = _slots(node.text, scope, language)
    if len(slots) == 1 and not slots[0].glob:
        return _longest(slots[0], term, pieces)
    return _phrase(slots, 0, term, pieces)


def find_phrase(node: Phrase, term: str, pieces: list[Piece], scope: Scope, language: str) -> Found:
    # A question mark that ends a word is punctuation inside quotation marks.
    kept = [re.sub(r"\?+(?=\W*$)", "", word) for word in node.words]
    slots = [slot for word in kept if word for slot in _slots(word, scope, language)]
    if len(slots) == 1 and not slots[0].glob:
        return _longest(slots[0], term, pieces)
    return _phrase(slots, node.slop, term, pieces)


def _slots(word: str, scope: Scope, language: str) -> list[Slot]:
    """A written word as places: one, or several where it has hyphens, apostrophes or no spaces."""
    if "*" in word or "?" in word:
        return _wild(word)
    cut = tokens(word)
    slots = []
    for token, start, end in cut:
        whole = len(cut) == 1
        rows = {(token,)}
        if whole or (len(token) > 2 and end - start > 1):
            forms = scope.words(word if whole else word[start:end])
            rows |= {tuple(words(form.text)) for form in forms if counts(form, language)}
        slots.append(Slot(tuple(row for row in rows if row)))
    return slots


def _wild(word: str) -> list[Slot]:
    letters = {"*": "ꔀ", "?": "ꔁ"}  # letters of a script that folds to itself
    for sign, letter in letters.items():
        word = word.replace(sign, letter)
    globs = [each.replace("ꔀ", "*").replace("ꔁ", "?") for each in words(word)]
    # After a script without spaces a star is a word by itself, and changes nothing.
    kept = [each for at, each in enumerate(globs) if each.strip("*") or not at or len(globs[at - 1]) > 1]
    return [Slot(glob=each) if set(each) & {"*", "?"} else Slot(((each,),)) for each in kept]


def _longest(slot: Slot, term: str, pieces: list[Piece]) -> Found:
    """A single word in its forms; of forms that overlap, the first and longest."""
    found = []
    for piece in pieces:
        text, at = piece.words(), 0
        while at < len(text):
            lengths = slot.lengths(text, at)
            if lengths:
                found.append(Occ(piece.number, at, at + max(lengths), term))
            at += max(lengths, default=1)
    return found or None


def _phrase(slots: list[Slot], slop: int, term: str, pieces: list[Piece]) -> Found:
    found = []
    for piece in pieces:
        text = piece.words()
        for start in range(len(text)):
            lasts = _lasts(slots, text, start, slop, first=True)
            if lasts:
                found.append(Occ(piece.number, start, min(lasts) + max(slots[-1].lengths(text, min(lasts))), term))
    return found or None


def _lasts(slots: list[Slot], text: list[str], at: int, slop: int, *, first: bool = False) -> set[int]:
    """Every place where the last slot can begin, the first slot exactly at a place, the others after some words."""
    lasts: set[int] = set()
    for skipped in range(1 if first else slop + 1):
        for length in slots[0].lengths(text, at + skipped):
            after = at + skipped + length
            lasts |= _lasts(slots[1:], text, after, slop - skipped) if slots[1:] else {at + skipped}
    return lasts


def find_letter(node: Call, term: str, pieces: list[Piece]) -> Found:
    wanted = words(node.argument)
    before = tokens(node.argument)[0][1]
    after = len(node.argument) - tokens(node.argument)[-1][2]
    found = []
    for piece in pieces:
        text = piece.words()
        for start in range(len(text) - len(wanted) + 1):
            end = start + len(wanted)
            if text[start:end] != wanted:
                continue
            first, last = piece.place(start, end)
            first, last = first - before, min(last + after, len(piece.text))
            if first >= 0 and _holds(node, piece.text[first:last]):
                found.append(Occ(piece.number, start, end, term, (first, last)))
    return found or None


def _holds(node: Call, written: str) -> bool:
    if node.function == "allcaps":
        return any(map(str.isupper, written)) and not any(map(str.islower, written))
    if node.function == "nocaps":
        return not any(char.lower() != char for char in written)
    wanted, there = _plainly(node.argument), _plainly(written)
    return wanted == there if node.function == "case" else wanted.casefold() == there.casefold()


def _plainly(text: str) -> str:
    """One shape of accents, spaces, apostrophes and quotation marks, and nothing invisible."""
    text = normalize("NFC", "".join(char for char in text if char not in _INVISIBLE))
    text = "".join("'" if char in "’‘‛ʼ`´＇′" else '"' if char in "“”„‟«»＂" else char for char in text)
    return " ".join(f"x{text}x".split())


def find_regex(node: Regex, term: str, pieces: list[Piece]) -> Found:
    found = []
    for piece in pieces:
        every = tokens(piece.text)
        text = piece.text if piece.limit >= len(every) else piece.text[: every[piece.limit - 1][2]]
        read = text.translate(_NO_TURKISH_I) if "i" in node.flags else text
        for match in re.finditer(node.pattern, read, re.IGNORECASE if "i" in node.flags else 0):
            if match.end() > match.start():
                first = sum(end <= match.start() for _, _, end in every)
                last = max(first, sum(start < match.end() for _, start, _ in every))
                found.append(Occ(piece.number, first, last, term, match.span()))
    return found or None
