"""Look up lemmas, and all forms of a lemma, in the word lists that ship as `data/LANGUAGE.words`.

`python -m tests.packaging.word_lists` makes the files. Each begins with the length of an index (4 bytes, big-endian)
and the index: the first form and the length of each chunk (JSON in zlib). The chunks follow, also in zlib: pages of
lines in the order of the forms, with an empty line between pages; a look-up unpacks one chunk and reads one page.

A line is `form`, tab, `lemma`, tab, `pages`, without what is empty at its end. The form is how many letters it shares
with the form above it (counted from A) and its other letters. The lemma is how many letters to cut from the form
(counted from A) and what to add, or empty for the form itself; NO_LEMMA for a word that is no form, and UNLISTED before
a lemma that does not count this form as its own. The pages hold more forms of this word, counted from its own page.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

NO_LEMMA = "-"
UNLISTED = "!"
PAGES_PER_CHUNK = 128
FIRST_COUNT = ord("A")


class InflectionIndex:
    """The word list of one language, from the content of its file; only the chunks that were read last are unpacked."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        start = 4 + int.from_bytes(content[:4], "big")
        self._firsts: list[str] = []
        self._offsets = [start]
        for first, length in json.loads(zlib.decompress(content[4:start])):
            self._firsts.append(first)
            self._offsets.append(self._offsets[-1] + length)
        self._pages = lru_cache(maxsize=16)(self._read_pages)

    def lemma_of(self, form: str) -> str | None:
        """Return the lemma of a form in this very case; None for a form that is not listed."""
        lines = self._lines(self._page_of(form))
        other, lemma = next(((other, lemma) for other, lemma, _, _ in lines if other >= form), ("", None))
        return lemma if other == form else None

    def forms_of(self, lemma: str) -> set[str]:
        """Return all forms that are listed for a lemma, itself among them if it is one of its forms."""
        own_page = self._page_of(lemma)
        further = next((pages for form, _, _, pages in self._lines(own_page) if form == lemma), ())
        return {
            form
            for page in (own_page, *(own_page + distance for distance in further))
            for form, lemma_of_form, is_listed, _ in self._lines(page)
            if is_listed and lemma_of_form == lemma
        }

    def _page_of(self, form: str) -> int:
        """Return the number of the page that holds a form if any does."""
        chunk = max(bisect_right(self._firsts, form) - 1, 0)
        page = bisect_right(self._pages(chunk), form, key=_first_form) - 1
        return chunk * PAGES_PER_CHUNK + max(page, 0)

    def _read_pages(self, chunk: int) -> list[str]:
        return zlib.decompress(self._content[slice(*self._offsets[chunk : chunk + 2])]).decode().split("\n\n")

    def _lines(self, page: int) -> Iterator[tuple[str, str | None, bool, list[int]]]:
        """Yield (form, lemma, whether the lemma lists the form, pages with more forms of this word) for each line."""
        chunk, place = divmod(page, PAGES_PER_CHUNK)
        form = ""
        for line in self._pages(chunk)[place].split("\n"):
            ending, _, rest = line.partition("\t")
            form = form[: ord(ending[0]) - FIRST_COUNT] + ending[1:]
            code, _, pages = rest.partition("\t")
            further = [int(number) for number in pages.split(",")] if pages else []
            lemma = code.removeprefix(UNLISTED)
            yield form, _decoded_lemma(form, lemma), lemma == code, further


def _first_form(page: str) -> str:
    """Return the form of a page's first line, which is written in full after its count of shared letters."""
    return page[1 : min(at for at in (page.find("\t"), page.find("\n"), len(page)) if at >= 0)]


def _decoded_lemma(form: str, code: str) -> str | None:
    """Return the lemma that a code names for a form; None for NO_LEMMA."""
    if not code or code == NO_LEMMA:
        return None if code else form
    return form[: len(form) - (ord(code[0]) - FIRST_COUNT)] + code[1:]
