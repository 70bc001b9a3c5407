"""What changed in an article is told by its title and its text, of which a summary outside of the body is a part."""

from __future__ import annotations

from monitor.model import Article
from monitor.text.article_changes import field_changes


def changed(before: Article, after: Article) -> dict[str, list[tuple[str, str]]]:
    return {
        one.field: [(part.change.value, part.text) for part in one.parts if part.change != "same"]
        for one in field_changes(before, after)
    }


def test_title_and_text_are_compared_apart() -> None:
    before = Article("news", "", "Harbour closed", "Ships wait.", "Ships wait. All of them do.")
    assert changed(before, before) == {}
    after = before._replace(title="Harbour open", body="Ships wait. Some of them do.")
    assert changed(before, after) == {
        "title": [("removed", "closed"), ("added", "open")],
        "text": [("removed", "All "), ("added", "Some ")],
    }
    retold = before._replace(lead="Boats wait.")
    assert changed(before, retold) == {"text": [("added", "Boats wait.\n\n")]}
