"""Extract the article's text from a page's HTML, and tell whether it is that of the announced article.

Extraction is trafilatura's (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15), the best that we measured with
`python -m tests.bench.text`; what is chosen among its modes is our own heuristic, measured there too. It is imported
inside the call because only page workers need it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitor.articles.linked_data import linked_article
from monitor.articles.page_boxes import without_boxes
from monitor.articles.stub_titles import is_stub
from monitor.errors import ParseError
from monitor.model import Article
from monitor.text import nested_deeper, plain, to_text, tokenize

LARGEST = 4_000_000
"""Characters of HTML from which on a page is refused."""
DEEPEST = 1_000
"""Nested elements from which on a page is refused."""

# Characters from which on a text is an article's, not a caption or a notice that was taken for one; and the share of a
# longer text that must be left of it.
_ENOUGH, _MOST = 400, 0.6
# How many times longer a fallback's text must be to be distrusted.
_FAR_MORE = 1.6
# Characters of a body in JSON-LD that is no summary, and of a paragraph that is no label.
_LONG_BODY, _PARAGRAPH = 600, 60
# How many times longer a text that the page marks as the article's must be to be better, and to be more than that.
_MUCH_MORE, _TOO_MUCH = 1.5, 4

# The page of another article shares fewer of the announced words. Measured on 181 news pages: for 98 in a hundred, the
# page's text has .36 or more of the longer words in its own title and description; for 96 in a hundred, the text of
# another page has less of them.
_SHARE = 0.35
# Letters from which on a word counts as long: shorter words are mostly the same in all texts of a language.
_LONG_WORD = 4
# Words of a text that is no notice; 4 of the 181 pages are known by their titles alone.
_MORE_THAN_A_NOTICE = 50


def full_text(html: str) -> str:
    """Return the article's own text in a news page, without menus, comments and boxes; empty if none is found.

    A line feed separates paragraphs. Raises ParseError for a page that is too large, too deep or unreadable.
    """
    if len(html) > LARGEST:
        raise ParseError("too large", f"a page of {len(html)} characters")
    if nested_deeper(html, DEEPEST):
        raise ParseError("unreadable", f"elements nested more than {DEEPEST} deep")
    from trafilatura.utils import line_processing, trim

    try:
        return without_boxes(_more_complete(_extracted(html), html))
    except Exception as error:  # trafilatura and selectolax do not document what they raise for malformed pages
        raise ParseError("unreadable", f"{type(error).__name__}: {error}") from None
    finally:
        # These two caches hold lines of any length. Its `reset_caches` also collects garbage, for 15 ms a page.
        line_processing.cache_clear()
        trim.cache_clear()


def _extracted(html: str) -> str:
    """Extract by trafilatura's own rules; where those find little, also by the algorithms that it falls back to."""
    own = _modes(html, fast=True)
    found = own.trimmed
    if len(found) >= max(_ENOUGH, _MOST * len(own.balanced)):
        return found
    other = _modes(html, fast=False)
    # A fallback that finds far more where something was found has taken the neighbours too.
    if len(own.balanced) >= _ENOUGH and len(other.balanced) > _FAR_MORE * len(own.balanced):
        return own.balanced
    return other.trimmed if len(other.trimmed) >= _MOST * len(other.balanced) else other.balanced


class _Modes(NamedTuple):
    """A page's text as trafilatura balances it, and as it is with `favor_precision`, which leaves out more."""

    balanced: str
    precise: str

    @property
    def trimmed(self) -> str:
        """The balanced text from the first to the last line that the precise one has too: boxes stand at its ends."""
        precise = set(self.precise.split("\n"))
        lines = self.balanced.split("\n")
        shared = [number for number, line in enumerate(lines) if line in precise]
        return "\n".join(lines[shared[0] : shared[-1] + 1]) if shared else ""


def _modes(html: str, *, fast: bool) -> _Modes:
    from trafilatura import extract

    balanced = extract(html, include_comments=False, fast=fast)
    precise = extract(html, include_comments=False, fast=fast, favor_precision=True)
    return _Modes(plain(balanced or ""), plain(precise or ""))


def _more_complete(text: str, html: str) -> str:
    """Return the text, or what the page marks as the whole of the same article where that is much longer."""
    marked = to_text(str(linked_article(html).get("articleBody") or ""))
    is_whole = len(marked) >= _LONG_BODY and not marked.endswith(("…", "..."))
    # trafilatura, too, takes this body where it finds nothing else, but without its paragraphs.
    if is_whole and (len(marked) > _MUCH_MORE * len(text) or " ".join(marked.split()) == text):
        return marked
    for paragraphs in _article_elements(html):
        if _MUCH_MORE * len(text) < len(paragraphs) < _TOO_MUCH * len(text) and _holds(paragraphs, text):
            return paragraphs
    return text


def _article_elements(html: str) -> Iterator[str]:
    """Yield the long paragraphs of each outermost <article>: layouts cut a body into several blocks within one."""
    if "<article" not in html:
        return
    from selectolax.lexbor import LexborHTMLParser

    for element in LexborHTMLParser(html).css("article:not(article article)"):
        texts = (plain(paragraph.text().replace("\n", " ")) for paragraph in element.css("p"))
        yield "\n".join(dict.fromkeys(text for text in texts if len(text) >= _PARAGRAPH))


def _holds(whole: str, part: str) -> bool:
    """Tell whether most lines of a part stand in the whole."""
    lines = [line for line in part.split("\n") if len(line) >= _PARAGRAPH]
    return 2 * sum(line in whole for line in lines) > len(lines)


def bears_title(page_title: str, article: Article) -> bool:
    """Whether a page states a title with more than half of the long words of an article's, or that is only a stub."""
    announced = set(tokenize("" if is_stub(article.title, page_title) else article.title).words)
    long_words = {word for word in announced if len(word) >= _LONG_WORD} or announced
    return not long_words or 2 * len(long_words.intersection(tokenize(page_title).words)) > len(long_words)


def is_of(text: str, article: Article, page_title: str = "") -> bool:
    """Tell whether a page's text belongs to an article: it has at least 35 % of the long words of title and lead.

    The title that the page states counts as part of a text that is long enough not to be a notice below it. A stub of a
    title announces nothing.
    """
    title = "" if is_stub(article.title, page_title) else article.title
    announced = set(tokenize(f"{title}\n{article.lead}").words)
    long_words = {word for word in announced if len(word) >= _LONG_WORD} or announced
    words = tokenize(text).words
    stated = tokenize(page_title).words if len(words) >= _MORE_THAN_A_NOTICE else ()
    return len(long_words & {*words, *stated}) >= _SHARE * len(long_words)
