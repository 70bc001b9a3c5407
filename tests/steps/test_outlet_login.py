"""Outlets with an account: logged in before the first page and once a session is over; a refusal is not repeated."""

from __future__ import annotations

import pytest

from monitor.config import Login
from monitor.sources import LoginForm
from monitor.steps.outlet_alarms import check_outlets
from monitor.steps.outlet_login import filled
from monitor.store import config_files
from monitor.store.incident_records import Incident
from tests.peers.account_site import HTML, AccountSite
from tests.peers.http import reply
from tests.steps.page_reading import PARAGRAPHS, page
from tests.steps.world import START, Item, World, rss

KEYS = "user: ann@desk.test, password_file: password"
FEED = reply(200, rss([Item("harbour", at=START)]), {"Content-Type": "application/rss+xml"})
PAYWALL = (
    b"<html><body><h1>News of the harbour</h1><p>Subscribe to continue reading.</p><p>Already a subscriber? Log in"
)
POSTED = {"token": "t1", "email": "ann@desk.test", "pass": "s3cret", "stay": "on"}


async def site(world: World, keys: str = KEYS, *, password: str = "s3cret", more: str = "") -> AccountSite:
    """A site with an account, which the files of the world know."""
    (world.folder / "data" / "password").write_text(password)
    login = f"login: {{url: {world.news.url('/login')}, {keys}}}"
    world.write({"outlets.yaml": f"outlets: [{{name: news, feed: {world.news.url('/rss')}, {login}{more}}}]\n"})
    assert not [one for one in (await world.reload()).problems if one.severity == "error"]
    world.publish(Item("weather", at=START))
    return AccountSite(world.news)


async def told(world: World) -> list[Incident]:
    """What the operator is told of logins."""
    return [one for one in await world.incidents() if one.kind == "login"]


async def test_the_first_request_logs_in_with_what_the_form_holds(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    account = await site(world)
    account.behind("/rss", FEED)
    assert (await world.visit()).new == 1
    assert account.posted == [POSTED]
    post = "/session?next=home"
    assert [one.path for one in world.news.requests] == ["/login", post, "/account", "/rss"]
    stated = world.news.asked(post)[0].headers
    assert (stated["origin"], stated["referer"]) == (world.news.url(""), world.news.url("/login"))
    await world.visit()
    assert len(account.posted) == 1, "the session lasts"
    for secret in ("s3cret", "session-1"):
        assert secret not in caplog.text + repr(world.ctx.access.sites)


@pytest.mark.parametrize("keys", ["", ', fields: {who: "{user}", pass: "{password}"}'])
async def test_a_login_that_asks_for_the_name_first_is_gone_through(world: World, keys: str) -> None:
    account = await site(world, KEYS + keys)
    account.ask_name_first("ann@desk.test")
    account.behind("/rss", FEED)
    assert (await world.visit()).new == 1
    name, password = account.posted
    assert name == {"csrf": "c1", "who": "ann@desk.test"}
    assert password == POSTED | ({"who": "ann@desk.test"} if keys else {})
    assert world.news.asked("/session?next=home")[0].headers["referer"] == world.news.url("/identify")
    assert world.news.asked("/letters") == []


async def test_a_name_that_nobody_has_is_told_and_no_password_sent(world: World) -> None:
    account = await site(world)
    account.ask_name_first("bob@desk.test")
    account.behind("/rss", FEED, FEED)
    await world.visit()
    assert [sorted(one) for one in account.posted] == [["csrf", "who"]]
    await check_outlets(world.ctx)
    (incident,) = await told(world)
    assert "answers to the name asks for no password; the page says “Nobody of this name”" in incident.text


async def test_a_session_that_is_over_is_renewed_at_most_once_an_hour(world: World) -> None:
    account = await site(world)
    refused = reply(401, b"who are you?")
    for outside in (None, refused, reply(403)):
        account.behind("/rss", FEED, outside)
        account.sessions.clear()
        assert (await world.visit()).error == ""
        logins = len(account.posted)
        account.sessions.clear()
        world.later(minutes=50)
        assert (await world.visit()).error != ""
        assert len(account.posted) == logins, "within the hour"
        world.later(minutes=11)
    assert len(account.posted) == 3


async def test_a_refused_password_is_told_once_and_not_sent_again_until_it_changes(world: World) -> None:
    account = await site(world, password="0ld")
    for _ in range(3):
        assert (await world.visit()).error == "", "what everybody may read is read"
        world.later(hours=2)
    await world.begin()
    await world.visit()
    assert [one["pass"] for one in account.posted] == ["0ld"], "nor after a start"
    (incident,) = await told(world)
    said = "news: the login was refused: the form came back; the page says “Wrong password for ann: …”"
    assert (incident.kind, incident.text) == ("login", said)
    (seal,) = (await world.store.read(config_files.get_values, "login refused:")).values()
    assert "0ld" not in seal
    (world.folder / "data" / "password").write_text("s3cret")
    await world.visit()
    assert [one["pass"] for one in account.posted] == ["0ld", "s3cret"]
    assert not await told(world)
    assert not await world.store.read(config_files.get_values, "login refused:")


async def test_another_entry_is_tried_and_none_ends_the_incident(world: World) -> None:
    account = await site(world, f"{KEYS}, works: Sign off")
    await world.visit()
    (incident,) = await told(world)
    assert incident.text == "news: the login was refused: the page after it does not show “Sign off”"
    world.later(hours=2)
    await world.visit()
    assert len(account.posted) == 1
    world.write({"outlets.yaml": world.outlets("/rss")})
    await world.reload()
    await check_outlets(world.ctx)
    assert not await told(world), "an account that left the files is no trouble"
    again = await site(world, f"{KEYS}, works: Log out")
    await world.visit()
    assert not await told(world)
    assert len(again.posted) == 1


@pytest.mark.parametrize(
    ("keys", "form", "said"),
    [
        (KEYS, b"<form action=/x><input type=password name=p></form>", "has no form that posts a password"),
        (KEYS, b"<form method=post action=https://evil.test/x><input type=password name=p></form>", "to evil.test"),
        ("password_file: gone", b"", "the file"),
    ],
)
async def test_what_keeps_a_password_from_being_sent_is_told(world: World, keys: str, form: bytes, said: str) -> None:
    await site(world, keys)
    world.news.page("/login", form, headers=HTML)
    assert (await world.visit()).error == ""
    (incident,) = await told(world)
    assert said in incident.text
    assert {one.method for one in world.news.requests} == {"GET"}


async def test_an_answer_that_breaks_http_is_not_asked_for_twice(world: World) -> None:
    await site(world)
    world.news.raw("/session?next=home", b"HTTP/1.1 200 OK\r\nServer : x\r\n\r\n")
    for _ in range(2):
        await world.visit()
        world.later(minutes=20)
    assert len(world.news.asked("/session?next=home")) == 1
    (incident,) = await told(world)
    assert incident.text.startswith("news: no answer to the login: protocol")


async def test_the_wall_in_an_articles_place_renews_the_session(world: World) -> None:
    account = await site(world, more=", fulltext: always")
    await world.visit()
    html = reply(200, page(), HTML)
    account.behind("/harbour.html", html, reply(200, PAYWALL, HTML))
    account.sessions.clear()
    world.later(minutes=61)
    link = world.news.url("/harbour.html")
    world.publish(Item("harbour", link=link, at=world.clock), Item("weather", at=START))
    await world.visit()
    await world.work().hosts.drain()
    assert len(account.posted) == 2
    assert PARAGRAPHS[1] in (await world.articles())[-1].article.body
    cookies = [one.headers.get("cookie") for one in world.news.asked("/harbour.html")]
    assert cookies == ["seen=t1; sid=session-1", "seen=t1; sid=session-2"]


async def test_what_was_walled_until_a_login_worked_is_read_then(world: World) -> None:
    account = await site(world, password="0ld", more=", fulltext: always")
    await world.visit()
    account.behind("/harbour.html", reply(200, page(), HTML), reply(200, PAYWALL, HTML))
    link = world.news.url("/harbour.html")
    world.publish(Item("harbour", link=link, at=world.clock), Item("weather", at=START))
    await world.visit()
    work = world.work()
    await work.hosts.drain()
    assert PARAGRAPHS[1] not in (await world.articles())[-1].article.body
    (world.folder / "data" / "password").write_text("s3cret")
    world.later(hours=3)
    await world.visit()
    await work.hosts.drain()
    assert PARAGRAPHS[1] in (await world.articles())[-1].article.body


async def test_a_renewed_session_opens_no_page_that_it_did_not_open_before(world: World) -> None:
    await site(world, more=", fulltext: always")
    await world.visit()
    world.news.page("/harbour.html", PAYWALL, headers=HTML)
    link = world.news.url("/harbour.html")
    world.publish(Item("harbour", link=link, at=world.clock), Item("weather", at=START))
    await world.visit()
    work = world.work()
    await work.hosts.drain()
    asked = len(world.news.asked("/harbour.html"))
    for number in range(3):
        world.later(minutes=61)
        world.news.page(f"/other-{number}.html", PAYWALL, headers=HTML)
        link = world.news.url(f"/other-{number}.html")
        world.publish(Item(f"other-{number}", link=link, at=world.clock), Item("weather", at=START))
        await world.visit()
        await work.hosts.drain()
    assert len(world.news.asked("/harbour.html")) == asked


async def test_cookies_of_a_session_stay_with_their_hosts(world: World) -> None:
    account = await site(world)
    await world.visit()
    client = world.ctx.access.client_for("news")
    world.news.page("/end", b"x")
    await client.get(world.news.url("/end", "localhost"))
    await client.get(world.news.url("/end"))
    assert [one.headers.get("cookie") for one in world.news.asked("/end")] == [None, "seen=t1; sid=session-1"]
    assert account.posted == [POSTED]


FORM = LoginForm("https://a.test/in", (("token", "t"), ("mail", ""), ("pw", ""), ("site", "a")), "mail", "pw")


@pytest.mark.parametrize(
    ("login", "sent"),
    [
        (Login("u", "f", "ann"), {"token": "t", "mail": "ann", "pw": "{user}", "site": "a"}),
        (Login("u", "f"), {"token": "t", "mail": "", "pw": "{user}", "site": "a"}),
        (
            Login("u", "f", "ann", {"login": "{user}", "secret": "{password}", "site": "b {user}"}),
            {"token": "t", "mail": "", "pw": "", "site": "b ann", "login": "ann", "secret": "{user}"},
        ),
        (Login("u", "f", "ann", {"site": "b"}), {"token": "t", "mail": "ann", "pw": "{user}", "site": "b"}),
    ],
)
def test_a_form_is_filled_with_what_the_entry_says(login: Login, sent: dict[str, str]) -> None:
    assert filled(FORM, login, "{user}") == sent, "a password is never read as a pattern"
