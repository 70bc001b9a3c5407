"""Floors of how well articles are grouped into stories, over our own sets (`python -m tests.bench.stories`)."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from monitor.text.meaning import is_installed
from tests.bench.stories import View, grouping, kinds, scores, silences, topical_grouping
from tests.bench.story_sets import PARTS, rows

LANGUAGES = ("ar", "de", "en", "ru", "tr", "uk")
FLOORS = {"one": (0.97, 0.92), "all": (0.96, 0.9), "within": (0.93, 0.8), "across": (0.92, 0.87)}
"""Precision and recall."""


def test_the_sets_hold_what_a_figure_needs() -> None:
    stories = Counter(row.story for row in rows())
    languages = defaultdict(set)
    for row in rows():
        languages[row.story].add(row.language)
    several = [story for story, count in stories.items() if count > 1]
    assert len(rows()) >= 400
    assert len(several) >= 80
    assert 0.3 <= (len(stories) - len(several)) / len(rows()) <= 0.4
    assert sum(len(languages[story]) > 1 for story in several) >= len(several) / 3
    assert all(min(Counter(row.language for row in rows() if row.part == part).values()) >= 20 for part in PARTS)


def test_every_row_is_an_article_of_its_own_and_every_topic_in_one_part() -> None:
    assert len({row.id for row in rows()}) == len(rows())
    assert len({(row.title, row.text) for row in rows()}) == len(rows())
    parts = defaultdict(set)
    for row in rows():
        parts[row.topic].add(row.part)
        parts[row.story].add(row.part)
    assert [name for name, found in parts.items() if len(found) > 1] == []
    assert [row.id for row in rows() if not 40 <= len(row.text.split()) <= 120] == []
    assert tuple(sorted({row.language for row in rows()})) == LANGUAGES


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_stories_are_found(part: str, name: str, floor: tuple[float, float]) -> None:
    score = scores(View(part))[name]
    assert score.precision >= floor[0]
    assert score.recall >= floor[1]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_silent_was_told_and_no_story_is_untold(part: str) -> None:
    found = silences(grouping(View(part)), part)
    assert found.silent == found.right >= 90
    assert found.untold == frozenset()
    assert found.again[0] <= 0.27 * found.again[1]
    assert found.updates[0] == 0


def test_a_rare_phrase_in_common_silences_no_other_event() -> None:
    """One is: two matches of one club, told in two languages, which stand on one day there."""
    found = silences(topical_grouping(), "tuning")
    assert found.stories > 400
    assert len(found.untold) <= 1
    assert found.silent - found.right <= 1


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not is_installed(), reason="the extra is not installed, or has no wheel for this machine")
def test_meaning_loses_little_where_words_know_most_already() -> None:
    """The model makes some two hundred vectors, at an eighth of a second each; the bench measures all together."""
    with_it = scores(View("test", by_meaning=True, is_alone=True))
    without = scores(View("test", is_alone=True))
    assert with_it["one"].f1 >= 0.93
    assert with_it["across"].f1 >= 0.845
    for name in FLOORS:
        assert with_it[name].precision >= without[name].precision - 0.05
        assert with_it[name].recall >= without[name].recall - 0.01


def test_every_kind_of_article_is_counted() -> None:
    among = {
        kind: sum(kinds(View(part))[kind][1] for part in PARTS) for kind in ("copy", "translation", "rewrite", "update")
    }
    assert min(among.values()) >= 25, among
