"""Make the word lists of the forms from simplemma's dictionaries: `python -m tests.packaging.word_lists`.

`monitor/text/forms/inflection_index.py` describes the files. A lemma lists a form that begins as it does, or with
another first vowel: that leaves out what the dictionaries say of other words (bránit of nebránit, its contrary).
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from monitor.text.forms.dictionary import LANGUAGES
from monitor.text.forms.inflection_index import FIRST_COUNT, NO_LEMMA, PAGES_PER_CHUNK, UNLISTED

DATA = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"
LINES_PER_PAGE = 32

UMLAUTS = str.maketrans("aouAOU", "äöüÄÖÜ")
WITH_GE_PARTICIPLE = frozenset({"de", "nl"})
# The forms of a lemma of at most 4 letters share its first 2 letters, those of a longer one its first 3.
PREFIX_OF_SHORT, SHORT, PREFIX_OF_LONG = 2, 4, 3
ONSET = re.compile("([^aeiouäöü]*)([aeiouäöü]*)", re.IGNORECASE)
OTHER_VOWELS = {
    "es": {"e": "i ie", "o": "ue u", "a": "i e", "ue": "uie ui"},
    "it": {"o": "uo uò u", "i": "e"},
    "pt": {"e": "i", "o": "u ô", "a": "e i"},
    "fr": {"ou": "eu", "oi": "u", "e": "ie"},
    "nl": {"e": "ee a aa o i", "i": "o a", "ij": "ee e", "o": "oo a", "ie": "oo o", "a": "aa ie oe", "u": "o"},
    "de": {"e": "a i o ie", "i": "a u o", "a": "u ie ä", "ei": "ie i", "ie": "o", "au": "äu", "o": "ö", "u": "ü"},
    "en": {"u": "ou", "i": "a o ou", "ea": "o", "ee": "e ou", "a": "o oo", "o": "e a"},
}
"""First vowels of lemmas, and what they become in other forms (own table, of strong verbs and umlauts)."""

STATEMENT = """\
# The word lists LANGUAGE.words of this folder hold the lemmas of simplemma {version} (Adrien Barbaresi, MIT License),
# rearranged by tests/packaging/word_lists.py. They are not under the licence of the code around them, but under those
# of the sources that simplemma names:
# - Lemmatization lists, Michal Měchura: Open Database License 1.0, https://opendatacommons.org/licenses/odbl/1-0/
# - Wiktionary, packaged by Kaikki: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/
# - FreeLing: part 2b of https://github.com/TALP-UPC/FreeLing/blob/master/COPYING
# - spaCy lookups data: https://github.com/explosion/spacy-lookups-data
# - UniMorph: CC BY-SA, https://unimorph.github.io/
# - Wikinflection corpus, Eleni Metheniti: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/
# Whoever passes them on does so under these licences. Below stand the BLAKE2b digests (16 bytes) of the files.
"""


def beginnings(lemma: str, language: str) -> tuple[str, ...]:
    """How the forms of a lemma may begin: like it, or with another first vowel (poder, puede; winnen, won)."""
    shared = lemma[: PREFIX_OF_SHORT if len(lemma) <= SHORT or language == "en" else PREFIX_OF_LONG]
    first, vowels = ONSET.findall(lemma)[0]
    following = lemma[len(first + vowels) :][:1]
    others = [first + other for other in OTHER_VOWELS.get(language, {}).get(vowels.lower(), "").split()]
    found = {shared, *(one if len(one) >= PREFIX_OF_LONG else one + following for one in others)}
    if language == "de":
        found.add(lemma[:PREFIX_OF_LONG].translate(UMLAUTS))
    if language in WITH_GE_PARTICIPLE:
        found |= {"ge" + one for one in found}
    return tuple(found)


def packed(dictionary: Mapping[str, str], language: str) -> bytes:
    """The file of one language, from its lemma by form."""
    listed = {form for form, lemma in dictionary.items() if form.startswith(beginnings(lemma, language))}
    words = sorted(dictionary.keys() | set(dictionary.values()))
    page_of = {word: number // LINES_PER_PAGE for number, word in enumerate(words)}
    pages_of: dict[str, set[int]] = defaultdict(set)
    for form in listed:
        pages_of[dictionary[form]].add(page_of[form] - page_of[dictionary[form]])
    lines = []
    for number, word in enumerate(words):
        above = words[number - 1] if number % LINES_PER_PAGE else ""
        lemma = (
            NO_LEMMA
            if word not in dictionary
            else ("" if word in listed else UNLISTED) + ending(word, dictionary[word])
        )
        further = ",".join(map(str, sorted(pages_of[word] - {0})))
        shared = min(shared_letters(above, word), 25)
        lines.append("\t".join((letter(shared) + word[shared:], lemma, further)).rstrip("\t"))
    pages = ["\n".join(some) for some in chopped(lines, LINES_PER_PAGE)]
    chunks = [zlib.compress("\n\n".join(some).encode(), 9) for some in chopped(pages, PAGES_PER_CHUNK)]
    firsts = words[:: LINES_PER_PAGE * PAGES_PER_CHUNK]
    index = zlib.compress(json.dumps(list(zip(firsts, map(len, chunks), strict=True))).encode(), 9)
    return len(index).to_bytes(4, "big") + index + b"".join(chunks)


def ending(form: str, lemma: str) -> str:
    """How the lemma is made of the form: a letter that counts what to cut, then what to add."""
    shared = shared_letters(form, lemma)
    return "" if form == lemma else letter(len(form) - shared) + lemma[shared:]


def shared_letters(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def letter(count: int) -> str:
    """A count as one character, from A."""
    return chr(FIRST_COUNT + count)


def digest(content: bytes) -> str:
    """The digest of a file in `words.txt`, by which kept forms are known to be of these word lists."""
    return blake2b(content, digest_size=16).hexdigest()


def chopped(items: list[str], length: int) -> Iterable[list[str]]:
    """The items in lists of this length."""
    return (items[start : start + length] for start in range(0, len(items), length))


def main() -> None:
    """Write each file, and the list of their digests."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    factory = DefaultDictionaryFactory(cache_max_size=0)
    lines = [STATEMENT.format(version=version("simplemma"))]
    for language in LANGUAGES:
        content = packed(factory.get_dictionary(language), language)
        (DATA / f"{language}.words").write_bytes(content)
        lines.append(f"{language} {digest(content)}")
    (DATA / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
