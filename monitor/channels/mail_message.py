"""Render an alert as the bytes of a mail, and read them back to verify them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from email import message_from_bytes, policy
from email.utils import format_datetime
from functools import partial

from monitor.alert_view import View
from monitor.channels import mime
from monitor.channels.layout import lay_out
from monitor.channels.ways_out import ways_out
from monitor.text import ascii_address
from monitor.text.safe_text import header_text

RULE_HEADERS = 50
SHOWN_HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "X-Monitor-Rule", "X-Monitor-Outlet")
_REPLY = "Re: "  # as RFC 5322 has it (3.6.5), in no other language
HTML_CAP = 100_000  # bytes; Gmail cuts at 102 kB
OUTLET_LIMITS = (8, 4, 2, 1, 0)  # other outlets named under a story (a view has 8), tried until all stories fit


def render_mail(view: View) -> bytes:
    """Return the mail of a view, the same bytes for the same view. Raises ValueError if it cannot be made one."""
    foot = reply_to(view), ways_out(view)
    limited, html = _fit_to_size(view, partial(lay_out, form="html", reply_to=foot[0], ways=foot[1]))
    text = lay_out(limited, "txt", *foot)
    hash_, _, _ = view.envelope.message_id[1:].partition("@")
    # Neither quoted-printable nor base64 can contain `=_`, so no body holds the boundary (RFC 2045, 6.7).
    draft = mime.MimeDraft(tuple(_headers(limited)), text, html, f"=_{hash_}")
    raw = mime.to_bytes(draft)
    errors = mime.read_back_errors(raw, draft)
    headers, recipient = mime.decoded_headers(raw), ascii_address(view.envelope.recipient)
    if recipient.isascii() and (("To", f"<{recipient}>") not in headers and ("To", recipient) not in headers):
        errors.append("the recipient does not come back")
    if ("Subject", subject_of(view)) not in headers:
        errors.append("the subject does not come back")
    if errors:
        raise ValueError("; ".join(errors))
    return raw


def read_mail(raw: bytes) -> str:
    """Return the headers that matter to a reader, and the text part."""
    mail = message_from_bytes(raw, policy=policy.default)
    headers = [f"{name}: {value}" for name in SHOWN_HEADERS for value in mail.get_all(name, [])]
    body = mail.get_body(("plain",))
    return "\n".join([*headers, "", body.get_content() if body else ""])


def reply_to(view: View) -> tuple[str, ...]:
    """Return the operators' addresses for Reply-To; internationalised ones only if sender or recipient is so, too.

    One such address makes the whole mail need SMTPUTF8 (RFC 6531), without which a server refuses it for good.
    """
    if _is_ascii(view.envelope.recipient) and _is_ascii(view.envelope.sender_address):
        return tuple(address for address in view.operator if _is_ascii(address))
    return view.operator


def subject_of(view: View) -> str:
    """Return the subject of a mail: that of the first of its thread after `Re:`, where it tells how a story goes on.

    Some mail programs begin a new thread where the subject is another, whatever the references say.
    """
    is_reply = view.layout == "alert" and view.story.develops and view.envelope.parent_subject
    return f"{_REPLY}{view.envelope.parent_subject}" if is_reply else view.subject


def _is_ascii(address: str) -> bool:
    """Tell whether an address can be written in ASCII: an international domain can (IDNA), a local part cannot."""
    return address.rpartition("@")[0].isascii()


def _headers(view: View) -> list[mime.Header]:
    envelope = view.envelope
    domain = envelope.message_id[:-1].partition("@")[2]
    headers = [
        ("From", mime.encode_mailbox("From", view.from_name or envelope.sender_name, envelope.sender_address)),
        ("To", f"<{ascii_address(envelope.recipient)}>"),
        ("Subject", mime.encode("Subject", subject_of(view))),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", envelope.message_id),
        # Keeps automatic replies away (RFC 3834, 5).
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),  # Exchange reads this instead of Auto-Submitted (RFC 3834)
        ("List-Id", mime.encode_mailbox("List-Id", envelope.sender_name, f"monitor.{domain}")),
    ]
    if parent := envelope.parent:
        # A reply to the first message, which had no references of its own (RFC 5322, 3.6.4).
        headers += [("In-Reply-To", parent), ("References", parent)]
    if reached := reply_to(view):
        headers.append(("Reply-To", ",\r\n ".join(f"<{ascii_address(one)}>" for one in reached)))
    for name, values in (("X-Monitor-Rule", view.rule_names[:RULE_HEADERS]), ("X-Monitor-Outlet", view.outlets)):
        headers += [(name, mime.encode(name, header_text(value))) for value in values]
    return headers


def _fit_to_size(view: View, page: Callable[[View], str]) -> tuple[View, str]:
    """Return the view and its HTML, with as many other outlets, then stories, as fit under the size of Gmail's limit.

    Gmail cuts off the end, where the number of further stories, the rules and how to change them stand.
    """
    for others in OUTLET_LIMITS:
        limited = view.limited(view.story_count, others)
        html = page(limited)
        if _fits(html):
            return limited, html
    fewer = range(1, view.story_count)
    # The number of counts that fit, from 1 on, is the largest count that fits.
    fitting = bisect_left(fewer, True, key=lambda count: not _fits(page(view.limited(count, 0))))
    limited = view.limited(max(1, fitting), 0)
    return limited, page(limited)


def _fits(html: str) -> bool:
    # Every line feed becomes CRLF in the mail.
    return len(html.encode("utf-8", "replace")) + html.count("\n") <= HTML_CAP
