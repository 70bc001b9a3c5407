"""name(): forms that prove enough by themselves, and forms that want a second sign of the name in the article."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Form
from monitor.text import sentences
from monitor.text.forms.dictionary import LANGUAGES as DICTIONARIES
from monitor.text.forms.dictionary import is_ordinary_word
from monitor.text.forms.ordinary_words import is_function_word
from monitor.text.forms.small_letters import is_given_name_alone
from monitor.text.forms.turkish_words import is_ordinary
from tests.query.naive.terms import counts
from tests.query.naive.tokens import tokens, words
from tests.query.naive.values import Found, Occ, Piece

SURE = 0.6
NEAR = 10
SHORTEST_SMALL = 5
OF_TAGS = "#@./\\_=-"
FEWEST_IN_SMALL = 4
APOSTROPHES = tuple("'’‘ʼ`´′")
LATIN = {*DICTIONARIES, "pl", "sk", "tr"}
CYRILLIC = {"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt"}


@dataclass(frozen=True)
class Seen:
    """A form at a place of a piece."""

    at: int
    """Which of the pieces, in reading order."""
    start: int
    end: int
    form: Form
    alone: bool
    """Whether it is one word of a name of several, and proves little."""

    @property
    def sure(self) -> bool:
        return self.form.confidence >= SURE and not self.alone

    @property
    def row(self) -> list[str]:
        return words(self.form.text)


def _is_labelled_wrongly(form: Form, language: str) -> bool:
    """Whether a Russian or Ukrainian case stands in an article of a language that is not written in Cyrillic."""
    return form.capital and form.language in ("ru", "uk") and language not in CYRILLIC


def find_name(argument: str, term: str, pieces: list[Piece], forms: tuple[Form, ...], language: str) -> Found:
    several = len(words(argument)) > 1
    seen = [
        Seen(at, start, start + len(words(form.text)), standing, alone)
        for at, piece in enumerate(pieces)
        for start in range(len(piece.words()))
        for form in forms
        for alone in [_is_alone(form, several=several)]
        if counts(form, language) or _is_labelled_wrongly(form, language)
        for standing in [_standing(form, piece, start, language, alone=alone)]
        if standing and not _is_turkish_word(form, piece, start, language)
    ]
    given = _given(forms, several=several)
    proved = [proof for each in seen if (proof := _proof(each, seen, pieces, given)) is not None]
    found: list[Occ] = []
    for at, start, end in sorted(proved, key=lambda each: (each[0], each[1], -each[2])):
        last = found[-1] if found else None
        if last is None or last.piece != pieces[at].number or start >= last.end:
            found.append(Occ(pieces[at].number, start, end, term))
    return found or None


def _is_turkish_word(form: Form, piece: Piece, start: int, language: str) -> bool:
    """Whether one word is an ordinary one in a Turkish article, and no suffix behind an apostrophe shows a name."""
    first, last = piece.place(start, start + 1)
    is_followed = piece.text[last : last + 1] in APOSTROPHES and piece.text[last + 1 : last + 2].isalpha()
    is_one = language == "tr" and len(words(form.text)) == 1 and not form.common
    return is_one and is_ordinary(piece.text[first:last]) and not is_followed


def _is_alone(form: Form, *, several: bool) -> bool:
    return several and form.confidence < SURE and len(words(form.text)) == 1


def _standing(form: Form, piece: Piece, start: int, language: str, *, alone: bool) -> Form | None:
    """The form that stands at a place: weak if it lacks a capital where comments do; None where it is another word."""
    row = words(form.text)
    if not row or piece.words()[start : start + len(row)] != row:
        return None
    if _has_capitals(form, piece, start):
        return form
    first, last = piece.place(start, start + len(row))
    before, after = piece.text[max(first - 1, 0) : first], piece.text[last : last + 2]
    is_tag = (before and before in OF_TAGS) or (after[:1] and after[:1] in OF_TAGS and after[1:].isalnum())
    sure = form.confidence >= SURE
    if is_tag:
        return None
    if row[0][0] < "ʰ":
        return form if (sure or alone) and _is_in_lower_text(row, piece, start, language) else None
    is_cyrillic = "а" <= row[0][0] <= "ӿ"
    if not (sure and not alone and is_cyrillic and (language in ("ru", "uk") or language not in CYRILLIC)):
        return None
    if len(row) > 1 and not form.common and _has_given_name(piece.text[first:last].lower().split()):
        return form
    return form._replace(confidence=SURE / 2) if len(row[0]) >= SHORTEST_SMALL else None


def _has_given_name(names: list[str]) -> bool:
    """Whether the first or last word is a given name and no other word, so that a surname beside it is one."""
    return is_given_name_alone(names[0]) or is_given_name_alone(names[-1])


def _is_in_lower_text(row: list[str], piece: Piece, start: int, language: str) -> bool:
    """Whether Latin words stand in a text without capitals, and its language has not all of them."""
    written = piece.text.split()
    calm = [word for word in written if word.islower()]
    loud = [word for word in written if word != word.lower() and (word == "I" or (len(word) > 1 and word.isupper()))]
    is_small = len(calm) + len(loud) == sum(word.lower() != word.upper() for word in written)
    if language not in LATIN or not is_small or len(calm) < FEWEST_IN_SMALL:
        return False
    first, last = piece.place(start, start + len(row))
    if language == "tr" and piece.text[last : last + 1] in APOSTROPHES and piece.text[last + 1 : last + 2].isalpha():
        return True
    written = [piece.text[slice(*piece.place(at, at + 1))] for at in range(start, start + len(row))]
    ordinary = is_ordinary if language == "tr" else lambda word: is_ordinary_word(word, language)
    known = [len(word) == 1 or is_function_word(word, language) or ordinary(word) for word in written]
    return (len(row) > 1 or last - first >= SHORTEST_SMALL) and not all(known)


def _has_capitals(form: Form, piece: Piece, start: int) -> bool:
    capitals = [form.text[first].isupper() for _, first, _ in tokens(form.text)]
    if not any(capitals):
        capitals[0] = True
    return not form.capital or all(_capital(piece, start + at) for at, due in enumerate(capitals) if due)


def _capital(piece: Piece, word: int) -> bool:
    """A capital, or a letter that has none, or a field where capitals mean nothing."""
    letter = piece.first_letter(word)
    cased = letter.lower() != letter.upper()
    return piece.field in ("url", "tag") or not cased or letter.isupper() or letter.istitle()


def _given(forms: tuple[Form, ...], *, several: bool) -> set[str]:
    """The words beside which a surname alone is enough: those of the full forms that are no such surname."""
    alone = {words(form.text)[0] for form in forms if _is_alone(form, several=several)}
    full = {word for form in forms if len(words(form.text)) > 1 for word in words(form.text)}
    return full - alone if alone else set()


def _proof(each: Seen, seen: list[Seen], pieces: list[Piece], given: set[str]) -> tuple[int, int, int] | None:
    """The place that counts, with a given name beside it; None where too little speaks for the form."""
    piece = pieces[each.at]
    if each.sure:
        return each.at, each.start, each.end
    if not each.alone:
        other = any(o.row != each.row and not _overlap(o, each) and not _are_words(o, each, pieces) for o in seen)
        return (each.at, each.start, each.end) if other or _inside(piece, each.start) else None
    if any(o.sure and (o.at, o.start) < (each.at, each.start) for o in seen):
        return each.at, each.start, each.end
    text = piece.words()

    def is_given(word: int) -> bool:
        return 0 <= word < len(text) and text[word] in given and _capital(piece, word)

    if is_given(each.start - 1):
        return each.at, each.start - 1, each.end
    if is_given(each.start - 2) and _capital(piece, each.start - 1):
        return each.at, each.start - 2, each.end
    return (each.at, each.start, each.end + 1) if is_given(each.end) else None


def _are_words(other: Seen, each: Seen, pieces: list[Piece]) -> bool:
    """Whether two forms are ordinary words as well, and nothing shows that the other one is the name."""
    are = each.form.common and other.form.common and not other.sure
    return are and not _inside(pieces[other.at], other.start)


def _overlap(one: Seen, other: Seen) -> bool:
    return one.at == other.at and one.start < other.end and other.start < one.end


def _inside(piece: Piece, word: int) -> bool:
    """A capital inside a sentence that has small words around: neither its beginning nor a headline explains it."""
    if not piece.first_letter(word).isupper() or word == 0:
        return False
    text, home = piece.words(), _sentence(piece, word)
    if _sentence(piece, word - 1) != home:
        return False
    around = range(max(word - NEAR, 0), min(word + NEAR, len(text)))
    return any(len(text[o]) > 3 and piece.first_letter(o).islower() and _sentence(piece, o) == home for o in around)


def _sentence(piece: Piece, word: int) -> int:
    return sum(start <= tokens(piece.text)[word][1] for start, _ in sentences(piece.text))
