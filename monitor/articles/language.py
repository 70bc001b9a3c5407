"""What entry, feed and outlet say about a language, and the text itself, in; a two-letter code out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from monitor.articles.language_data import ALPHABETS, ALSO_WRITTEN, CODES, EXPECTED, LETTERS, SCRIPTS, WORDS

_CODE = re.compile(r"[a-z]{2,3}(?=[-_.@\s]|\Z)")
_WORD = re.compile(r"[^\W\d_]+")
_GLANCE, _SAMPLE, _PAGE = 160, 600, 4000
# Fewer letters than this are a name or a number, and prove nothing.
_FEW = 20
# Sure is: evidence worth so many words of one language alone, and so many times that of the next language.
_ENOUGH, _LEAD = 0.7, 1.3
_LETTER_WORTH = 0.3


def languages_of(declared: Sequence[str], texts: Sequence[str], outlet: str) -> list[str]:
    """Each text's language: declared unless its own letters contradict that, else detected, else its page's.

    The page's is what its undeclared texts are together, which is surer than any short one, else the outlet's.
    """
    codes = list(map(normal_code, declared))
    known = [code if code and not contradicts(code, text) else "" for code, text in zip(codes, texts, strict=True)]
    if all(known):
        return known
    unknown = [text[:200] for code, text in zip(known, texts, strict=True) if not code]
    page = detect("\n".join(unknown[:20]), _PAGE) or normal_code(outlet)
    return [code or detect(text) or page for code, text in zip(known, texts, strict=True)]


@lru_cache(maxsize=512)
def normal_code(declared: str) -> str:
    """Two letters for `ru-RU`, `en_us`, `rus`, `Русский`; empty for what names no language."""
    folded = declared[:40].strip().casefold()
    found = _CODE.match(folded)
    short = found[0] if found else ""
    return CODES.get(folded, CODES.get(short, short if len(short) == 2 else ""))


def contradicts(code: str, text: str) -> bool:
    """Whether a text cannot be in a language: another script altogether, or letters that its alphabet lacks."""
    scripts = _WRITTEN.get(code)
    if scripts is None or ("Latn" in scripts and text.isascii()):
        return False
    sample = text[:_GLANCE]
    likely = _MOSTLY.get(code)
    script, count = (likely[0], len(sample)) if likely and likely[1].match(sample) else script_of(sample)
    if count <= _FEW:
        return False
    return script not in scripts or (code in _FOREIGN and _has_foreign_letters(code, sample, count))


def detect(text: str, most: int = _SAMPLE) -> str:
    """The language that a text is surely in, from its script, letters and small words; empty where that is unsure."""
    sample = text[:most].casefold()
    script, count = script_of(sample)
    if not script or count < 4:
        return ""
    languages = SCRIPTS[script][1].split()
    possible = [code for code in languages if _can_be(code, sample, count)]
    if len(languages) == 1:
        return languages[0]
    scores = _scores(sample, frozenset(possible))
    best, second, *_ = [*sorted(((worth, code) for code, worth in scores.items()), reverse=True), (0.0, ""), (0.0, "")]
    return best[1] if best[0] >= _ENOUGH and best[0] >= _LEAD * second[0] else ""


def script_of(sample: str) -> tuple[str, int]:
    """The script that most letters of a sample belong to, and how many do."""
    if sample.isascii():
        return "Latn", sum(map(len, _WORD.findall(sample)))
    best = ("", 0)
    for script, pattern in _RUNS.items():
        count = sum(map(len, pattern.findall(sample)))
        if script == "Hani" and best[0] == "Kana":
            # Japanese is mostly ideographs between its kana; a Chinese text has no kana.
            best = ("Kana", best[1] + count)
        elif count > best[1]:
            best = (script, count)
        if best[1] * 2 > len(sample):
            break
    return best


def _has_foreign_letters(code: str, sample: str, count: int, least: int = 2) -> bool:
    """Whether a text has letters that a language's alphabet lacks, more than a quoted name would bring."""
    foreign = len(_FOREIGN[code].findall(sample))
    return foreign >= least and foreign * 80 >= count


def _can_be(code: str, sample: str, count: int) -> bool:
    expected, letters = _EXPECTED.get(code, (None, 0))
    if expected and count >= letters and not expected.search(sample):
        return False
    return code not in _FOREIGN or not _has_foreign_letters(code, sample, count, least=1)


def _scores(sample: str, possible: frozenset[str]) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    for word in _WORD.findall(sample):
        _add(scores, _WORD_LANGUAGES.get(word, frozenset()) & possible, 1.0)
    if not sample.isascii():
        for letter in _TELLING.findall(sample):
            _add(scores, _LETTER_LANGUAGES[letter] & possible, _LETTER_WORTH)
    return scores


def _add(scores: dict[str, float], languages: frozenset[str], worth: float) -> None:
    for code in languages:
        scores[code] += worth / len(languages)


def _by_member(table: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, members in table.items():
        for member in members.split():
            found[member].add(code)
    return {member: frozenset(codes) for member, codes in found.items()}


def _written() -> dict[str, frozenset[str]]:
    homes = {code: script for script, (_, codes) in SCRIPTS.items() for code in codes.split()}
    return {
        code: ALSO_WRITTEN.get(code, frozenset()) | frozenset({homes[code]} if code in homes else ())
        for code in homes.keys() | ALSO_WRITTEN.keys()
    }


_RUNS = {script: re.compile(f"[{ranges}]+") for script, (ranges, _) in SCRIPTS.items()}
_WRITTEN = _written()
# A language's script, and what finds that over half of a sample is written in it. Ideographs alone do not tell: a
# Japanese text is known from a Chinese one by its kana.
_MOSTLY = {
    code: (script, re.compile(f"(?:[^{ranges}]*+[{ranges}]){{{_GLANCE // 2 + 1}}}"))
    for script, (ranges, codes) in SCRIPTS.items()
    for code in codes.split()
    if script != "Hani"
}
_EVERY_CYRILLIC = {*map(chr, range(0x400, 0x530))} - {"\u0487", "\u0301"}
_FOREIGN = {
    code: re.compile(f"[{''.join(sorted(_EVERY_CYRILLIC - {*letters, *letters.upper()}))}]")
    for code, letters in ALPHABETS.items()
}
_EXPECTED = {
    code: (re.compile(f"[{letters}]"), int(count))
    for code, (count, letters) in ((code, line.split()) for code, line in EXPECTED.items())
}
_WORD_LANGUAGES = _by_member(WORDS)
_LETTER_LANGUAGES = _by_member(LETTERS)
_TELLING = re.compile(f"[{''.join(_LETTER_LANGUAGES)}]")
