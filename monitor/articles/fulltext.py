"""A page's HTML in, the text of its article out; and what an article becomes by the text that its page holds.

Extraction is trafilatura's (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15), which no other that we measured beats;
`python -m tests.bench.text` says how well it does here. It is imported by the call, since only page workers need it.
"""

from __future__ import annotations

from monitor.articles.article_text import BODY, ArticleText, shorten, squeeze
from monitor.errors import ParseError
from monitor.model import Article
from monitor.text import nested_deeper, plain, tokenize

LARGEST = 4_000_000
DEEPEST = 1_000

# A page of another piece shares fewer of the announced words: on 181 news pages, the title and description of 98 in a
# hundred have .36 or more of their longer words in their own text, those of 96 in a hundred have less in another's.
_SHARE = 0.35
_LONGER = 4


def full_text(html: str) -> str:
    """The article's own text in a page of news, paragraphs apart, without menus, comments and boxes; perhaps none."""
    if len(html) > LARGEST:
        raise ParseError("too large", f"a page of {len(html)} characters")
    if nested_deeper(html, DEEPEST):
        raise ParseError("unreadable", f"elements nested more than {DEEPEST} deep")
    from trafilatura import extract
    from trafilatura.meta import reset_caches

    try:
        return plain(extract(html, include_comments=False) or "")
    except Exception as error:  # nothing narrower is promised for a page that is no page
        raise ParseError("unreadable", f"{type(error).__name__}: {error}") from None
    finally:
        # What it remembers of pages would grow for as long as the worker lives.
        reset_caches()


def is_of(text: str, article: Article) -> bool:
    """Whether a page's text is that of the piece that was announced: it has enough of the announcement's words."""
    announced = set(tokenize(f"{article.title}\n{article.lead}").words)
    telling = {word for word in announced if len(word) >= _LONGER} or announced
    return len(telling & set(tokenize(text).words)) >= _SHARE * len(telling)


def with_full_text(article: Article, text: str) -> Article | None:
    """The article's next version, with the text of its page beside what the feed alone says; None if that is all."""
    announced, whole = squeeze(article.body), squeeze(text)
    if whole in announced:
        return None
    body = shorten(text if announced in whole else f"{article.body}\n\n{text}", BODY)
    return article._replace(body=body, digest=ArticleText(article.title, article.lead, body).digest)
