"""Render alerts as JSON, and post them to webhooks."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from email.utils import format_datetime

from monitor.alert_view import Quote, Story, TextChange, View
from monitor.channels import mime
from monitor.channels.channel import Secrets
from monitor.channels.http_endpoint import EndpointOptions, EndpointSession, open_endpoint
from monitor.channels.layout import lay_out
from monitor.model import Message


def open_session(options: EndpointOptions, secrets: Secrets) -> AbstractAsyncContextManager[EndpointSession]:
    """Open a webhook, to which each message is posted with its id, so that a repeat can be recognised."""
    return open_endpoint(options, secrets, _headers)


def _headers(message: Message) -> dict[str, str]:
    return {"Content-Type": "application/json", "Idempotency-Key": message.message_id}


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
        "stories": [_story(story) for story in view.stories],
    }
    # "replace": half of a surrogate pair, which UTF-8 cannot express, becomes a question mark.
    return json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")


def _story(story: Story) -> dict[str, object]:
    return {
        "title": story.title.text,
        "url": story.link,
        "outlet": story.outlet,
        "published": story.published.isoformat() if story.published else None,
        "rules": list(story.rules),
        "quotes": [_quote(quote) for quote in story.quotes],
        "others": [{"title": one.title.text, "url": one.link, "outlet": one.outlet} for one in story.others],
        "more_others": story.more_others,
        "edited": story.edited,
        "changes": [_change(change) for change in story.changes],
    }


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
