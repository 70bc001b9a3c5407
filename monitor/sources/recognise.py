"""A page's text in; whether it is a feed, JSON or none of these, and then what it is instead, out."""

from __future__ import annotations

import re

from monitor.errors import ParseError
from monitor.sources.tree import root_of

_HTML = re.compile(r"<html[\s>]|<head[\s>]|<body[\s>]|<!doctype\s+html(?![^>]*>\s*(?:<!--|<rss|<feed))", re.I)
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
_SEARCHED = 60_000


def recognise(text: str) -> str:
    """`xml` or `json`; raises ParseError with what the page is instead."""
    head = text[:_SEARCHED]
    stripped = head.lstrip("\ufeff\x00 \t\r\n")
    if not stripped and not text.strip("\ufeff\x00 \t\r\n"):
        raise ParseError("empty")
    if stripped[:1] in ("{", "["):
        return "json"
    root, html = root_of(text), _HTML.search(head)
    if root and not (html and html.start() < root.start()):
        return "xml"
    if html:
        raise ParseError(*what_page(head))
    if stripped.startswith("{") or not root:
        raise ParseError("unreadable", f"neither a feed nor a page: {stripped[:60]!r}")
    return "xml"


def what_page(head: str) -> tuple[str, str]:
    """What an HTML page is that stands where a feed should be (captcha, error page, html page), and its title."""
    match = _TITLE.search(head)
    title = " ".join(match[1].split()) if match else ""
    if _CAPTCHA.search(head) and len(head) < _SEARCHED:
        return "captcha", title
    if _ERROR.search(title):
        return "error page", title
    return "html page", title
