"""Determine each article's language from what entry, feed and outlet declare and from the text itself.

Detection is our own: script, alphabet, letters and small words (`language_data`); development.md has measurements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from monitor.articles.language_data import ALPHABETS, ALSO_WRITTEN, CODES, EXPECTED, LETTERS, SCRIPTS, WORDS

_CODE = re.compile(r"[a-z]{2,3}(?=[-_.@\s]|\Z)")
_WORD = re.compile(r"[^\W\d_]+")
# Characters that are looked at: to contradict a declared language, to detect that of a text's beginning, of a text, and
# of a whole page.
_GLANCE, _OPENING, _SAMPLE, _PAGE = 160, 200, 600, 4000
# A text of so few letters is a name or a number, and contradicts no declaration.
_FEW = 20
# A language is certain if its score is at least this many words found in no other language, and this many times the
# score of the next language; a letter of it counts as a part of a word. Own heuristic.
_MIN_SCORE, _MIN_RATIO = 0.7, 1.3
_LETTER_SCORE = 0.3


def languages_of(declared: Sequence[str], texts: Sequence[str], outlet: str) -> list[str]:
    """Return the code of each text: declared, else the outlet's, unless its letters contradict that, else detected.

    The outlet's does not count where most undeclared texts of the page contradict it. What is not detected has the
    language of these together, which is found more surely than that of a short one; else the outlet's. Empty where all
    of these are unknown.
    """
    codes = list(map(normal_code, declared))
    if house := normal_code(outlet):
        undeclared = [text for code, text in zip(codes, texts, strict=True) if not code]
        is_wrong = 2 * sum(contradicts(house, text) for text in undeclared) > len(undeclared)
        codes = [code or ("" if is_wrong else house) for code in codes]
    known = [code if code and not contradicts(code, text) else "" for code, text in zip(codes, texts, strict=True)]
    if all(known):
        return known
    unknown = [text[:200] for code, text in zip(known, texts, strict=True) if not code]
    page = detect("\n".join(unknown[:20]), _PAGE) or normal_code(outlet)
    return [code or detect(text) or page for code, text in zip(known, texts, strict=True)]


@lru_cache(maxsize=512)
def normal_code(declared: str) -> str:
    """Return the ISO 639-1 code for `ru-RU`, `en_us`, `rus` or `Русский`; empty for what names no language."""
    folded = declared[:40].strip().casefold()
    found = _CODE.match(folded)
    short = found[0] if found else ""
    return CODES.get(folded, CODES.get(short, short if len(short) == 2 else ""))


def contradicts(code: str, text: str) -> bool:
    """Tell whether a text cannot be in a language: it is in another script, or has letters that its alphabet lacks."""
    scripts = _SCRIPTS_OF.get(code)
    if scripts is None or ("Latn" in scripts and text.isascii()):
        return False
    sample = text[:_GLANCE]
    main_script = _MAIN_SCRIPT.get(code)
    script, count = (main_script[0], len(sample)) if main_script and main_script[1].match(sample) else script_of(sample)
    if count <= _FEW:
        return False
    return script not in scripts or (code in _FOREIGN and _has_foreign_letters(code, sample, count))


@lru_cache(maxsize=64)
def written_language(title: str, body: str, declared: str) -> str:
    """Return the code of the language that an article's text begins in; the declared one where that is not certain.

    An outlet's language is not that of every wire text that it takes as it came. The title counts where the text is
    short: else one text might be of two languages, by its titles.
    """
    text = body if len(body) * 2 >= _OPENING else f"{title}\n{body}"
    return detect(text, _OPENING) or declared.lower().replace("_", "-").partition("-")[0]


def detect(text: str, limit: int = _SAMPLE) -> str:
    """Return a text's language code by its script, letters and small words; empty where that is not certain."""
    sample = text[:limit].casefold()
    script, count = script_of(sample)
    if not script or count < 4:
        return ""
    languages = SCRIPTS[script][1].split()
    possible = [code for code in languages if _is_possible(code, sample, count)]
    if len(languages) == 1:
        return languages[0]
    scores = _scores(sample, frozenset(possible))
    # Padded, so that there is a second one even where one language or none has a score.
    best, second, *_ = [*sorted(((score, code) for code, score in scores.items()), reverse=True), (0.0, ""), (0.0, "")]
    return best[1] if best[0] >= _MIN_SCORE and best[0] >= _MIN_RATIO * second[0] else ""


def script_of(sample: str) -> tuple[str, int]:
    """Return the script (ISO 15924) of most letters of a sample, and how many letters those are."""
    if sample.isascii():
        return "Latn", sum(map(len, _WORD.findall(sample)))
    best = ("", 0)
    for script, pattern in _RUNS.items():
        count = sum(map(len, pattern.findall(sample)))
        if script == "Hani" and best[0] == "Kana":
            # Japanese mixes kana with ideographs; a Chinese text has no kana.
            best = ("Kana", best[1] + count)
        elif count > best[1]:
            best = (script, count)
        if best[1] * 2 > len(sample):
            break
    return best


def _has_foreign_letters(code: str, sample: str, count: int, least: int = 2) -> bool:
    """Tell whether a text has letters that a language's alphabet lacks: `least`, and one in 80 (not just a name)."""
    foreign = len(_FOREIGN[code].findall(sample))
    return foreign >= least and foreign * 80 >= count


def _is_possible(code: str, sample: str, count: int) -> bool:
    expected, letters = _EXPECTED.get(code, (None, 0))
    if expected and count >= letters and not expected.search(sample):
        return False
    return code not in _FOREIGN or not _has_foreign_letters(code, sample, count, least=1)


def _scores(sample: str, possible: frozenset[str]) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    for word in _WORD.findall(sample):
        _add(scores, _WORD_LANGUAGES.get(word, frozenset()) & possible, 1.0)
    if not sample.isascii():
        for letter in _DISTINCTIVE_LETTER.findall(sample):
            _add(scores, _LETTER_LANGUAGES[letter] & possible, _LETTER_SCORE)
    return scores


def _add(scores: dict[str, float], languages: frozenset[str], score: float) -> None:
    for code in languages:
        scores[code] += score / len(languages)


def _by_member(table: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, members in table.items():
        for member in members.split():
            found[member].add(code)
    return {member: frozenset(codes) for member, codes in found.items()}


def _scripts_by_language() -> dict[str, frozenset[str]]:
    main_scripts = {code: script for script, (_, codes) in SCRIPTS.items() for code in codes.split()}
    return {
        code: ALSO_WRITTEN.get(code, frozenset()) | frozenset({main_scripts[code]} if code in main_scripts else ())
        for code in main_scripts.keys() | ALSO_WRITTEN.keys()
    }


_RUNS = {script: re.compile(f"[{ranges}]+") for script, (ranges, _) in SCRIPTS.items()}
_SCRIPTS_OF = _scripts_by_language()
# A language's main script, and a pattern that matches if over half of a sample is written in it: faster than
# `script_of`. Without ideographs, since a Japanese text may be mostly ideographs and is known by its kana.
_MAIN_SCRIPT = {
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
_DISTINCTIVE_LETTER = re.compile(f"[{''.join(_LETTER_LANGUAGES)}]")
