"""Conditions on an article as a whole, read from what the page on rules says of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model import Article, Outlet
from monitor.query.ast import Filter

SECONDS = {"Y": 365.25 * 86_400, "W": 7 * 86_400, "D": 86_400, "H": 3_600, "S": 1}
MONTH, MINUTE = 30.4375 * 86_400, 60


def holds(node: Filter, article: Article, outlet: Outlet, language: str, length: int, now: datetime) -> bool:
    """Whether an article satisfies a condition."""
    value = node.value
    if node.field == "outlet":
        return outlet.name.casefold() == value.casefold()
    if node.field == "group":
        return value.casefold() in map(str.casefold, outlet.groups)
    if node.field == "country":
        return outlet.country.casefold() == value.casefold()
    if node.field == "lang":
        return language == value.casefold()
    if node.field == "words":
        return length > int(value[1:]) if value[0] == ">" else length < int(value[1:])
    moments = [article.published or article.seen]
    if article.claimed is not None:
        moments.append(min(article.claimed, article.seen or now))
    return any(moment is not None and _published(value, moment, now) for moment in moments)


def _published(value: str, moment: datetime, now: datetime) -> bool:
    """A duration counts back from now; a date is its whole day; an interval has a first and a last moment."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    value = value.replace("..", "/", 1) if "/" not in value else value
    if "/" not in value:
        if value.startswith("P"):
            return now - moment <= duration(value)
        return _first(value) <= moment < _last(value)
    begin, end = value.split("/")
    if begin.startswith("P"):
        return _last(end) - duration(begin) <= moment < _last(end)
    if end.startswith("P"):
        return _first(begin) <= moment < _first(begin) + duration(end)
    return (begin in ("", "..") or _first(begin) <= moment) and (end in ("", "..") or moment < _last(end))


def duration(text: str) -> timedelta:
    """An ISO 8601 duration of whole numbers, a year and a month of mean length."""
    seconds, number, in_time = 0.0, "", False
    for char in text[1:]:
        if char.isdigit():
            number += char
        elif char == "T":
            in_time = True
        else:
            size = (MINUTE if in_time else MONTH) if char == "M" else SECONDS[char]
            seconds, number = seconds + int(number) * size, ""
    return timedelta(seconds=seconds)


def _first(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _last(text: str) -> datetime:
    """The end of a day, or the moment itself where a time is given."""
    return _first(text) + timedelta(days=1 if len(text) == len("2026-10-01") else 0)
