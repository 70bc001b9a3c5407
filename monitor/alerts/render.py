"""The finished mail: a letter in, a message out whose bytes were read back before they are trusted."""

from __future__ import annotations

import re
from bisect import bisect_left
from email.utils import format_datetime
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from monitor.alerts import mime
from monitor.alerts.mail_content import ALSO, MailContent, outlet_title, rule_names, view
from monitor.alerts.mail_text import direction, header_text
from monitor.alerts.template_view import MailView
from monitor.errors import RenderError
from monitor.hostnames import ascii_host
from monitor.model import Message
from monitor.text import ascii_address, split_mailbox

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

DISPLAY_RULES = 2  # rules named in the sender; the mail names all
RULE_HEADERS = 50
DEFAULT_DISPLAY = "News monitor"
HTML_CAP = 100_000  # bytes; Gmail cuts at 102 kB
OTHERS = (ALSO, 4, 2, 1, 0)  # how many other outlets are named under a story, until all stories fit

_BLANKS = re.compile(r"\n{3,}")


def render(letter: MailContent) -> Message:
    """The mail of one delivery, the same bytes for the same letter; RenderError names a delivery that has none."""
    try:
        return _render(letter)
    except (ValueError, LookupError, TypeError) as error:
        raise RenderError(letter.key, f"{type(error).__name__}: {error}") from error


def message_id(letter: MailContent) -> str:
    """`<hash@domain>`, from the delivery's key alone."""
    return f"<{_hash(letter)}@{_domain(letter)}>"


def _render(letter: MailContent) -> Message:
    shown, page = _fitted(letter)
    draft = mime.MimeDraft(tuple(_headers(letter, shown)), _lay_out(shown, "txt"), page, f"=_{_hash(letter)}")
    raw = mime.to_bytes(draft)
    found = mime.faults(raw, draft)
    subject, recipient = shown.subject, _address(letter, letter.alert.recipient)
    headers = mime.decoded(raw)
    if recipient.isascii() and (("To", f"<{recipient}>") not in headers and ("To", recipient) not in headers):
        found.append("the recipient does not come back")
    if ("Subject", subject) not in headers:
        found.append("the subject does not come back")
    if found:
        raise RenderError(letter.key, "; ".join(found))
    return Message(recipient, _sender(letter)[1], message_id(letter), subject, raw)


def _headers(letter: MailContent, shown: MailView) -> list[mime.Header]:
    display, sender = _sender(letter)
    headers = [
        ("From", mime.encode_mailbox("From", _display(letter, shown) or display, sender)),
        ("To", f"<{_address(letter, letter.alert.recipient)}>"),
        ("Subject", mime.encode("Subject", shown.subject)),
        ("Date", format_datetime(letter.now)),
        ("Message-ID", message_id(letter)),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),  # what Exchange reads in place of it
        ("List-Id", mime.encode_mailbox("List-Id", display, f"monitor.{_domain(letter)}")),
    ]
    if letter.answered_by:
        headers.append(("Reply-To", ",\r\n ".join(f"<{_address(letter, one)}>" for one in letter.answered_by)))
    for name, values in (("X-Monitor-Rule", rule_names(letter)[:RULE_HEADERS]), ("X-Monitor-Outlet", shown.outlets)):
        headers += [(name, mime.encode(name, header_text(value))) for value in values]
    return headers


def _display(letter: MailContent, shown: MailView) -> str:
    """`Istanbul talks · TASS`, from the configuration only; a mail of several stories has the monitor's own name."""
    if shown.layout != "alert":
        return ""
    names = shown.story.rules
    more = f" +{len(names) - DISPLAY_RULES}" if len(names) > DISPLAY_RULES else ""
    return header_text(f"{', '.join(names[:DISPLAY_RULES])}{more} · {outlet_title(letter, shown.outlets[0])}", 100)


def _sender(letter: MailContent) -> tuple[str, str]:
    display, address = split_mailbox(letter.sender)
    return header_text(display, 100) or DEFAULT_DISPLAY, _address(letter, address)


def _address(letter: MailContent, address: str) -> str:
    """The address as mail servers spell it."""
    try:
        return ascii_address(address)
    except ValueError as error:
        raise RenderError(letter.key, str(error)) from None


def _domain(letter: MailContent) -> str:
    return ascii_host(letter.domain) if letter.domain else _sender(letter)[1].rpartition("@")[2]


def _hash(letter: MailContent) -> str:
    recipient, thread, sequence = letter.key
    key = "\0".join((letter.installation, recipient, thread, str(sequence)))
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _fitted(letter: MailContent) -> tuple[MailView, str]:
    """What the mail says and its HTML, with all that stays under the size at which Gmail would cut off the end, where
    the count of the rest, the rules and how to change them stand: first fewer other outlets, then fewer stories."""
    shown = view(letter)
    for others in OTHERS:
        narrowed = shown.narrowed(shown.told, others)
        page = _lay_out(narrowed, "html")
        if _fits(page):
            return narrowed, page
    fewer = range(1, shown.told)
    fitting = bisect_left(fewer, True, key=lambda count: not _fits(_lay_out(shown.narrowed(count, 0), "html")))
    narrowed = shown.narrowed(max(1, fitting), 0)
    return narrowed, _lay_out(narrowed, "html")


def _fits(page: str) -> bool:
    return len(page.encode("utf-8", "replace")) + page.count("\n") <= HTML_CAP


def _lay_out(shown: MailView, form: str) -> str:
    page = _templates().get_template(f"{shown.layout}.{form}").render(mail=shown)
    return _inliner().inline(page) if form == "html" else _BLANKS.sub("\n\n", page).strip() + "\n"


def alone(text: str) -> str:
    """A name in a line of plain text, isolated where it is written right to left, so that the line keeps its order."""
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
    environment.filters["alone"] = alone
    return environment


@cache
def _inliner() -> CSSInliner:
    """Styles go to the elements because several mail programs drop `<style>`; nothing is fetched for it."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
