"""Make what is new of a development safe and short for messages."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.alert_view import News, Quote, QuotePart
from monitor.alerts.quotes import language_tag
from monitor.model import Article
from monitor.story_values import StoryNews
from monitor.text.safe_text import direction, header_text, shorten, visible

NAME = 60
"""Characters of one of the names, places and numbers."""
SENTENCE = 300


def news_shown(news: StoryNews, article: Article, quotes: Sequence[Quote]) -> News:
    """Return what a message says of it: nothing where none of it can be named, no sentence where a quotation is it."""
    named = tuple(name for name in (header_text(one, NAME) for one in news.named) if name)
    return News(named, _sentence(news.sentence, article, quotes)) if named else News()


def _sentence(sentence: str, article: Article, quotes: Sequence[Quote]) -> Quote | None:
    text = " ".join(visible(sentence).split())
    if not text or any(text in " ".join(quote.text.split()) for quote in quotes):
        return None
    language = language_tag(article)
    return Quote((QuotePart(shorten(text, SENTENCE)),), language, direction(text, language))


def preheader(news: News, otherwise: str) -> str:
    """Return what mail programs show beside the subject, which of a reply says nothing new: the news, if any."""
    if not news.named:
        return header_text(otherwise)
    said = news.sentence.text if news.sentence else otherwise
    return header_text(f"{', '.join(news.named)} — {said}")
