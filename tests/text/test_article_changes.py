"""What changed in an article is told by its title and its text, of which a summary outside of the body is a part."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        (("The port is open", "⚡️ The port is open\nAll ships sail."), ("Shut", "Shut\nAll ships sail."), ["text"]),
        (("The port is…", "The port is open."), ("The town is…", "The town is open."), ["text"]),
        (("The port is…", "The port is open."), ("The port…", "The port is open."), ["title"]),
        (("The port", "The port is open."), ("The town", "The port is shut."), ["title", "text"]),
        (("", "The port is open."), ("The port", "The port is shut."), ["title", "text"]),
        (("The port", "The port is open."), ("Ports", "Ports are open."), ["text"]),
    ],
)
def test_a_title_with_which_the_text_begins_is_part_of_it(
    before: tuple[str, str], after: tuple[str, str], fields: list[str]
) -> None:
    versions = (Article("news", "", title, body=body) for title, body in (before, after))
    assert [one.field for one in field_changes(*versions)] == fields
