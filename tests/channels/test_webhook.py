"""The webhook against a real HTTP server on loopback."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from monitor.alerts import AlertContent, Burst, BurstKind, view_of
from monitor.channels import CHANNELS, unrecorded, webhook
from monitor.channels.webhook import WebhookOptions
from monitor.errors import SendError
from monitor.model import Alert, Item, Kind, Match, Message
from monitor.story_values import StoryNews
from tests.alerts.letters import ARTICLES, READER, bodies, development, item, letter, read, render
from tests.peers.http import Outlet

MESSAGE = Message(
    "operator@webhook.invalid", "monitor@example.org", "<1@example.org>", "x", b'{"id": "<1@example.org>"}'
)


SCHEMA = json.loads((Path(webhook.__file__).parent / "webhook.schema.json").read_text(encoding="utf-8"))
DOCS = (Path(__file__).parents[2] / "docs" / "channels.md").read_text(encoding="utf-8")
MOMENT = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)


async def send(outlet: Outlet, path: str = "/hook", token: str = "") -> str:
    options = WebhookOptions.model_validate({"url": outlet.url(path), **({"token_file": token} if token else {})})
    async with CHANNELS["webhook"].open(options, {"token": "t0ken\n"}.__getitem__) as session:
        return (await session.send(MESSAGE)).answer


async def test_a_message_is_posted_with_its_key() -> None:
    async with Outlet() as outlet:
        outlet.page("/hook", b"", status=204)
        assert await send(outlet, token="token") == "status 204"
        [asked] = outlet.asked("/hook")
    assert (asked.method, asked.headers["idempotency-key"]) == ("POST", "<1@example.org>")
    assert asked.headers["authorization"] == "Bearer t0ken"
    assert asked.headers["content-type"] == "application/json"
    assert asked.body == MESSAGE.raw


def payload(content: AlertContent) -> dict[str, Any]:
    """What a webhook is told of a delivery."""
    found = json.loads(CHANNELS["webhook"].message(view_of(content)).raw)
    assert isinstance(found, dict)
    return found


def test_a_payload_says_what_the_mail_says() -> None:
    told = letter(item(1, "Istanbul talks", "Peskov"), operator=("it@example.org",))
    mail, found = render(told), payload(told)
    assert {key: found[key] for key in ("id", "to", "from", "subject", "date", "rules", "outlets")} == {
        "id": mail.message_id,
        "to": READER,
        "from": str(read(mail)["From"]),
        "subject": mail.subject,
        "date": "Mon, 23 Nov 2026 11:05:00 +0000",
        "rules": ["Istanbul talks", "Peskov"],
        "outlets": ["tass"],
    }
    # Nobody can answer to a webhook, nor follow its links to the operator.
    answer = "or answer this mail, which reaches it@example.org"
    without_ways_out = bodies(mail)[0].partition("\n\nToo much?")[0] + "\n"
    assert found["text"] == without_ways_out.replace(answer, "or write to it@example.org")


def test_a_development_has_what_is_new() -> None:
    told = replace(development(), news={4: StoryNews(("Kyiv", "12 people"), "Kyiv was silent.")})
    found = payload(told)
    Draft202012Validator(SCHEMA).validate(found)
    sentence = {"text": "Kyiv was silent.", "language": "en", "spans": []}
    assert found["stories"][0]["news"] == {"named": ["Kyiv", "12 people"], "sentence": sentence}


def test_a_payload_has_each_development_that_its_message_tells() -> None:
    told = letter(*(replace(item(number, "Peskov", story=1), develops=True) for number in (4, 1)))
    found = payload(replace(told, news={4: StoryNews(("Kyiv",), "Kyiv was silent.")}))
    Draft202012Validator(SCHEMA).validate(found)
    (story,) = found["stories"]
    (further,) = story["further"]
    assert (story["outlet"], further["outlet"], further["news"]["named"]) == ("TASS", "The Courier", ["Kyiv"])
    assert story.keys() - further.keys() == {"others", "more_others", "further"}


def test_a_payload_of_one_story_has_its_address_and_what_matched() -> None:
    found = payload(letter(item(1, "Peskov")))
    assert (found["kind"], found["hidden"]) == ("alert", 0)
    (first,) = found["stories"]
    assert first == {
        "title": "Песков: переговоры в Стамбуле продолжатся",
        "url": "https://tass.example.org/2026/0",
        "outlet": "TASS",
        "published": "2026-11-23T11:05:00+00:00",
        "rules": ["Peskov"],
        "quotes": first["quotes"],
        "others": [],
        "more_others": 0,
        "further": [],
        "edited": False,
        "develops": False,
        "news": None,
        "burst": None,
        "changes": [],
        "picture": None,
    }
    assert found["bursts"] == []
    (quote,) = first["quotes"]
    assert [quote["text"][start:end] for start, end in quote["spans"]] == ["Песков"]


def test_a_payload_says_bursts_once_in_words() -> None:
    bursts = (Burst(BurstKind.RULE, "Peskov", 16, 3), Burst(BurstKind.STORY, "1", 12, 2))
    found = payload(replace(letter(item(1, "Peskov")), bursts=bursts))
    assert found["bursts"] == ["“Peskov” finds far more than usual: 16 stories in 24 hours, 3 on a usual day"]
    said = "Spreads fast: 12 outlets within an hour, where a story usually has 2"
    assert found["stories"][0]["burst"] == said
    assert found["text"].count("finds far more") == found["text"].count(said) == 1


def test_a_payload_has_the_address_of_the_picture_and_a_mail_loads_none() -> None:
    told = replace(letter(item(1, "Peskov")), pictures={1: "https://tass.example.org/a.jpg"})
    assert payload(told)["stories"][0]["picture"] == "https://tass.example.org/a.jpg"
    assert b"a.jpg" not in render(told).raw
    assert payload(replace(told, pictures={1: "javascript:alert(1)"}))["stories"][0]["picture"] is None


def test_a_digest_lists_its_newest_stories_first_and_counts_the_rest() -> None:
    found = payload(letter(*(item(number, "Peskov") for number in (6, 2, 1)), kind=Kind.DIGEST, thread="digest:x"))
    assert [story["outlet"] for story in found["stories"]] == ["TASS", "الواحة", "Дзвін"]
    assert found["kind"] == "digest"
    many = {number: ARTICLES[1]._replace(url=f"https://tass.example.org/{number}") for number in range(60)}
    told = letter(*(Item(number, number, (Match("Peskov"),)) for number in many), kind=Kind.DIGEST)
    found = payload(replace(told, articles=many))
    assert (len(found["stories"]), found["hidden"]) == (50, 10)


def closed(part: Any) -> Any:
    """The schema, which leaves room for later keys, with none."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    shut = {key: closed(value) for key, value in part.items()}
    return shut | ({"additionalProperties": False} if part.get("type") == "object" else {})


EDITED = Item(1, 1, (Match("Peskov"),), 1, 1)
NOTICE = Alert("operator@webhook.invalid", "trouble:x", 0, Kind.NOTICE, MOMENT, subject="Disk", text="full")


@pytest.mark.parametrize(
    "told",
    [
        letter(item(1, "Istanbul talks", "Peskov")),
        letter(*(item(number, "Peskov") for number in (6, 2, 1)), kind=Kind.DIGEST, thread="digest:x"),
        replace(letter(item(1, "Peskov")), copies={1: [ARTICLES[2]]}),
        replace(letter(EDITED), before={1: ARTICLES[1]._replace(title="Песков: переговоры")}),
        AlertContent(NOTICE, "Monitor <monitor@example.org>", MOMENT),
    ],
    ids=["alert", "digest", "copies", "edit", "notice"],
)
def test_every_payload_is_as_the_schema_says(told: AlertContent) -> None:
    found = payload(told)
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(found)
    # And it has no key of which the schema says nothing.
    Draft202012Validator(closed(SCHEMA)).validate(found)


def is_genuine(now: float) -> Callable[[str, bytes, str], bool]:
    """The function that the documentation gives to receivers, at this time."""
    (code,) = re.findall(r"```python\n(import hmac.*?)```", DOCS, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    names["time"] = SimpleNamespace(time=lambda: now)
    return cast("Callable[[str, bytes, str], bool]", names["is_genuine"])


async def test_a_signature_is_of_time_and_body_and_checked_as_documented() -> None:
    async with Outlet() as outlet:
        outlet.page("/hook", b"")
        options = WebhookOptions.model_validate({"url": outlet.url("/hook"), "secret_file": "shared"})
        async with webhook.open_session(options, {"shared": "k3y\n"}.__getitem__) as session:
            for late in (0, 3600):
                await session.send(MESSAGE, unrecorded(MOMENT + timedelta(seconds=late)))
        first, second = outlet.asked("/hook")
    assert first.body == second.body
    header, later = (one.headers["x-monitor-signature"] for one in (first, second))
    now = MOMENT.timestamp()
    assert header.startswith(f"t={now:.0f},v1=")
    assert is_genuine(now + 30)(header, first.body, "k3y")
    assert is_genuine(now + 3600)(later, second.body, "k3y")
    assert not is_genuine(now + 3600)(header, first.body, "k3y")
    assert not is_genuine(now)(header, first.body + b" ", "k3y")
    assert not is_genuine(now)(header, first.body, "k4y")
    assert not is_genuine(now)(header.replace("t=1", "t=2"), first.body, "k3y")


async def test_no_answer_or_error_holds_a_secret() -> None:
    async with Outlet() as outlet:
        outlet.raw("/hook", b"t0ken k3y-k3y\r\n\r\n")
        files = {"token_file": "token", "secret_file": "shared"}
        options = WebhookOptions.model_validate({"url": outlet.url("/hook?key=t0ken"), **files})
        async with webhook.open_session(options, {"token": "t0ken", "shared": "k3y-k3y"}.__getitem__) as session:
            with pytest.raises(SendError) as caught:
                await session.send(MESSAGE)
    for secret in ("t0ken", "k3y-k3y"):
        assert secret not in "".join(traceback.format_exception(caught.value))
        assert secret not in repr(session.phases)


async def test_a_server_that_takes_no_more_for_now_says_how_long() -> None:
    async with Outlet() as outlet:
        outlet.page("/hook", status=429, headers={"Retry-After": "17"})
        with pytest.raises(SendError, match="status 429") as caught:
            await send(outlet)
    assert (caught.value.account, caught.value.retry_after) == (True, 17.0)


def test_a_payload_is_shown_in_lines() -> None:
    raw = CHANNELS["webhook"].message(view_of(letter(item(1, "Peskov")))).raw
    assert '\n  "subject": "Песков: переговоры в Стамбуле продолжатся",\n' in CHANNELS["webhook"].read(raw)


@pytest.mark.parametrize(
    ("status", "permanent", "account"),
    [(302, False, True), (400, True, False), (401, False, True), (413, True, False), (503, False, True)],
)
async def test_a_refusal_says_whom_it_concerns(status: int, permanent: bool, account: bool) -> None:
    async with Outlet() as outlet:
        outlet.page("/hook", b"", status=status)
        with pytest.raises(SendError) as caught:
            await send(outlet)
    assert (caught.value.permanent, caught.value.account) == (permanent, account)


async def test_a_server_that_is_not_there_is_the_accounts_trouble() -> None:
    async with Outlet() as outlet:
        pass
    with pytest.raises(SendError) as caught:
        await send(outlet)
    assert (caught.value.account, caught.value.maybe_delivered) == (True, False)


async def test_an_answer_that_does_not_come_is_perhaps() -> None:
    async with Outlet() as outlet:
        outlet.hang("/hook")
        options = WebhookOptions(url=outlet.url("/hook"))
        async with webhook.open_session(options, str) as session:
            session.client.deadline = 0.2
            with pytest.raises(SendError) as caught:
                await session.send(MESSAGE)
    assert (caught.value.account, caught.value.maybe_delivered) == (False, True)


@pytest.mark.parametrize("status", [200, 503])
@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: 99\r\n\r\ncut",
        b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\nzz",
        b"Content-Length: 30000000\r\n\r\n" + bytes(30_000_000),
    ],
    ids=["cut", "coding", "too large"],
)
async def test_the_status_counts_whatever_follows_it(status: int, rest: bytes) -> None:
    async with Outlet() as outlet:
        outlet.raw("/hook", b"HTTP/1.1 %d Status\r\n%s" % (status, rest))
        if status == 200:
            assert await send(outlet) == "status 200"
        else:
            with pytest.raises(SendError, match="status 503") as caught:
                await send(outlet)
            assert (caught.value.account, caught.value.maybe_delivered) == (True, False)


async def test_a_repeat_does_no_harm_so_that_one_without_a_status_is_sent_until_there_is_one() -> None:
    async with Outlet() as outlet:
        outlet.flood("/hook", b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000)
        with pytest.raises(SendError) as caught:
            await send(outlet)
    assert (caught.value.account, caught.value.maybe_delivered) == (True, False)


async def test_a_missing_token_is_the_accounts_trouble() -> None:
    async with Outlet() as outlet:
        outlet.page("/hook")
        with pytest.raises(SendError, match="token") as caught:
            await send(outlet, token="missing")
        assert outlet.requests == []
    assert caught.value.account


@pytest.mark.parametrize("token", ["two\nlines", "t…ken", "a\r\nX-Evil: 1", "x\x01"])
async def test_a_token_that_no_header_can_hold_is_the_accounts_trouble(token: str) -> None:
    async with Outlet() as outlet:
        options = WebhookOptions.model_validate({"url": outlet.url("/hook"), "token_file": "token"})
        async with webhook.open_session(options, {"token": token}.__getitem__) as session:
            with pytest.raises(SendError, match="not one line of ASCII") as caught:
                await session.send(MESSAGE)
        assert outlet.requests == []
    assert (caught.value.account, caught.value.maybe_delivered) == (True, False)


@pytest.mark.parametrize(
    "wrong", [{"url": "ftp://example.org"}, {"url": "x"}, {}, {"url": "http://a", "colour": "red"}]
)
def test_wrong_options_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        WebhookOptions.model_validate(wrong)
