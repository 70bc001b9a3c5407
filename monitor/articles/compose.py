"""Compose an article's current words, which are matched, searched and mailed, from what its feed and its page say."""

from __future__ import annotations

from monitor.articles.article_text import BODY, ArticleText, squeeze
from monitor.articles.followed_edit import follow_edit
from monitor.articles.language import contradicts, detect
from monitor.articles.stub_titles import is_stub
from monitor.model import Article
from monitor.page_values import ArticlePage
from monitor.text.shortening import shorten_at_word


def compose(article: Article, page: ArticlePage, feed_text_then: str = "") -> Article:
    """Return an article, given in its feed's words, with what its page says added; the lead stays the feed's.

    The body is the page's text where that repeats the feed's body, the feed's where the page adds nothing, else both.
    `feed_text_then` is what the feed said when the page was read, if it has said something else since: the page follows
    that edit. The title is the feed's unless that is none, and the authors are those of the page where the feed names
    none. It depends on these alone, so that each may change later and be composed with the others anew.
    """
    body = _body(article.body, page.text, feed_text_then)
    title = page.facts.title if page.facts.title and is_stub(article.title, page.facts.title) else article.title
    return article._replace(
        title=title,
        body=body,
        digest=ArticleText(title, article.lead, body).digest,
        authors=article.authors or page.facts.authors,
        language=_language(article.language, page.facts.language, page.text),
    )


def _body(feed_text: str, page_text: str, feed_text_then: str) -> str:
    squeezed_feed, squeezed_page = squeeze(feed_text), squeeze(page_text)
    if feed_text_then and squeezed_feed not in squeezed_page:
        followed = follow_edit(page_text, feed_text_then, feed_text)
        if squeeze(feed_text_then) in squeezed_page:
            # The page alone was the body, and still is: nothing but the feed's edit changes.
            return shorten_at_word("\n\n".join(filter(None, reversed(followed))), BODY)
        page_text, squeezed_page = followed.text, squeeze(followed.text)
    if squeezed_page in squeezed_feed:
        body = feed_text
    else:
        body = page_text if squeezed_feed in squeezed_page else f"{feed_text}\n\n{page_text}"
    return shorten_at_word(body, BODY)


def _language(known: str, stated: str, text: str) -> str:
    """Return the language that is known by the feed, unless the page's text is surely in another.

    What the page states alone does not change it: whole sites state that of their template.
    """
    found = detect(text)
    is_sure = bool(found) and found == stated
    if known and not contradicts(known, text) and not is_sure:
        return known
    return found or (stated if not contradicts(stated, text) else "") or known
