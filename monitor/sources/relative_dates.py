"""Parse dates that only mean something at the moment of reading: `2 hours ago`, `yesterday, 18:20`, `12:34`, `27 Nov`.

The moment is the server's own, from the `Date` header of its answer. Own tables for Russian, Ukrainian, Turkish,
Arabic, English, German and French.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from monitor.sources.date_parser import parse_date

_LONGEST = 60  # characters
_AGO = re.compile(r"(?<!\w)(?:назад|тому|önce|evvel|ago|vor|il y a|منذ|قبل)(?!\w)")
_NOW = re.compile(
    r"just now|right now|только что|сейчас|щойно|зараз|az önce|şimdi|gerade eben|soeben|à l['’]instant|الآن|للتو"
)
_HALF_AN_HOUR = re.compile(r"полчаса|півгодини|yarım saat|half an hour|halben stunde|demi-heure|نصف ساعة")
# The beginnings of words for each unit, in seconds; the first that fits counts.
_UNITS: tuple[tuple[int, str], ...] = (
    (1, r"сек|sec|san|sek|s\b|ثاني|ثوان"),
    (30 * 86_400, r"мес|міс|month|monat|mois|ay\b|شهر|أشهر"),
    (60, r"мин|хв|min|dk|dakika|دقيق|دقائق"),
    (3_600, r"час|ч\b|hour|hr|h\b|saat|sa\b|std|stunde|heure|ساع"),
    (7 * 86_400, r"нед|тиж|week|hafta|woche|sem|[أا]سبوع|[أا]سابيع"),
    (86_400, r"дн|ден|доб|day|d\b|gün|tag|jour|j\b|يوم|[أا]يام"),
    (365 * 86_400, r"лет\b|рок|рік|year|yıl|jahr|سن|عام|[أا]عوام"),
)
# What a word means with one word for `ago`, and with all others: год is a Russian year and a Ukrainian hour.
_AMBIGUOUS: tuple[tuple[str, str, int, int], ...] = (
    (r"год", "тому", 3_600, 365 * 86_400),
    (r"ans?\b", "il y a", 365 * 86_400, 0),
)
_AMOUNT = re.compile(r"(\d{1,4})?\s*([^\W\d]+)")
_DUAL = re.compile(r"(?:تين|ين)\Z")  # Arabic: ساعتين are two hours
_DAYS = (
    (2, "позавчера|позавчора|vorgestern|avant-hier|[أا]ول [أا]مس"),
    (1, "вчера|вчора|учора|dün|yesterday|gestern|hier|[أا]مس"),
    (0, "сегодня|сьогодні|bugün|today|heute|aujourd['’]hui|اليوم"),
)
_DAY_WORDS = [(days, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for days, words in _DAYS]
_CLOCK = re.compile(r"(?:(?:в|о|об|at|um|à|saat|الساعة)\s+)?\d{1,2}[:h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?|\s*uhr)?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(?=,?\s+\d{1,2}:\d\d)")
# No zone is further from UTC: a time of day that lies more ahead is one of yesterday.
_FURTHEST_AHEAD = timedelta(hours=14)


def parse_relative_date(text: str, answered: datetime | None) -> datetime | None:
    """Return the moment of a text as seen at the moment `answered` (UTC); None if it is no date, or that is unknown.

    A time of day without a zone is in UTC, as in `parse_date`, and a day without a time is at midnight.
    """
    text = " ".join(text.lower().split())
    if answered is None or not text or len(text) > _LONGEST:
        return None
    try:
        return _ago(text, answered) or _on_a_day(text, answered) or _in_this_year(text, answered)
    except OverflowError:
        return None


def _ago(text: str, answered: datetime) -> datetime | None:
    if _NOW.search(text):
        return answered
    marker = _AGO.search(text)
    if marker is None:
        return None
    rest = f"{text[: marker.start()]} {text[marker.end() :]}"
    if _HALF_AN_HOUR.search(rest):
        return answered - timedelta(minutes=30)
    seconds = 0
    for number, word in _AMOUNT.findall(rest):
        unit = _unit(word, marker[0])
        seconds += unit * (int(number) if number else 2 if _DUAL.search(word) else 1)
    return answered - timedelta(seconds=seconds) if seconds else None


def _unit(word: str, marker: str) -> int:
    """Return the seconds of the unit that a word names, 0 if none."""
    for beginning, with_marker, seconds, otherwise in _AMBIGUOUS:
        if re.match(beginning, word):
            return seconds if marker == with_marker else otherwise
    return next((seconds for seconds, words in _UNITS if re.match(words, word)), 0)


def _on_a_day(text: str, answered: datetime) -> datetime | None:
    """Return the moment of a day's word with or without a time, or of a time alone, which is the last one."""
    for days, word in _DAY_WORDS:
        if found := word.search(text):
            day = (answered - timedelta(days=days)).date()
            return parse_date(f"{day} {text[: found.start()]} {text[found.end() :].lstrip(' ,|')}".strip())
    if not _CLOCK.fullmatch(text):
        return None
    moment = parse_date(f"{answered.date()} {text}")
    return moment - timedelta(days=1) if moment and moment - answered > _FURTHEST_AHEAD else moment


def _in_this_year(text: str, answered: datetime) -> datetime | None:
    """Return the moment of a date without its year, which is the last one that has passed."""
    text = _DAY_AND_MONTH.sub(lambda match: f"{match[1]}.{match[2]}.{answered.year}", text, count=1)
    moment = parse_date(text) or parse_date(f"{text} {answered.year}")
    if moment and moment - answered > _FURTHEST_AHEAD:
        moment = parse_date(text.replace(str(answered.year), str(answered.year - 1))) or parse_date(
            f"{text} {answered.year - 1}"
        )
    return moment
