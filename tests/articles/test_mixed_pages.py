"""Live pages, round-ups and bulletins are told from articles about one event."""

from __future__ import annotations

import pytest

from monitor.articles.mixed_pages import is_of_many_events


@pytest.mark.parametrize(
    "title",
    [
        "Live: storm and strike – rolling coverage",
        "Live updates: rocket launch and the day's other news",
        "Week in Politics: Auckland in crisis",
        "Morning briefing",
        "The Papers: 'Terror will not win'",
        "Covid-19 wrap: 65 new cases",
        "Liveblog: Politik am Mittwoch",
        "Wochenrückblick: Streik und Wahl",
        "Главное за день: обмен, нефть, хоккей",
        "Головне на ранок: Одеса, Женева",
        "Haftanın özeti: deprem, derbi",
        "مباشر: آخر التطورات",
        "Les cinq infos du matin : grève, tempête, football",
        "Five stories to start your day",
        "Fünf Themen des Tages",
        "Пять главных новостей дня",
        "10 новин ранку",
        "Günün beş haberi",
        "أهم الأخبار في دقيقة",
    ],
)
def test_titles_that_say_so(title: str) -> None:
    assert is_of_many_events(title, "")


@pytest.mark.parametrize(
    "title", ["Live music returns to Kyiv clubs", "Weeks of rain flood Genoa", "Ein Leben im Ticken der Uhr", ""]
)
def test_titles_of_one_event(title: str) -> None:
    assert not is_of_many_events(title, "The concert begins at 19.30 and costs 12.50 euros, doors open at 18:00.")


def test_many_times_of_day_make_a_live_page() -> None:
    assert is_of_many_events("Talks in Geneva", "14:10 Lunch. 13:30 Dockers strike. 13:05 Goal. 12:45 Ministers meet.")
