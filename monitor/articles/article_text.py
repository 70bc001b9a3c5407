"""An entry in, the text of its article out, with the squeezed form by which two texts are compared."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import NamedTuple

from monitor.model import Entry

TITLE, LEAD, BODY = 1000, 5000, 200_000
LONG = 40
"""Words from which on a text names a piece by itself."""
_WEIGHED = 1000
"""Characters of a text that are looked at to see whether it is that long."""

# Deleting characters with a dozen C-speed calls takes 10 to 40 microseconds a text; the canonical tokens, which
# matching needs, take ten times as long and would tell no more pieces apart.
_NOT_TEXT = bytes(code for code in range(128) if not chr(code).isalnum())
_MARKS = "«»„“”’…–—\u00a0"
_SPACES = b" \t\n\r\x0b\x0c"
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CUT_SHORT = re.compile(r"(\s?)(?:\[\s*(?:…|\.\.\.)\s*\].{0,300}|(?:…|\.\.\.).{0,30})\Z", re.DOTALL)


class ArticleText(NamedTuple):
    """What a reader sees of one entry; `body` holds all of its text, the summary's too."""

    title: str
    lead: str
    body: str

    @property
    def digest(self) -> bytes:
        """16 bytes that change with what a reader sees, and not with white space or markup."""
        lead = "" if self.lead is self.body or self.lead in self.body else self.lead
        seen = f"{self.title}\0{lead}\0{self.body}"
        if "\u00a0" in seen:
            seen = seen.replace("\u00a0", "")
        return blake2b(seen.encode("utf-8", "surrogatepass").translate(None, _SPACES), digest_size=16).digest()


def text_of(entry: Entry) -> ArticleText:
    """Title, lead and body of an entry: the content, and the summary before it unless the content has it already."""
    title = " ".join(entry.title[: 4 * TITLE].split())
    return ArticleText(
        shorten(title, TITLE), shorten(entry.summary, LEAD), shorten(_body(entry.summary, entry.content), BODY)
    )


def squeeze(text: str) -> bytes:
    """Only the letters and digits of a text, case folded: equal for texts that differ in punctuation and spacing."""
    return bare(text.casefold())


def bare(text: str) -> bytes:
    """Only the letters and digits of a text, in the case that they are in; ё is е."""
    if not text.isascii():
        # Looking first takes a tenth of the time that replacing what is not there does.
        for mark in _MARKS:
            if mark in text:
                text = text.replace(mark, "")
        if "ё" in text:
            text = text.replace("ё", "е")
    return text.encode("utf-8", "surrogatepass").translate(None, _NOT_TEXT)


def weight(title: str, body: str) -> int:
    """About how many words a piece has, from its spaces; half its letters in scripts that put none between words.

    Many are only many: from `LONG` on nobody asks for the exact number.
    """
    beginning = body[:_WEIGHED]
    words = title.count(" ") + beginning.count(" ") + beginning.count("\n") + bool(title) + bool(body)
    sample = title + body[:400]
    return words if words >= LONG or sample.isascii() else words + len(_WITHOUT_SPACES.findall(sample)) // 2


def shorten(text: str, limit: int) -> str:
    """The text, cut between words with an ellipsis where it is longer than the limit."""
    if len(text) <= limit:
        return text
    end = text.rfind(" ", limit - 100, limit)
    return text[: end if end > 0 else limit - 1] + "…"


def _body(summary: str, content: str) -> str:
    if not content or not summary:
        return content or summary
    if summary in content:
        return content
    # Only what the content repeats is left out: a word that stands in the summary alone must still be found.
    squeezed, large = squeeze(_uncut(summary)), squeeze(content)
    if squeezed in large:
        return content
    return summary if large in squeezed else f"{summary}\n\n{content}"


def _uncut(summary: str) -> str:
    """The summary without `word… Read more` or `[…] The post … appeared first on …` at its end."""
    cut = _CUT_SHORT.search(summary, max(len(summary) - 320, 0))
    if cut is None:
        return summary
    head = summary[: cut.start()]
    return head if cut[1] else head[: max(head.rfind(" "), 0)]
