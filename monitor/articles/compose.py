"""Compose an article's current text, which is matched, searched and mailed, from what its feed and its page say."""

from __future__ import annotations

from monitor.articles.article_text import BODY, ArticleText, squeeze
from monitor.model import Article
from monitor.text.shortening import shorten_at_word


def compose(article: Article, page_text: str) -> Article:
    """Return an article, given in its feed's words, with the text of its page added; title and lead stay the feed's.

    The body is the page's text where that repeats the feed's body, the feed's where the page adds nothing, else both.
    It depends on these two alone, so that either may change later and be composed with the other anew.
    """
    feed_text = article.body
    squeezed_feed, squeezed_page = squeeze(feed_text), squeeze(page_text)
    if squeezed_page in squeezed_feed:
        body = feed_text
    else:
        body = page_text if squeezed_feed in squeezed_page else f"{feed_text}\n\n{page_text}"
    body = shorten_at_word(body, BODY)
    return article._replace(body=body, digest=ArticleText(article.title, article.lead, body).digest)
