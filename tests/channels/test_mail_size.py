"""How large a digest is: Gmail cuts a mail at 102 kB, and what it cuts off is the count, the rules, and the way out."""

from __future__ import annotations

import re

import pytest

from monitor.alerts import AlertContent
from monitor.model import Alert, Article, Item, Kind, Match, Span
from tests.alerts.letters import NOW, READER, bodies, render

LONG = {
    "en": "Press secretary Dmitry Peskov told reporters that the talks will go on next week and more was said. " * 4,
    "ru": "Пресс-секретарь Дмитрий Песков заявил журналистам, что переговоры продолжатся на следующей неделе. " * 4,
    "ar": "قال المتحدث باسم الكرملين دميتري بيسكوف للصحفيين إن المحادثات ستستمر الأسبوع المقبل وأكثر من ذلك. " * 4,
    "marks": "a b " * 200,
    "escaped": "&<>\"' " * 100,
}


def crowded(stories: int, others: int, text: str, link: str = "slug", rules: int = 1) -> AlertContent:
    """A digest of stories that several outlets carry."""
    articles: dict[int, Article] = {}
    items = []
    for number in range(stories * (1 + others)):
        url = f"https://news.example.org/{number}/{link}"
        articles[number] = Article(f"outlet{number % 30}", url, text, body=text, language="ru", published=NOW)
        spans = tuple(Span("body", at, at + 1, "x") for at in range(0, 300, 2 if text == LONG["marks"] else 90))
        matches = tuple(Match(f"Rule {one}", spans) for one in range(rules))
        items.append(Item(number, number // (1 + others), matches))
    alert = Alert(READER, "digest:x", 0, Kind.DIGEST, NOW, tuple(items))
    queries = {f"Rule {one}": LONG["ru"] for one in range(rules)}
    return AlertContent(
        alert, "monitor@example.org", NOW, articles=articles, queries=queries, operator=("it@example.org",)
    )


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize(("stories", "others", "link"), [(50, 8, "slug"), (60, 1, "x" * 700), (1, 300, "&" * 1900)])
def test_no_digest_is_so_long_that_its_end_is_cut_off(text: str, stories: int, others: int, link: str) -> None:
    plain, html = bodies(render(crowded(stories, others, LONG[text], link, rules=2)))
    assert len(html.encode()) <= 100_000
    told = html.count('class="story"')
    assert told >= min(stories, 5)
    for body in (plain, html):
        assert (f"{stories - told:,} more stor" in body) == (told < stories)
        assert "Rule 1" in body
        assert "To change what you get or how often" in body


def test_other_outlets_give_way_before_stories_do() -> None:
    plain, html = bodies(render(crowded(50, 8, LONG["en"][:100])))
    assert html.count('class="story"') == 50
    assert "stories matched and are not shown" not in plain
    assert re.search(r"and \d more|8 others", plain)


def test_what_fits_is_shown_and_no_story_less() -> None:
    _, html = bodies(render(crowded(50, 0, LONG["ru"], "x" * 1500)))
    told = html.count('class="story"')
    each = len(html.encode()) / told
    assert 100_000 - 2 * each < len(html.encode()) <= 100_000


def test_a_mail_of_very_many_rules_names_fifty_and_counts_the_rest() -> None:
    plain, html = bodies(render(crowded(1, 0, "x" * 400, rules=70)))
    assert "and 20 more rules" in plain
    assert "and 20 more rules" in html
    assert len(html.encode()) <= 100_000
