"""Extract the article's text from a page's HTML, and tell whether it is that of the announced article.

Extraction is trafilatura's (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15), the best that we measured with
`python -m tests.bench.text`. It is imported inside the call because only page workers need it.
"""

from __future__ import annotations

from monitor.errors import ParseError
from monitor.model import Article
from monitor.text import nested_deeper, plain, tokenize

LARGEST = 4_000_000
"""Characters of HTML from which on a page is refused."""
DEEPEST = 1_000
"""Nested elements from which on a page is refused."""

# The page of another article shares fewer of the announced words. Measured on 181 news pages: for 98 in a hundred, the
# page's text has .36 or more of the longer words in its own title and description; for 96 in a hundred, the text of
# another page has less of them.
_SHARE = 0.35
# Letters from which on a word counts as long: shorter words are mostly the same in all texts of a language.
_LONG_WORD = 4


def full_text(html: str) -> str:
    """Return the article's own text in a news page, without menus, comments and boxes; empty if none is found.

    A blank line separates paragraphs. Raises ParseError for a page that is too large, too deep or unreadable.
    """
    if len(html) > LARGEST:
        raise ParseError("too large", f"a page of {len(html)} characters")
    if nested_deeper(html, DEEPEST):
        raise ParseError("unreadable", f"elements nested more than {DEEPEST} deep")
    from trafilatura import extract
    from trafilatura.meta import reset_caches

    try:
        return plain(extract(html, include_comments=False) or "")
    except Exception as error:  # trafilatura does not document what it raises for malformed pages
        raise ParseError("unreadable", f"{type(error).__name__}: {error}") from None
    finally:
        # Its caches would grow for as long as the worker lives.
        reset_caches()


def is_of(text: str, article: Article) -> bool:
    """Tell whether a page's text belongs to an article: it has at least 35 % of the long words of title and lead."""
    announced = set(tokenize(f"{article.title}\n{article.lead}").words)
    long_words = {word for word in announced if len(word) >= _LONG_WORD} or announced
    return len(long_words & set(tokenize(text).words)) >= _SHARE * len(long_words)
