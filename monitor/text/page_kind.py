"""Tell by its title and words what an HTML page is that stands in place of what was asked for."""

from __future__ import annotations

import re

CAPTCHA = "captcha"
"""The kind of a page that asks whether a person reads it."""
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


def page_kind(html: str) -> tuple[str, str]:
    """Return which kind of HTML page stands in place of a feed or article, and its title.

    The kinds are `captcha`, `error page` and `html page`. Own heuristic, by words of real pages.
    """
    match = _TITLE.search(html, 0, _SEARCHED)
    title = " ".join(match[1].split()) if match else ""
    # A longer page is a real one, which may load a script that protects its forms.
    if len(html) < _SEARCHED and _CAPTCHA.search(html):
        return CAPTCHA, title
    if _ERROR.search(title):
        return "error page", title
    return "html page", title
