"""Tell whether a further feed of an outlet says of an article what the one that showed it first did not."""

from __future__ import annotations

import re

from monitor.model import Article

_ADDRESS = re.compile(r"\S+://\S+")


def says_more(article: Article, known: Article | None) -> bool:
    """Whether an article has a text where its known words are a title alone, or a title where they are an address.

    Sitemaps and lists of articles are often faster than a feed, and say less. False where nothing is known.
    """
    if known is None:
        return False
    had_text, had_title = _has_text(known), not _ADDRESS.fullmatch(known.title)
    if _has_text(article):
        return not had_text
    return not (had_text or had_title) and not _ADDRESS.fullmatch(article.title)


def _has_text(article: Article) -> bool:
    return any(text.strip() not in ("", article.title.strip()) for text in (article.lead, article.body))
