"""Render the finished mail of a delivery, and read its bytes back to verify them."""

from __future__ import annotations

import re
from bisect import bisect_left
from email.utils import format_datetime
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from monitor.alerts import mime
from monitor.alerts.mail_content import OTHER_OUTLETS, MailContent, mail_view, outlet_title, rule_names
from monitor.alerts.mail_text import direction, header_text
from monitor.alerts.template_view import MailView
from monitor.errors import RenderError
from monitor.hostnames import ascii_host
from monitor.model import Message
from monitor.text import ascii_address, split_mailbox

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

DISPLAY_RULES = 2  # rules named in the sender's display name; the mail names all
RULE_HEADERS = 50
DEFAULT_DISPLAY = "News monitor"
HTML_CAP = 100_000  # bytes; Gmail cuts at 102 kB
OUTLET_LIMITS = (OTHER_OUTLETS, 4, 2, 1, 0)  # other outlets named under a story, tried in turn until all stories fit

_BLANK_LINES = re.compile(r"\n{3,}")


def render(content: MailContent) -> Message:
    """Return the mail of one delivery, the same bytes for the same content. Raises RenderError if there is none."""
    try:
        return _render(content)
    except (ValueError, LookupError, TypeError) as error:
        raise RenderError(content.key, f"{type(error).__name__}: {error}") from error


def message_id(content: MailContent) -> str:
    """Return `<hash@domain>` with a hash of the installation and the delivery's key alone."""
    return f"<{_hash(content)}@{_domain(content)}>"


def _render(content: MailContent) -> Message:
    view, html = _fit_to_size(content)
    draft = mime.MimeDraft(tuple(_headers(content, view)), _lay_out(view, "txt"), html, f"=_{_hash(content)}")
    raw = mime.to_bytes(draft)
    errors = mime.read_back_errors(raw, draft)
    subject, recipient = view.subject, _address(content, content.alert.recipient)
    headers = mime.decoded_headers(raw)
    if recipient.isascii() and (("To", f"<{recipient}>") not in headers and ("To", recipient) not in headers):
        errors.append("the recipient does not come back")
    if ("Subject", subject) not in headers:
        errors.append("the subject does not come back")
    if errors:
        raise RenderError(content.key, "; ".join(errors))
    return Message(recipient, _sender(content)[1], message_id(content), subject, raw)


def _headers(content: MailContent, view: MailView) -> list[mime.Header]:
    display, sender = _sender(content)
    headers = [
        ("From", mime.encode_mailbox("From", _display(content, view) or display, sender)),
        ("To", f"<{_address(content, content.alert.recipient)}>"),
        ("Subject", mime.encode("Subject", view.subject)),
        ("Date", format_datetime(content.now)),
        ("Message-ID", message_id(content)),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),  # Exchange reads this instead of Auto-Submitted (RFC 3834)
        ("List-Id", mime.encode_mailbox("List-Id", display, f"monitor.{_domain(content)}")),
    ]
    if content.reply_to:
        headers.append(("Reply-To", ",\r\n ".join(f"<{_address(content, one)}>" for one in content.reply_to)))
    for name, values in (("X-Monitor-Rule", rule_names(content)[:RULE_HEADERS]), ("X-Monitor-Outlet", view.outlets)):
        headers += [(name, mime.encode(name, header_text(value))) for value in values]
    return headers


def _display(content: MailContent, view: MailView) -> str:
    """Return the sender's display name, `Istanbul talks · TASS`, for a mail of one story; else nothing.

    It is made from the configuration alone, never from text of a feed.
    """
    if view.layout != "alert":
        return ""
    names = view.story.rules
    more = f" +{len(names) - DISPLAY_RULES}" if len(names) > DISPLAY_RULES else ""
    return header_text(f"{', '.join(names[:DISPLAY_RULES])}{more} · {outlet_title(content, view.outlets[0])}", 100)


def _sender(content: MailContent) -> tuple[str, str]:
    display, address = split_mailbox(content.sender)
    return header_text(display, 100) or DEFAULT_DISPLAY, _address(content, address)


def _address(content: MailContent, address: str) -> str:
    """Return the address with its domain in ASCII (IDNA)."""
    try:
        return ascii_address(address)
    except ValueError as error:
        raise RenderError(content.key, str(error)) from None


def _domain(content: MailContent) -> str:
    return ascii_host(content.domain) if content.domain else _sender(content)[1].rpartition("@")[2]


def _hash(content: MailContent) -> str:
    recipient, thread, sequence = content.key
    key = "\0".join((content.installation, recipient, thread, str(sequence)))
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _fit_to_size(content: MailContent) -> tuple[MailView, str]:
    """Return the view and its HTML, with as many other outlets, then stories, as fit under the size of Gmail's limit.

    Gmail cuts off the end, where the number of further stories, the rules and how to change them stand.
    """
    whole = mail_view(content)
    for others in OUTLET_LIMITS:
        limited = whole.limited(whole.story_count, others)
        html = _lay_out(limited, "html")
        if _fits(html):
            return limited, html
    fewer = range(1, whole.story_count)
    # The number of counts that fit, from 1 on, is the largest count that fits.
    fitting = bisect_left(fewer, True, key=lambda count: not _fits(_lay_out(whole.limited(count, 0), "html")))
    limited = whole.limited(max(1, fitting), 0)
    return limited, _lay_out(limited, "html")


def _fits(html: str) -> bool:
    # Every line feed becomes CRLF in the mail.
    return len(html.encode("utf-8", "replace")) + html.count("\n") <= HTML_CAP


def _lay_out(view: MailView, form: str) -> str:
    text = _templates().get_template(f"{view.layout}.{form}").render(mail=view)
    return _inliner().inline(text) if form == "html" else _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def isolated(text: str) -> str:
    """Return a name in bidirectional isolates (UAX 9) if it is written right to left, so that its line keeps order."""
    return f"\u2068{text}\u2069" if direction(text, "") == "rtl" else text


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("monitor.alerts"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["isolated"] = isolated
    return environment


@cache
def _inliner() -> CSSInliner:
    """Return what moves styles to the elements, since several mail programs drop `<style>`; it fetches nothing."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
