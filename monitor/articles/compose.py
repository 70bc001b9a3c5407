"""Compose an article's current text, which is matched, searched and mailed, from what its feed and its page say."""

from __future__ import annotations

from monitor.articles.article_text import BODY, ArticleText, squeeze
from monitor.articles.followed_edit import follow_edit
from monitor.model import Article
from monitor.text.shortening import shorten_at_word


def compose(article: Article, page_text: str, feed_text_then: str = "", page_authors: tuple[str, ...] = ()) -> Article:
    """Return an article, given in its feed's words, with the text of its page added; title and lead stay the feed's.

    The body is the page's text where that repeats the feed's body, the feed's where the page adds nothing, else both.
    `feed_text_then` is what the feed said when the page was read, if it has said something else since: the page follows
    that edit. The authors are those of the page where the feed names none. It depends on these alone, so that each may
    change later and be composed with the others anew.
    """
    feed_text, squeezed_feed = article.body, squeeze(article.body)
    if feed_text_then and squeezed_feed not in squeeze(page_text):
        page_text = follow_edit(page_text, feed_text_then, feed_text)
    squeezed_page = squeeze(page_text)
    if squeezed_page in squeezed_feed:
        body = feed_text
    else:
        body = page_text if squeezed_feed in squeezed_page else f"{feed_text}\n\n{page_text}"
    body = shorten_at_word(body, BODY)
    digest = ArticleText(article.title, article.lead, body).digest
    return article._replace(body=body, digest=digest, authors=article.authors or page_authors)
