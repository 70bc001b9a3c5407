"""Fetch a feed with one conditional request, and return a page to parse or that it is unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from monitor.errors import StatusError
from monitor.fetching.time_headers import retry_after
from monitor.hostnames import host_of
from monitor.model import Page
from monitor.net import BODY_LIMIT, is_whole
from monitor.text import clean
from monitor.text.page_kind import CAPTCHA, page_kind
from monitor.text.shortening import shorten_at_word

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
MAX_VALIDATOR = 1024
"""Characters of the longest validator that is stored."""
_LARGEST_WALL = 60_000  # bytes
_LONGEST_TITLE = 80


class Getter(Protocol):
    """What requests pages: the HTTP client, or one with a session of an account."""

    async def get(self, url: str, headers: Mapping[str, str] = ..., *, largest: int = ...) -> Page:
        """Return the answer at an address, whatever its status; raise FetchError without one."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells that a body is known already: ETag, Last-Modified (RFC 9110, 8.8) and a hash of the body.

    Store them only together with the articles of the body.
    """

    etag: str = ""
    last_modified: str = ""
    body_hash: bytes = b""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result of a fetch: a page to parse, or None where it is unchanged (a 304, or the same body again).

    `moved_to` is the new address to store once the page was parsed or is unchanged; `headers` are the answer's.
    """

    page: Page | None
    validators: Validators
    moved_to: str | None
    headers: Mapping[str, str] = field(default_factory=dict)


async def fetch(
    client: Getter, url: str, validators: Validators, *, largest: int = BODY_LIMIT, now: datetime | None = None
) -> Fetched:
    """Request a feed of at most `largest` bytes, on condition that it changed if it has an ETag or Last-Modified.

    Raises FetchError for every answer that is no page. A 304 leaves the stored validators as they are, since others in
    it belong to another body. `now` is used for a Retry-After that gives a moment, where the server does not state its
    own time.
    """
    page = await client.get(url, {"accept": ACCEPT, **conditions(validators)}, largest=largest)
    # A 304 without a condition refers to nothing that we know, and counts as an error.
    if page.status == 304 and (validators.etag or validators.last_modified):
        return Fetched(None, validators, page.moved_to, page.headers)
    if not _is_page(page):
        raise status_error(page, now)
    found = _validators_of(page)
    is_same_body = found.body_hash == validators.body_hash
    return Fetched(None if is_same_body else page, found, page.moved_to, page.headers)


def _is_page(page: Page) -> bool:
    """Whether this is a whole feed; some servers answer 206 with all of it, although no part was requested."""
    # 203: a proxy changed the body (RFC 9110, 15.3.4).
    return page.status in (200, 203) or (page.status == 206 and is_whole(page.body))


def conditions(validators: Validators) -> dict[str, str]:
    """Return the headers of a conditional request (RFC 9110, 13.1)."""
    stated = {"if-none-match": validators.etag, "if-modified-since": validators.last_modified}
    return {name: text for name, text in stated.items() if text}


def status_error(page: Page, now: datetime | None = None) -> StatusError:
    """Return the error for an answer that is no page, with its status and Retry-After in seconds."""
    return StatusError(page.status, host_of(page.url), retry_after(page.headers, now), _wall(page.body))


def _wall(body: bytes) -> str:
    """Return the title of the page of an answer that is a captcha, such as "Just a moment..."; empty for any other."""
    kind, title = page_kind(body[:_LARGEST_WALL].decode("utf-8", "replace"))
    return ": ".join(filter(None, (CAPTCHA, clean(shorten_at_word(title, _LONGEST_TITLE))))) if kind == CAPTCHA else ""


def _validators_of(page: Page) -> Validators:
    """Return the validators of a page; of an incomplete one the hash alone, so that it is requested again."""
    stated = {} if page.note else page.headers
    return Validators(
        etag=_usable(stated.get("etag", "")),
        last_modified=_usable(stated.get("last-modified", "")),
        body_hash=blake2b(page.body, digest_size=16).digest(),
    )


def _usable(text: str) -> str:
    """Return a validator that can be sent back as it came, else an empty text, which costs one full answer."""
    return text if len(text) <= MAX_VALIDATOR and text.isascii() and text.isprintable() else ""
