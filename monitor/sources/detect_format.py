"""Detect whether a page is XML or JSON and, if it is neither, what it is instead."""

from __future__ import annotations

import re

from monitor.errors import ParseError
from monitor.sources.xml_tree import root_of

_HTML = re.compile(r"<html[\s>]|<head[\s>]|<body[\s>]|<!doctype\s+html", re.I)
# JSON, but not a log line in brackets; and a JSON Feed with something before it.
_JSON = re.compile(r"""[\[{]\s*(?:["'\[\]{}]|\Z)""")
_JSON_FEED = re.compile(r"""\{\s*"(?:version|title|items|home_page_url|feed_url)"\s*:""")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,300})", re.I)
_CAPTCHA = re.compile(
    r"captcha|cf-challenge|challenge-platform|_cf_chl|just a moment|checking your browser|ddos-guard|are you a robot"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|not a robot|не робот|смартcaptcha|qrator|incapsula|datadome"
    r"|perimeterx|px-captcha|robot değilim|kein roboter|доступ ограничен|attention required",
    re.I,
)
_ERROR = re.compile(
    r"\b(?:403|404|410|429|500|502|503|504)\b|not found|forbidden|access denied|error|unavailable|maintenance"
    r"|bad gateway|не найден|ошибка|не знайдено|помилка|bulunamadı|hata|nicht gefunden|fehler|introuvable|erreur"
    r"|accès refusé|no encontrad|недоступ|технические работы|профилактик|wartung|bakım",
    re.I,
)
_SEARCHED = 60_000  # characters


def detect_format(text: str) -> str:
    """Return `xml` or `json`. Raises ParseError that says what the page is if it is neither."""
    head = text[:_SEARCHED]
    stripped = head.lstrip("\ufeff\x00 \t\r\n")
    if not stripped and not text.strip("\ufeff\x00 \t\r\n"):
        raise ParseError("empty")
    if _JSON.match(stripped):
        return "json"
    if root_of(text):
        return "xml"
    refuse_page(text)
    if _JSON_FEED.search(head):
        return "json"
    raise ParseError("unreadable", f"neither a feed nor a page: {stripped[:60]!r}")


def refuse_page(text: str) -> None:
    """Raise ParseError that says what kind of page it is, if a text is HTML."""
    head = text[:_SEARCHED]
    if _HTML.search(head):
        raise ParseError(*page_kind(head))


def page_kind(head: str) -> tuple[str, str]:
    """Return which kind of HTML page stands in place of a feed (captcha, error page, html page), and its title."""
    match = _TITLE.search(head)
    title = " ".join(match[1].split()) if match else ""
    if _CAPTCHA.search(head) and len(head) < _SEARCHED:
        return "captcha", title
    if _ERROR.search(title):
        return "error page", title
    return "html page", title
