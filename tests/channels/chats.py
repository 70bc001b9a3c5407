"""What the tests of chats and push services share: hostile news, and one attempt against a loopback service."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from monitor.alert_view import View
from monitor.alerts import AlertContent, view_of
from monitor.channels import CHANNELS, unrecorded
from monitor.errors import SendError
from monitor.model import Article, Item, Kind, Match, Message, Receipt, Span
from tests.alerts.letters import ARTICLES, item, letter
from tests.peers.http import Outlet, answer_bytes

MOMENT = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
HOSTILE = (
    '<b>x</b> <a href="https://evil.test">y</a> &lt; <!channel> <@U1|all> *bold* _it_ [z](https://evil.test) '
    "`code` ~s~ @everyone #tag \\<i>"
)
SECRET = "123456:S3cret-token"


def hostile() -> AlertContent:
    """News that would be markup, links and calls for everybody in one chat or another."""
    found = Article("tass", "https://tass.example.org/?a=1&b=<x>", HOSTILE, "", f"Песков {HOSTILE}.", "ru")
    match = Match("Peskov", (Span("body", 0, 6, "Песков"),))
    told = letter(Item(1, 1, (match,)))
    return AlertContent(told.alert, told.sender, told.now, {1: found}, told.outlets, told.queries, told.files)


def many(count: int = 50, length: int = 200) -> AlertContent:
    """A digest of so many stories with titles of so many letters, one of them two UTF-16 units."""
    titles = {number: ARTICLES[1]._replace(title="𝕏 " + "Песков " * (length // 7)) for number in range(count)}
    told = letter(*(Item(number, number, (Match("Peskov"),)) for number in titles), kind=Kind.DIGEST)
    return AlertContent(told.alert, told.sender, told.now, titles, told.outlets, told.queries, told.files)


def view(content: AlertContent | None = None) -> View:
    """The view of a delivery, by default of one story."""
    return view_of(content or letter(item(1, "Peskov")))


def message(channel: str, content: AlertContent | None = None) -> Message:
    """The message of a delivery in a channel's form."""
    return CHANNELS[channel].message(view(content))


async def attempt(channel: str, options: dict[str, Any], sent: Message | None = None) -> Receipt | SendError:
    """Send one message; return the receipt, or the error that was raised."""
    kind = CHANNELS[channel]
    async with kind.open(kind.options.model_validate(options), lambda name: SECRET) as session:
        try:
            return await session.send(sent or message(channel), unrecorded(MOMENT))
        except SendError as error:
            return error


def answers(outlet: Outlet, path: str, status: int, body: object, **headers: str) -> None:
    """Let a service answer with JSON."""
    stated = {"Content-Type": "application/json", **{name.replace("_", "-"): text for name, text in headers.items()}}
    outlet.raw(path, answer_bytes(status, json.dumps(body).encode(), stated))


def concern(outcome: Receipt | SendError) -> str:
    """Whom an outcome concerns, in one word: taken, message, address, wait or maybe."""
    if isinstance(outcome, Receipt):
        return "taken"
    if outcome.maybe_delivered:
        return "maybe"
    if outcome.retry_after is not None:
        return "wait"
    return "address" if outcome.account else "message" if outcome.permanent else "later"
