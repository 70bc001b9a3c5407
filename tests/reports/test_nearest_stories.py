"""`explain` names the nearest story of an article that began one, and how it was told before its story was known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.articles import Rarity, address_keys, event_keys, event_signs
from monitor.cli.explain_output import lines_of
from monitor.config import load
from monitor.event_values import EventText
from monitor.reports.article_story import ArticleStory, FormerStories, LeftStory
from monitor.reports.explanation import KnownArticle, UnknownArticle, explain
from monitor.reports.nearest_stories import with_nearest_stories
from monitor.store import Store, article_queries, event_records
from monitor.story_values import Relation
from tests.articles.events import FIRE, OTHER_FIRE
from tests.cli.stand import NOW, fill, piece, stand

SITE = "https://wire.example.org"


@pytest.fixture
def found(store: Store, tmp_path: Path) -> list[KnownArticle | UnknownArticle]:
    """What is said of two fires, each a story by itself, and of an address that nobody knows."""
    urls = [f"{SITE}/{name}" for name in ("first", "second", "unknown")]
    told = zip(urls, (FIRE, OTHER_FIRE), strict=False)
    keys = [tuple(address_keys("wire", url)) for url in urls]
    fill(
        store,
        [
            piece(url, title, outlet=f"outlet{at}", url=url, body=body, keys=keys[at])
            for at, (url, (title, body)) in enumerate(told)
        ],
    )
    config = load(stand(tmp_path).config).config
    assert config
    with store.begin() as conn:
        for id_, one in article_queries.get(conn, [1, 2]).items():
            signs = event_signs(one.article)
            event_records.write(conn, [(EventText(id_, id_, NOW, signs), event_keys(signs, Rarity()))], [])
        return with_nearest_stories(conn, explain(conn, config, urls, None, (NOW, NOW)))


def test_the_nearest_story_and_what_is_lacking_are_said(found: list[KnownArticle | UnknownArticle]) -> None:
    first, second, unknown = found
    assert isinstance(first, KnownArticle)
    assert isinstance(second, KnownArticle)
    assert first.story.nearest is None
    assert isinstance(unknown, UnknownArticle)
    near = second.story.nearest
    assert near
    assert (near.story, near.article.url) == (1, f"{SITE}/first")
    (line,) = [line.strip() for line in lines_of(second) if "nearest" in line]
    assert line.startswith(f"nearest, compared now, is story 1 (outlet0, {SITE}/first): alike by 0.")
    assert "; both say " in line


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"relation": Relation.RETOLD, "former": FormerStories(True, (3,))},
            "it began a story of its own, told as new in mail 3 before that was known",
        ),
        ({"relation": Relation.RETOLD, "former": FormerStories(True)}, "it began a story of its own"),
        ({"relation": Relation.FIRST, "former": FormerStories(True, (3, 4))}, "told as new in mails 3, 4 before"),
        (
            {"former": FormerStories(left=(LeftStory(7, (2, 3, 4, 5, 6)),))},
            "mails 2, 3, 4, 5 and 1 more told it in the thread of story 7, which it has left",
        ),
    ],
)
def test_how_it_was_told_before_is_said(
    found: list[KnownArticle | UnknownArticle], changes: dict[str, object], said: str
) -> None:
    one = found[1]
    assert isinstance(one, KnownArticle)
    story: ArticleStory = replace(one.story, resembles=1, nearest=None, **changes)  # type: ignore[arg-type]
    assert said in "\n".join(lines_of(replace(one, story=story)))
