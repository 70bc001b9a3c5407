"""The ways out at the end of a mail: links to the operator, whose command no name can bend."""

from __future__ import annotations

import shlex
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import AlertContent, view_of
from monitor.channels.ways_out import WayOut, ways_out
from monitor.model import Kind
from tests.alerts.letters import ARTICLES, READER, bodies, item, letter, render

OPERATORS = ("it@example.org", "дежурный@example.org")
ALERT = letter(item(1, "Istanbul talks", "Peskov"), operator=OPERATORS)


def asked(way: WayOut) -> tuple[list[str], dict[str, str]]:
    """Whom a link writes to, and its fields, as a mail program reads them."""
    parts = urlsplit(way.link)
    assert (parts.scheme, parts.fragment, parts.netloc) == ("mailto", "", "")
    fields = parse_qsl(parts.query.replace("+", "%2B"), strict_parsing=True)
    return [unquote(one) for one in parts.path.split(",")], dict(fields)


def command(way: WayOut) -> list[str]:
    return shlex.split(asked(way)[1]["body"])


def test_an_alert_has_three_ways_out() -> None:
    ways = ways_out(view_of(ALERT))
    assert [way.wish for way in ways] == [
        "Stop the rule Istanbul talks",
        "Stop the rule Peskov",
        "Mute this story",
        "Less of TASS: nothing for 7 days",
    ]
    assert asked(ways[0]) == (
        list(OPERATORS),
        {
            "subject": "Please mute the rule Istanbul talks",
            "body": f"monitor mute 'rule:Istanbul talks' --for {READER} --until forever",
        },
    )
    assert [command(way)[2:] for way in ways[2:]] == [
        ["story:1", "--for", READER, "--until", "forever"],
        ["outlet:tass", "--for", READER, "--until", "7d"],
    ]


def test_a_digest_has_them_for_a_few_of_each() -> None:
    made = letter(*(item(number, "Peskov") for number in range(1, 7)), kind=Kind.DIGEST, operator=OPERATORS)
    targets = [command(way)[2] for way in ways_out(view_of(made))]
    assert [way.wish for way in ways_out(view_of(made))][-3] == "Less of TASS: nothing for 7 days"
    assert targets == [
        "rule:Peskov",
        *(f"story:{n}" for n in (1, 2, 3)),
        "outlet:tass",
        "outlet:alwaha",
        "outlet:sahil",
    ]


def test_both_parts_of_a_mail_have_the_links() -> None:
    text, html = bodies(render(ALERT))
    for way in ways_out(view_of(ALERT)):
        assert f"{way.wish}\n  {way.link}" in text
        assert way.link.replace("&", "&amp;") in html


def test_without_an_operator_nothing_is_offered() -> None:
    made = replace(ALERT, operator=())
    assert ways_out(view_of(made)) == ()
    assert all("mailto:" not in body and "Too much" not in body for body in bodies(render(made)))


@pytest.mark.parametrize("name", ["a&cc=evil@x.test", "b?bcc=c", "c\r\nBcc: d", "'; rm -rf / #", "-x", "100%", "тема"])
def test_no_name_adds_anything(name: str) -> None:
    assert_kept(ALERT, name)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_whatever_a_title_or_an_outlet_is_called(name: str) -> None:
    assert_kept(ALERT, name)


def assert_kept(content: AlertContent, name: str) -> None:
    """A story, an outlet and a reader of this name make links to the operator alone, of one command each."""
    named = {1: ARTICLES[1]._replace(title=name, outlet=name), 2: ARTICLES[2]}
    alert = replace(content.alert, items=(item(1, "Peskov"), item(2, "Peskov")), kind=Kind.DIGEST)
    view = view_of(replace(content, alert=replace(alert, recipient=name), articles=named))
    ways = ways_out(view)
    for way in ways:
        receivers, fields = asked(way)
        assert receivers == list(OPERATORS)
        assert set(fields) == {"subject", "body"}
        assert all(one >= " " for one in fields["subject"])
        words = command(way)
        assert words[:2] == ["monitor", "mute"]
        assert words[3:5] == ["--for", name]
        assert len(words) == 7
    assert f"outlet:{name}" in [command(way)[2] for way in ways]


def test_the_foot_of_a_mail_to_a_shared_address_says_that_the_operator_is_asked() -> None:
    said = "Several people read this address, so the operator is asked before anything is muted for all of them."
    for shared in (False, True):
        text, html = (" ".join(body.split()) for body in bodies(render(replace(ALERT, shared=shared))))
        assert (said in text, said in html) == (shared, shared)
    assert said not in bodies(render(replace(ALERT, shared=True, operator=())))[0]
