"""Find the bounds of sentences and paragraphs in text of any script (own heuristic)."""

from __future__ import annotations

import re
from bisect import bisect_right

LONGEST = 1_000
"""The most characters of a sentence: longer ones, such as text without punctuation, are cut at a space."""

# Own list.
_ABBREVIATIONS_TEXT = (
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
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
_WORDS_BEFORE_DATES = {"am", "vom", "zum", "der", "den", "dem", "des", "bis", "seit", "ab", "im"}
# Possessive, so that a run of marks is matched once as a whole: text of marks alone takes linear time, too.
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
    """Return the bounds [start, end) of the lines that are not blank, without the space around them."""
    return [_trim(text, *match.span()) for match in _LINE.finditer(text) if not match[0].isspace()]


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the bounds [start, end) of the sentences of a text, in order; line breaks end sentences."""
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        begin = start
        for match in _END.finditer(text, start, end):
            if _ends_sentence(text, begin, match):
                found += _cut_to_length(text, begin, match.end("close"))
                begin = match.end()
        found += _cut_to_length(text, begin, end)
    return found


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around the characters [start, end), or of all sentences that they are in."""
    low = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    breaks = [position for position in (text.find("\n", end), text.find("\r", end)) if position >= 0]
    bounds = [(low + a, low + b) for a, b in sentences(text[low : min(breaks, default=len(text))])]
    if not bounds:
        return start, end
    starts = [one[0] for one in bounds]
    first = bounds[max(bisect_right(starts, start) - 1, 0)]
    last = bounds[max(bisect_right(starts, max(end - 1, start)) - 1, 0)]
    return min(first[0], start), max(last[1], end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    """Tell whether a mark ends a sentence: not if it continues, nor a full stop after an abbreviation or initial."""
    if _continues(text, match):
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
    """Return the first character after a mark that is not opening punctuation."""
    return text[match.end() : match.end() + 4].lstrip(_OPENING)[:1]


def _continues(text: str, match: re.Match[str]) -> bool:
    """Tell whether a small letter follows a mark, or the speaker of a quotation: “Why?” he asked; «Да!» — Песков."""
    if match["full"]:
        # Hiragana behind a closed quotation (「…。」と) go on with the sentence.
        return bool(match["close"]) and "ぁ" <= text[match.end() : match.end() + 1] <= "ん"
    if _following(text, match).islower():
        return True
    quoted = match["close"] and not match["marks"].strip("!?…؟")
    return bool(quoted) and text[match.end() : match.end() + 1] in tuple("—–-")


def _is_ordinal(text: str, match: re.Match[str]) -> bool:
    """Tell whether the small number before a full stop is an ordinal in a date: "am 23. Juli" (German)."""
    before = text[max(0, match.start() - 12) : match.start()].rstrip("0123456789").lower().split()
    return bool(before) and before[-1] in _WORDS_BEFORE_DATES


def _cut_to_length(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the bounds of a sentence, in several parts cut at spaces if it is longer than `LONGEST`."""
    parts: list[tuple[int, int]] = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        parts.append(_trim(text, start, cut))
        start = cut
    parts.append(_trim(text, start, end))
    return [(a, b) for a, b in parts if a < b]
