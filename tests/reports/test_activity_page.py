"""The report as a page: whole in itself, and nothing in it that an outlet or rule is called becomes markup."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.model import State
from monitor.reports.activity import ActivityReport, MailActivity, RuleActivity
from monitor.reports.activity_page import activity_page, drawn_bars
from monitor.reports.activity_words import bar_lengths, gap_outcome, outlet_rate, percent, rate, summary
from monitor.reports.outlet_activity import GapActivity, OutletActivity
from monitor.steps.backtest import Bar

UNTIL = datetime(2026, 11, 8, 12, tzinfo=UTC)
DAYS = tuple(Bar(date(2026, 11, day), 1, count) for day, count in ((1, 0), (2, 1), (3, 200)))
TRICK = "</bdi><script>alert('x')</script>\" وكالة"


def gap(note: str = "", *, filled: bool = False) -> GapActivity:
    """Return a gap of three hours over a midnight."""
    from_at, to_at = UNTIL - timedelta(days=2, hours=13), UNTIL - timedelta(days=2, hours=10)
    filled_at = UNTIL if filled else None
    return GapActivity(from_at=from_at, to_at=to_at, url="https://x.test/rss", filled_at=filled_at, note=note)


def outlet(title: str = "News", **changes: object) -> OutletActivity:
    """Return an outlet with a week like others."""
    given: dict[str, object] = {
        "outlet": "news",
        "title": title,
        "articles": 201,
        "backlog": 0,
        "a_day": 28.7,
        "usual_a_day": None,
        "watched_since": UNTIL - timedelta(days=7),
        "days": DAYS,
        "gaps": 3,
        "filled_gaps": 2,
        "last_gaps": (gap(), gap(filled=True)),
        "silences": 1,
        "silent_since": UNTIL - timedelta(hours=5),
        "outages": 2,
        "unread_since": None,
        "shrinkages": 1,
        "shrunken_since": None,
        "whole_text": 0.5,
        "delay_seconds": 150.0,
    }
    return OutletActivity(**(given | changes))  # type: ignore[arg-type]


def report(**changes: object) -> ActivityReport:
    """Return a report of one outlet and one rule with names that mean harm."""
    given: dict[str, object] = {
        "since": UNTIL - timedelta(days=7),
        "until": UNTIL,
        "timezone": "Europe/Kyiv",
        "articles": 201,
        "backlog": 40,
        "a_day": 28.7,
        "usual_a_day": 4.25,
        "watched_since": UNTIL - timedelta(hours=3),
        "days": DAYS,
        "whole_text": 0.999,
        "delay_seconds": 150.0,
        "gaps": 3,
        "filled_gaps": 2,
        "first_start": UNTIL - timedelta(days=30),
        "down_seconds": 7200.0,
        "matches": 12,
        "mails": MailActivity(states={State.FAILED: 1, State.SENT: 9}, delay_seconds=2.0, slow_delay_seconds=30.0),
        "outlets": (outlet(TRICK),),
        "rules": tuple(
            RuleActivity(rule=rule, matches=matches, days=DAYS, mails=9, delay_seconds=2.0)
            for rule, matches in ((TRICK, 12), ("Quiet", 0))
        ),
    }
    return ActivityReport(**(given | changes))  # type: ignore[arg-type]


def test_names_are_text_in_their_own_direction_and_nothing_is_loaded() -> None:
    html = activity_page(report())
    tree = LexborHTMLParser(html)
    assert tree.css("script, link, img, iframe") == []
    assert [node.text() for node in tree.css("bdi")] == [TRICK, TRICK, TRICK, "Quiet"]
    assert not re.search(r" (src|href)=|url\(|@import", html)
    assert "default-src 'none'" in tree.css_first("meta[http-equiv]").attributes["content"]
    assert len(tree.css("svg")) == 3 + len(DAYS)


def test_the_page_says_the_figures() -> None:
    text = LexborHTMLParser(activity_page(report())).text(separator=" ")
    for words in (
        "201",
        "50 %",
        "2 min",
        "3, 2 filled",
        "silent since 2026-11-08 07:00 UTC; unreadable 2 times; far less than usual once",
    ):
        assert words in text


def test_each_day_has_its_date_its_number_and_its_bar() -> None:
    tree = LexborHTMLParser(activity_page(report()))
    assert [row.text(separator=" ").split() for row in tree.css(".days tr")] == [
        ["Sun", "2026-11-01", "0"],
        ["Mon", "2026-11-02", "1"],
        ["Tue", "2026-11-03", "200"],
    ]
    assert [bar.attributes["width"] for bar in tree.css(".days rect")] == ["0.0%", "1.0%", "100.0%"]


def test_days_on_which_nobody_watched_are_no_days_on_which_nothing_came() -> None:
    before = tuple(Bar(date(2026, 10, day), 1, 0, is_watched=False) for day in (29, 30, 31))
    tree = LexborHTMLParser(activity_page(report(days=(*before, *DAYS), outlets=(outlet(days=(*before, *DAYS)),))))
    assert [row.text(separator=" ").split() for row in tree.css(".days tr")][:2] == [
        ["Thu", "2026-10-29", "-", "not", "watched,", "3", "days"],
        ["Sun", "2026-11-01", "0"],
    ]
    # A line stands under the days that were watched.
    small = tree.css_first(".rows .chart svg")
    assert [bar.attributes["x"] for bar in small.css(".ground")] == ["45.0", "60.0", "75.0"]
    assert len(small.css("title")) == len(DAYS)


def test_what_an_outlet_is_told_of_has_its_heading_beside_it_for_narrow_screens() -> None:
    tree = LexborHTMLParser(activity_page(report()))
    headings = [cell.text() for cell in tree.css_first(".rows tr").css("th") if cell.text()]
    told = [cell.attributes["data-heading"] for cell in tree.css(".rows tr")[1].css("td[data-heading]")]
    assert told == headings[1:]


@pytest.mark.parametrize(
    ("missed", "told"),
    [
        (gap(), "not filled so far"),
        (gap("no sitemap"), "not filled: no sitemap"),
        (gap(filled=True), "filled by another feed of the outlet"),
        (gap("https://x.test/map.xml", filled=True), "filled by https://x.test/map.xml"),
    ],
)
def test_a_gap_says_when_it_was_how_long_and_what_became_of_it(missed: GapActivity, told: str) -> None:
    assert gap_outcome(missed) == told
    page = LexborHTMLParser(activity_page(report(outlets=(outlet(last_gaps=(missed,)),))))
    first, rest = (line.text() for line in page.css("li"))
    assert first == f"2026-11-05 23:00 to 2026-11-06 02:00 UTC, 3 h: {told}"
    assert rest == "and 2 more before"


def test_what_was_watched_for_less_than_a_day_says_since_when() -> None:
    young = outlet(a_day=None, watched_since=UNTIL - timedelta(hours=3))
    assert outlet_rate(young) == "since 09:00 UTC"
    assert outlet_rate(outlet(a_day=None, watched_since=None)) == "-"
    told = dict(summary(report(a_day=None, backlog=0)))["articles"]
    assert told == "201 from 1 outlet since 2026-11-08 09:00 UTC"


def test_bars_of_weeks_are_called_weeks() -> None:
    assert (bar_lengths(DAYS), bar_lengths([Bar(date(2026, 11, 2), 7, 70)])) == (
        "days",
        "weeks, each by its first day,",
    )


def test_the_totals_are_sentences() -> None:
    assert dict(summary(report())) == {
        "articles": "201 from 1 outlet, 29 a day (usually 4.2); not counted: 40 "
        "that were out before their outlet was watched, or a day before they were seen",
        "text": "99 % were read whole; half were seen within 2 min of their publication",
        "gaps": "3 in which articles may have been missed; 2 filled",
        "outlets": "1; silent longer than usual: 1; unreadable for a time: 1; gave far less than usual: 1",
        "monitor": "did not run for 2 h",
        "matches": "12 articles by 1 of 2 rules",
        "mails": "9 sent, 1 failed; half of those at once left within 2 s, nineteen in twenty within 30 s",
    }


def test_nothing_is_told_as_nothing() -> None:
    nothing = MailActivity(states={}, delay_seconds=None, slow_delay_seconds=None)
    bare = report(
        articles=0, gaps=0, first_start=None, mails=nothing, backlog=0, usual_a_day=None, a_day=None, whole_text=None
    )
    told = dict(summary(bare))
    assert (told["articles"], told["text"], told["mails"], told["monitor"]) == (
        "none",
        "-",
        "none",
        "never ran",
    )
    quiet = outlet(
        gaps=0, silences=0, outages=0, shrinkages=0, whole_text=None, delay_seconds=None, a_day=None, days=()
    )
    assert "alarm" not in activity_page(report(outlets=(quiet,))).split("<h2>Outlets")[1]


@pytest.mark.parametrize(
    ("started", "down_seconds", "told"),
    [
        (timedelta(days=-30), 0.0, "ran all the time"),
        (timedelta(minutes=-1), 0.0, "ran all the time since its first start, 2026-11-08 11:59 UTC"),
        (timedelta(days=-2), 7200.0, "did not run for 2 h since its first start, 2026-11-06 12:00 UTC"),
        (timedelta(days=1), 0.0, "had not run yet: it first started 2026-11-09 12:00 UTC"),
    ],
)
def test_it_says_since_when_it_runs_where_that_is_within_the_span(
    started: timedelta, down_seconds: float, told: str
) -> None:
    assert dict(summary(report(first_start=UNTIL + started, down_seconds=down_seconds)))["monitor"] == told


def test_the_highest_bar_fills_its_chart_and_a_day_with_one_article_is_seen() -> None:
    none, one, most = drawn_bars(DAYS, 90, 18)
    assert (none.height, one.height, most.height, most.y) == (0, 1, 18, 0)
    assert (one.x, most.x, most.label) == (30, 60, "Tue 2026-11-03: 200")


def test_a_short_week_counts_by_its_days() -> None:
    weeks = [Bar(date(2026, 11, 2), 7, 70), Bar(date(2026, 11, 9), 2, 20)]
    drawn = drawn_bars(weeks, 90, 18)
    assert [bar.height for bar in drawn] == [18, 18]
    assert drawn[0].label == "Mon 2026-11-02 and 6 more days: 70"
    assert drawn_bars([], 90, 18) == []


@pytest.mark.parametrize(("share", "text"), [(0, "0 %"), (0.001, "1 %"), (0.999, "99 %"), (1, "100 %"), (None, "-")])
def test_only_all_is_all(share: float | None, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("a_day", "text"), [(0, "0"), (0.26, "0.3"), (1234, "1,234"), (None, "-")])
def test_few_articles_a_day_have_a_decimal(a_day: float | None, text: str) -> None:
    assert rate(a_day) == text
