"""Render alerts as JSON, and post them to webhooks."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from pydantic import Field, field_validator

from monitor.alert_view import News, Quote, Story, TextChange, View
from monitor.channels import mime
from monitor.channels.channel import Secrets
from monitor.channels.http_endpoint import (
    EndpointOptions,
    EndpointSession,
    HttpService,
    Post,
    bearer,
    one_spelling,
    open_endpoint,
    refused,
    stated_wait,
    web_address,
)
from monitor.channels.layout import lay_out
from monitor.hostnames import host_of
from monitor.model import Message, Page, Receipt

SIGNATURE = "X-Monitor-Signature"
REFUSES_MESSAGE = frozenset({400, 413, 415, 422})  # these refuse the message, any other status concerns the address


class WebhookOptions(EndpointOptions):
    """An address to post to, written as a mapping or as the bare address."""

    BARE: ClassVar[str] = "url"
    SECRETS: ClassVar[tuple[str, ...]] = ("token_file", "secret_file")

    url: str = Field(description="where to POST; it may be a private address, since you wrote it")
    token_file: Path | None = Field(
        default=None, description="file with a token that is sent as `Authorization: Bearer`"
    )
    secret_file: Path | None = Field(
        default=None, description="file with a secret that you share with the receiver; every message is signed with it"
    )

    _url = field_validator("url")(web_address)

    @property
    def identity(self) -> str:
        """The address in one spelling."""
        return one_spelling(self.url)

    @property
    def server_name(self) -> str:
        """The host alone, since a path may be a secret."""
        return host_of(self.url)

    @property
    def shown(self) -> str:
        """The host alone, since a path may be a secret."""
        return f"{host_of(self.url)}/…"


def open_session(options: WebhookOptions, secrets: Secrets) -> AbstractAsyncContextManager[EndpointSession]:
    """Open a webhook, to which each message is posted with its id, so that a repeat can be recognised."""
    return open_endpoint(options, secrets, HttpService(_post, _judge, told=False, knows_repeats=True))


def _post(options: WebhookOptions, message: Message, secrets: Mapping[str, str], moment: datetime) -> Post:
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.message_id, **bearer(secrets)}
    if secret := secrets.get("secret_file"):
        headers[SIGNATURE] = signature(secret, message.raw, moment)
    return Post(options.url, message.raw, headers)


def signature(secret: str, body: bytes, moment: datetime) -> str:
    """Return the seconds of an attempt and the HMAC-SHA256 (RFC 2104) of `seconds.body`, as `t=…,v1=hex`."""
    seconds = int(moment.timestamp())
    signed = hmac.new(secret.encode(), b"%d." % seconds + body, sha256)
    return f"t={seconds},v1={signed.hexdigest()}"


def _judge(options: WebhookOptions, page: Page) -> Receipt:
    del options  # the status says it all
    if not 200 <= page.status < 300:
        raise refused(page.status, permanent=page.status in REFUSES_MESSAGE, wait=stated_wait(page))
    return Receipt(f"status {page.status}")


def render_payload(view: View) -> bytes:
    """Return the JSON of a message: who is told what by which rules, as a text and story by story."""
    envelope = view.envelope
    payload = {
        "id": envelope.message_id,
        "to": envelope.recipient,
        "from": mime.mailbox_text(view.from_name or envelope.sender_name, envelope.sender_address),
        "subject": view.subject,
        "date": format_datetime(envelope.date),
        "rules": list(view.rule_names),
        "outlets": list(view.outlets),
        "text": lay_out(view, "txt"),
        "kind": envelope.kind.value,
        "hidden": view.hidden,
        "bursts": list(view.bursts),
        "stories": [_story(story) for story in view.stories],
    }
    # "replace": half of a surrogate pair, which UTF-8 cannot express, becomes a question mark.
    return json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")


def _story(story: Story) -> dict[str, object]:
    others = [{"title": one.title.text, "url": one.link, "outlet": one.outlet} for one in story.others]
    further = [_told(one) for one in story.further]
    return _told(story) | {"others": others, "more_others": story.more_others, "further": further}


def _told(story: Story) -> dict[str, object]:
    return {
        "title": story.title.text,
        "url": story.link,
        "outlet": story.outlet,
        "published": story.published.isoformat() if story.published else None,
        "rules": list(story.rules),
        "quotes": [_quote(quote) for quote in story.quotes],
        "edited": story.edited,
        "develops": story.develops,
        "news": _news(story.news) if story.news.named else None,
        "burst": story.burst or None,
        "changes": [_change(change) for change in story.changes],
        "picture": story.picture or None,
    }


def _news(news: News) -> dict[str, object]:
    return {"named": list(news.named), "sentence": _quote(news.sentence) if news.sentence else None}


def _change(change: TextChange) -> dict[str, object]:
    parts = [{"change": part.change, "text": part.text} for part in change.parts]
    return {"field": change.field, "parts": parts, "more": change.more}


def _quote(quote: Quote) -> dict[str, object]:
    """Return a quotation; its spans are the characters [start, end) that a rule matched."""
    spans, end = [], 0
    for part in quote.parts:
        start, end = end, end + len(part.text)
        if part.marked:
            spans.append([start, end])
    return {"text": quote.text, "language": quote.language, "spans": spans}


def read_payload(raw: bytes) -> str:
    """Return the JSON of a message as commands show it: indented."""
    return json.dumps(json.loads(raw), ensure_ascii=False, indent=2)
