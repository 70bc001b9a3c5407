"""Say what of an article its meaning is read from."""

from __future__ import annotations

from monitor.model import Article
from monitor.text.link_lines import without_link_lines

TITLE_CHARACTERS, TEXT_CHARACTERS, _WORDS = 200, 500, 60
"""What is read of title and text, whatever an outlet takes for words: the model's time grows with it."""


def text_of_meaning(article: Article) -> str:
    """Return title and first words of an article; empty where it has no text: what titles mean misleads."""
    body = without_link_lines(article.body if article.body.strip() else article.lead)
    words = " ".join(body[: 2 * TEXT_CHARACTERS].split()[:_WORDS])[:TEXT_CHARACTERS]
    said = f"{article.title[:TITLE_CHARACTERS].strip()}. {words}".replace("\0", " ")
    return said.encode("utf-8", "replace").decode("utf-8") if words else ""
