"""Build an article's title, lead and body from a feed entry, and the squeezed forms by which texts are compared."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import NamedTuple

from monitor.model import Entry
from monitor.text.link_lines import without_link_lines
from monitor.text.shortening import shorten_at_word

TITLE, LEAD, BODY = 1000, 5000, 200_000
"""The most characters of each part that are kept."""
LONG = 40
"""Words from which on a text identifies an article by itself."""
_COUNTED = 1000
"""Characters at the beginning of a body in which words are counted."""

# Deleting characters with a dozen C-speed calls takes 10 to 40 microseconds a text; the canonical tokens, which
# matching needs, take ten times as long and would tell no more articles apart.
_NOT_TEXT = bytes(code for code in range(128) if not chr(code).isalnum())
_PUNCTUATION = "«»„“”’…–—\u00a0"
_SPACES = b" \t\n\r\x0b\x0c"
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Myanmar, Khmer, kana and ideographs, as ranges of a pattern: scripts without spaces between words."""
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
# What stands between its digits (1.5, 2-3, 10:30) is of a number, and so are a % after it and a sign before it. Digits
# are found first: to look for signs as well takes twice the time.
_DASHES, _APOSTROPHES, _BLANKS = "-‐‑‒–—−", "’‘`", " \u00a0\u2009\u202f"
_NUMBER = re.compile(r"[0-9]+(?:[^\w\s][0-9]+)*(?:\s?[%‰])?")
_PART_OF_NUMBER = re.compile("[0-9‰‐‑‒−]")  # of what `letters_and_digits` keeps
_SIGN = re.compile(f"(?<![^\\W_])[{_DASHES}+.$]\\Z")
_ONE_FORM = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_BLANKS))
_TRUNCATION = re.compile(r"(\s?)(?:\[\s*(?:…|\.\.\.)\s*\].{0,300}|(?:…|\.\.\.).{0,30})\Z", re.DOTALL)


class ArticleText(NamedTuple):
    """The text of one entry that a reader sees; `body` holds all of it, including the summary."""

    title: str
    lead: str
    body: str

    @property
    def digest(self) -> bytes:
        """16 bytes that change with what a reader sees, and not with white space, markup or addresses of links."""
        lead = "" if self.lead is self.body or self.lead in self.body else self.lead
        visible = f"{self.title}\0{lead}\0{without_link_lines(self.body)}"
        if "\u00a0" in visible:
            visible = visible.replace("\u00a0", "")
        return blake2b(visible.encode("utf-8", "surrogatepass").translate(None, _SPACES), digest_size=16).digest()


def entry_text(entry: Entry) -> ArticleText:
    """Return an entry's title, lead and body; the body is the content, after the summary if the content lacks it."""
    title = " ".join(entry.title[: 4 * TITLE].split())
    return ArticleText(
        shorten_at_word(title, TITLE),
        shorten_at_word(entry.summary, LEAD),
        shorten_at_word(_body(entry.summary, entry.content), BODY),
    )


def squeeze(text: str) -> bytes:
    """Return a text's letters and numbers, case folded, in UTF-8: texts that differ in other punctuation are equal.

    Numbers are whole and apart from what is around them: 1.5 is not 15, nor is 5 a part of either.
    """
    folded = text.casefold()
    parts, position = list[bytes](), 0
    for found in _NUMBER.finditer(folded):
        sign = _SIGN.search(folded, max(found.start() - 2, position), found.start())
        start = sign.start() if sign else found.start()
        number = folded[start : found.end()].translate(_ONE_FORM)
        parts += letters_and_digits(folded[position:start]), number.encode("utf-8", "surrogatepass")
        position = found.end()
    return b"\0".join((*parts, letters_and_digits(folded[position:])))


def letters_and_digits(text: str) -> bytes:
    """Return a text's letters and digits in UTF-8, their case as it is; ё becomes е, which most outlets write."""
    if not text.isascii():
        # Testing first takes a tenth of the time of a replacement that finds nothing.
        for mark in _PUNCTUATION:
            if mark in text:
                text = text.replace(mark, "")
        if "ё" in text:
            text = text.replace("ё", "е")
    return text.encode("utf-8", "surrogatepass").translate(None, _NOT_TEXT)


def word_count(title: str, body: str, enough: int = LONG) -> int:
    """Estimate how many words a title and body have, by their spaces; in scripts without spaces two letters are one.

    The count stops growing somewhere above `enough`, from where on the caller needs no exact number.
    """
    beginning = body[:_COUNTED]
    words = title.count(" ") + beginning.count(" ") + bool(title) + bool(body)
    if words >= enough:
        return words
    words += beginning.count("\n")
    sample = title + body[:400]
    return words if words >= enough or sample.isascii() else words + len(_UNSPACED_LETTER.findall(sample)) // 2


def _body(summary: str, content: str) -> str:
    if not content or not summary:
        return content or summary
    # An excerpt is found as it is in a hundredth of the time that squeezing an article takes.
    if summary in content or (excerpt := without_truncation(summary)) in content:
        return content
    # Most differ in quotation marks and dashes alone, which is told at once where no number is.
    if not _PART_OF_NUMBER.search(excerpt) and letters_and_digits(excerpt) in letters_and_digits(content):
        return content
    # The summary is dropped only if the content repeats it: a rule must find a word that stands in the summary alone.
    both = f"{summary}\n\n{content}"
    short, long = letters_and_digits(excerpt.casefold()), letters_and_digits(content.casefold())
    if short not in long and long not in short:
        return both
    # Their numbers are looked at only where their letters agree, since that takes five times as long.
    short, long = squeeze(excerpt), squeeze(content)
    if short in long:
        return content
    return summary if long in short else both


def without_truncation(summary: str) -> str:
    """Remove `word… Read more` or `[…] The post … appeared first on …` from a summary's end."""
    cut = _TRUNCATION.search(summary, max(len(summary) - 320, 0))
    if cut is None:
        return summary
    head = summary[: cut.start()]
    return head if cut[1] else head[: max(head.rfind(" "), 0)]
