"""One conditional request: what we had last time in, a page to parse or a reason not to out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from monitor.errors import FetchError
from monitor.fetching.time_headers import retry_after
from monitor.model import Page
from monitor.net import is_whole

if TYPE_CHECKING:
    from monitor.net import Client

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
MAX_VALIDATOR = 1024


@dataclass(frozen=True, slots=True)
class Validators:
    """What lets a server, or us, say "you have that already"; save them only with the body's articles."""

    etag: str = ""
    last_modified: str = ""
    body_hash: bytes = b""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking: a page to parse, or None and in `unchanged` why not ("304" or "same body").

    `moved_to` is the address to remember once the page was parsed (or was unchanged); `headers` are the answer's.
    """

    page: Page | None
    validators: Validators
    moved_to: str | None
    unchanged: str
    headers: Mapping[str, str] = field(default_factory=dict)


async def fetch(
    client: Client, url: str, validators: Validators, *, full: bool = False, now: datetime | None = None
) -> Fetched:
    """Ask for a feed, unless `full` on condition that it changed; a FetchError names every answer that is no page.

    A 304 leaves the validators as they came with the body that we have: another one in it speaks of another body.

    `now` serves a Retry-After that gives a moment, when the server does not state its own time.
    """
    asked = Validators() if full else validators
    page = await client.get(url, {"accept": ACCEPT, **conditions(asked)})
    if page.status == 304 and (asked.etag or asked.last_modified):
        return Fetched(None, validators, page.moved_to, "304", page.headers)
    if not _is_page(page):
        raise status_error(page, now)
    found = _validators_of(page)
    same = found.body_hash == validators.body_hash
    return Fetched(None if same else page, found, page.moved_to, "same body" if same else "", page.headers)


def _is_page(page: Page) -> bool:
    """Whether this is the whole feed: some servers call that Partial Content, although nobody asked for a part."""
    return page.status in (200, 203) or (page.status == 206 and is_whole(page.body))


def conditions(validators: Validators) -> dict[str, str]:
    """The headers that ask for news only."""
    stated = {"if-none-match": validators.etag, "if-modified-since": validators.last_modified}
    return {name: text for name, text in stated.items() if text}


def status_error(page: Page, now: datetime | None = None) -> FetchError:
    """The error for an answer that is no page, with its status and how long the server wants to be left alone."""
    return FetchError("status", str(page.status), status=page.status, retry_after=retry_after(page.headers, now))


def _validators_of(page: Page) -> Validators:
    """The server's own only for a body that lacks nothing; the hash says only that the same bytes came again."""
    stated = {} if page.note else page.headers
    return Validators(
        etag=_sound(stated.get("etag", "")),
        last_modified=_sound(stated.get("last-modified", "")),
        body_hash=blake2b(page.body, digest_size=16).digest(),
    )


def _sound(text: str) -> str:
    """A validator that can be sent back as it came; others are forgotten, and cost one full answer."""
    return text if len(text) <= MAX_VALIDATOR and text.isascii() and text.isprintable() else ""
