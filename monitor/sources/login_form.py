"""Read the form by which readers log in, and what the page after it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monitor.model import Page
from monitor.sources.decode import decode
from monitor.sources.element_text import shortened
from monitor.sources.links import absolute
from monitor.sources.listing import tree_of
from monitor.sources.source_input import SourceInput
from monitor.text import to_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MOST_FORMS, _MOST_FIELDS = 50, 200
_FIELDS = "input, select, textarea, button"
_TEXTS = ("text", "email", "tel", "")
_NOT_SENT = ("file", "image", "reset", "button")
# Where sites say what was wrong with a login, the most certain first (own list).
_COMPLAINTS = (
    "[role=alert]",
    "[class*=error]",
    "[class*=invalid]",
    "[class*=alert]",
    "[id*=error]",
    "[class*=message]",
)
_MOST_COMPLAINTS = 20
# How the form of a login calls itself, and what other forms that take an address do (own lists).
_LOGIN = re.compile(r"log[-_]?[io]n|sign[-_]?in|auth|session|identif|account", re.I)
_NO_LOGIN = re.compile(r"newsletter|subscri|abonn|sign[-_]?up|regist|search|contact|comment|forgot|reset", re.I)
_NAMED = ("id", "class", "name")


class LoginForm(NamedTuple):
    """A form of a login: the address that it is sent to, and its fields with their present values.

    `user_field` is the field for text before that of the password; empty if there is none. `password_field` is empty
    where the form asks for the name alone, and its answer for the password.
    """

    action: str
    fields: tuple[tuple[str, str], ...]
    user_field: str
    password_field: str


class LoginPage(NamedTuple):
    """A page before or after a login: its form, if it has one, and what it tells the reader of an error.

    `shows` says whether a text that was asked for stands anywhere in the page. `name_form` asks for the name alone.
    """

    form: LoginForm | None
    complaint: str
    shows: bool
    name_form: LoginForm | None = None


def login_page(page: Page, text: str = "") -> LoginPage:
    """Return what a page says of a login, and whether it shows `text`.

    Raises ParseError for one that is too large or too deep.
    """
    html = decode(page.body, page.headers, "").text
    tree, listing_page = tree_of(SourceInput(page.url, page.body, page.headers))
    nodes, base = tree.css("form")[:_MOST_FORMS], listing_page.base
    form = next(filter(None, (_form(node, page.url, base) for node in nodes)), None)
    name_form = next(filter(None, (_name_form(node, page.url, base) for node in nodes)), None)
    complaints = (to_text(node.text()[:2_000]) for css in _COMPLAINTS for node in tree.css(css)[:_MOST_COMPLAINTS])
    complaint = next((line for one in complaints if (line := " ".join(one.split()))), "")
    return LoginPage(form, shortened(complaint), text in html or text in to_text(html), name_form)


def _form(node: LexborNode, url: str, base: str) -> LoginForm | None:
    """Return a form that posts one password; a form with two is there to register."""
    fields = [one for one in node.css(_FIELDS)[:_MOST_FIELDS] if _is_sent(one)]
    passwords = [number for number, one in enumerate(fields) if _kind(one) == "password"]
    if len(passwords) != 1 or not _is_posted(node):
        return None
    (at,) = passwords
    action, before = _action(node, url, base), _text_fields(fields[:at])
    if not action:
        return None
    return LoginForm(action, tuple(_sent(fields)), before[-1] if before else "", _attribute(fields[at], "name"))


def _name_form(node: LexborNode, url: str, base: str) -> LoginForm | None:
    """Return a form that posts a reader's name alone, and calls itself a login: others take addresses for letters."""
    fields = [one for one in node.css(_FIELDS)[:_MOST_FIELDS] if _is_sent(one)]
    names, action = _text_fields(fields), _action(node, url, base)
    said = " ".join((*(_attribute(node, key) for key in _NAMED), action))
    is_login = bool(_LOGIN.search(said)) and not _NO_LOGIN.search(said)
    has_password = any(_kind(one) == "password" for one in fields)
    if has_password or len(names) != 1 or not action or not is_login or not _is_posted(node):
        return None
    return LoginForm(action, tuple(_sent(fields)), names[0], "")


def _is_posted(node: LexborNode) -> bool:
    return _attribute(node, "method").strip().lower() == "post"


def _text_fields(fields: list[LexborNode]) -> list[str]:
    return [_attribute(one, "name") for one in fields if one.tag == "input" and _kind(one) in _TEXTS]


def _action(node: LexborNode, url: str, base: str) -> str:
    """Return the address that a form is sent to; empty where JavaScript sends it."""
    stated = _attribute(node, "action").strip()
    return absolute(stated, base) if stated else url


def _is_sent(node: LexborNode) -> bool:
    """Whether a browser sends a field that nobody touched (HTML, 4.10.22.4)."""
    if not _attribute(node, "name") or "disabled" in node.attributes or _kind(node) in _NOT_SENT:
        return False
    return _kind(node) not in ("checkbox", "radio") or "checked" in node.attributes


def _sent(fields: list[LexborNode]) -> list[tuple[str, str]]:
    """Return names and values of fields, of the buttons only the first, which browsers take for Enter."""
    buttons = [node for node in fields if node.tag == "button" or _kind(node) == "submit"]
    return [(_attribute(node, "name"), _value(node)) for node in fields if node not in buttons[1:]]


def _value(node: LexborNode) -> str:
    if node.tag == "textarea":
        return node.text()
    if node.tag == "select":
        options = node.css("option[selected]") or node.css("option")
        return (options[0].attributes.get("value") or options[0].text().strip()) if options else ""
    return _attribute(node, "value") or ("on" if _kind(node) in ("checkbox", "radio") else "")


def _kind(node: LexborNode) -> str:
    return _attribute(node, "type").strip().lower()


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
