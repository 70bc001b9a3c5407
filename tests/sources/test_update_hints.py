"""When a feed says that it changes: what standards and real feeds write, and what hostile ones do."""

from __future__ import annotations

import pytest

from monitor.model import Page, UpdateHints
from monitor.sources import parse

SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
MONDAY, SUNDAY = 96, 72  # the first hours of these days, counted from Thursday, 0:00 UTC


def hints(channel: str, date: str = "Mon, 16 Nov 2026 09:30:00 +0100") -> UpdateHints:
    item = f"<item><title>One</title><link>https://f.test/1</link><pubDate>{date}</pubDate></item>"
    body = f"<rss {SY}><channel><title>F</title>{channel}{item}</channel></rss>"
    return parse("feed", Page("https://f.test/rss", 200, {}, body.encode())).hints


def syndication(period: str, frequency: str = "", base: str = "") -> str:
    parts = {"Period": period, "Frequency": frequency, "Base": base}
    return "".join(f"<sy:update{name}>{text}</sy:update{name}>" for name, text in parts.items() if text)


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("", 0),
        ("<ttl>15</ttl>", 15),
        ("<ttl><![CDATA[ 30 ]]></ttl>", 30),
        (syndication("daily", "2"), 720),
        (syndication("", "24"), 60),
        (syndication("weekly"), 10_080),
        ("<ttl>60</ttl>" + syndication("hourly", "4"), 15),
        # WordPress writes this into all feeds; who states a base as well means it.
        (syndication("hourly", "1"), 0),
        (syndication("hourly"), 0),
        (syndication("hourly", "1", "2002-05-01T00:00:00Z"), 60),
        # Hostile or broken.
        ("<ttl>99999999999999999999999</ttl>", 0),
        ("<ttl>999999999</ttl>", 10_080),
        ("<ttl>-5</ttl>" + syndication("daily"), 1_440),
        ("<ttl>٣٠</ttl>", 0),
        (syndication("yearly"), 10_080),
        (syndication("hourly", "999999999"), 1),
        (syndication("daily", "0"), 1_440),
    ],
)
def test_the_interval_is_read_and_bounded(channel: str, minutes: int) -> None:
    assert hints(channel) == UpdateHints(minutes)


def test_the_syndication_module_is_read_in_rdf() -> None:
    body = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {SY} xmlns="http://purl.org/rss/1.0/">
        <channel><title>F</title>{syndication("hourly", "2")}</channel>
        <item><title>One</title><link>https://f.test/1</link></item></rdf:RDF>"""
    assert parse("feed", Page("https://f.test/rdf", 200, {}, body.encode())).hints == UpdateHints(30)


def test_hours_and_days_to_skip_are_read() -> None:
    hours = hints("<skipHours><hour>1</hour><hour>24</hour><hour>x</hour><hour>99</hour></skipHours>").skipped
    assert hours == tuple(sorted(day * 24 + hour for day in range(7) for hour in (0, 1)))
    days = hints("<skipDays><day>Sunday</day><day>SUNDAY</day><day>Sonntag</day></skipDays>").skipped
    assert days == tuple(range(SUNDAY, SUNDAY + 24))


def test_what_the_feed_itself_shows_to_be_wrong_is_not_believed() -> None:
    skips = "<skipHours><hour>8</hour></skipHours>"
    assert hints(skips).skipped == ()  # 9:30 in Berlin
    assert MONDAY + 8 in hints(skips, "Mon, 16 Nov 2026 09:30:00 GMT").skipped
    never = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    assert hints(f"<skipHours>{never}</skipHours>", "").skipped == ()
