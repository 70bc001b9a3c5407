"""A text comes in, the places of its sentences and paragraphs go out, in any script and of bounded length."""

from __future__ import annotations

import re
from bisect import bisect_right

LONGEST = 1_000
"""No sentence is longer, in characters: what has no marks is cut at a space."""

_WRITTEN_SHORT = (
    # English, German, French, Spanish and shared titles
    "mr mrs ms dr prof st jr sr gen col lt sgt capt maj adm gov sen rep rev hon pres vs etc inc ltd corp co vol fig "
    "jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e a.m p.m u.s u.k u.n approx dept est "
    "bzw ca usw z.b d.h u.a o.ä nr str abs mio mrd hr fr dipl ing vgl evtl ggf inkl "
    "mme mlle mm mgr m.m env av bd chap éd "
    "sra srta ud uds dª av "
    # Russian and Ukrainian
    "г гг г.г в вв им ул пр просп пл обл р руб коп тыс млн млрд трлн долл т.е т.к т.д т.п т.н и.о др проч см стр рис "
    "акад проф доц гр гос ген полк тов св чел кв км м мин сек янв февр фев апр авг сент сен окт нояб ноя дек "
    "р.р рр ст вул м.м ім просп грн тис акад див та.ін напр "
    # Turkish
    "doç yrd av sn vb vs vd bkz örn çev ed yy s.a a.ş ltd.şti tic san "
    # Polish, Czech, Dutch, Italian, Portuguese
    "np tzn tzw m.in itd itp ul dr hab pl św godz tys mld "
    "tj tzv např apod ing mgr "
    "dhr mevr bijv enz o.a d.w.z sig sig.ra dott avv ecc exa"
)
_ABBREVIATIONS = frozenset(_WRITTEN_SHORT.split())
_BEFORE_DATES = {"am", "vom", "zum", "der", "den", "dem", "des", "bis", "seit", "ab", "im"}
# Each row of marks is met once, whole and for good: texts of nothing else take no longer than others.
_MARK = "[.…!?؟۔।॥։።]"
_END = re.compile(
    f"(?:(?<!{_MARK})(?P<marks>{_MARK}++)|(?P<full>[。！？｡]++))"
    # French puts a space before the mark that closes a quotation; a » with a word behind it opens one.
    "(?P<close>(?:[\"'’”“»›)\\]」』】）]|[ \u00a0\u202f][»›](?![^\\W_]))*+)"
    r"(?P<gap>\s+|(?(full)|$))"
)
_WORD_BEFORE = re.compile(r"[^\s(«„“\"'‘\[–—-]+$")
_OPENING = "\"'‘“„«‹([¿¡「『【（—–- "
_LINE = re.compile(r"[^\r\n\u2028\u2029]++")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The places [start, end) of the lines that hold something, without the space around them."""
    return [_trim(text, *match.span()) for match in _LINE.finditer(text) if not match[0].isspace()]


def sentences(text: str) -> list[tuple[int, int]]:
    """The places [start, end) of the sentences of a text, in order; none goes over a line break."""
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        found += _of_line(text, start, end)
    return found


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around the characters [start, end), or all the sentences that they lie in."""
    low = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    breaks = [place for place in (text.find("\n", end), text.find("\r", end)) if place >= 0]
    places = [(low + a, low + b) for a, b in sentences(text[low : min(breaks, default=len(text))])]
    if not places:
        return start, end
    starts = [place[0] for place in places]
    first = places[max(bisect_right(starts, start) - 1, 0)]
    last = places[max(bisect_right(starts, max(end - 1, start)) - 1, 0)]
    return min(first[0], start), max(last[1], end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if not _ends(text, begin, match):
            continue
        found += _bounded(text, begin, match.end("close"))
        begin = match.end()
    return found + _bounded(text, begin, end)


def _ends(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: not where it goes on, and a full stop not after an abbreviation or initial."""
    if _goes_on(text, match):
        return False
    if not match["marks"] or match["marks"].strip(".…"):
        return True
    following = _following(text, match)
    word = _WORD_BEFORE.search(text, max(begin, match.start() - 30), match.start())
    if word is None or match["marks"] != "." or match["close"]:
        return True
    last = word[0].lower()
    if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and word[0].isupper()):
        return not following
    return not (last.isdigit() and len(last) <= 2 and following.isalpha() and _is_ordinal(text, match))


def _following(text: str, match: re.Match[str]) -> str:
    """The first character after a mark that opens nothing."""
    return text[match.end() : match.end() + 4].lstrip(_OPENING)[:1]


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a small letter follows, or who said what was quoted: “Why?” he asked; «Да!» — Песков."""
    if match["full"]:
        return bool(match["close"]) and "ぁ" <= text[match.end() : match.end() + 1] <= "ん"
    if _following(text, match).islower():
        return True
    quoted = match["close"] and not match["marks"].strip("!?…؟")
    return bool(quoted) and text[match.end() : match.end() + 1] in tuple("—–-")


def _is_ordinal(text: str, match: re.Match[str]) -> bool:
    """Whether a small number before a full stop counts a month or so: "am 23. Juli" (German, Turkish, Czech)."""
    before = text[max(0, match.start() - 12) : match.start()].rstrip("0123456789").lower().split()
    return bool(before) and before[-1] in _BEFORE_DATES


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, cut at spaces where it is longer than any reader bears."""
    pieces: list[tuple[int, int]] = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        pieces.append(_trim(text, start, cut))
        start = cut
    pieces.append(_trim(text, start, end))
    return [(a, b) for a, b in pieces if a < b]
