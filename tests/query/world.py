"""A small world for generated rules and articles: words of many scripts, their forms, a book of names, lists."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model import Article, Form, Outlet
from monitor.query import Scope

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
WORDS = {
    "en": ["talks", "talk", "Peskov", "Dmitry", "Istanbul", "the", "US", "us", "naïve", "state-run", "Peskov's"],
    "ru": ["переговоры", "Песков", "Пескова", "песков", "ПЕСКОВ", "ёлка", "елка", "й", "Дмитрий", "и", "Песко\u0301в"],
    "uk": ["Пєсков", "об'єкт", "об’єкт", "обʼєкт", "їжа", "перемовини", "Стамбулі"],
    "tr": ["İstanbul'da", "ISTANBUL", "ıstanbul", "İstanbul", "da", "görüşme", "ısı", "görüşmeler", "Peskov'un"],
    "ar": ["محادثات", "بيسكوف", "إسطنبول", "وبيسكوف", "بِيسكوف"],
    "el": ["Πεσκόφ", "συνομιλίες", "ΣΥΝΟΜΙΛΊΕΣ", "σίσυφος"],
    "zh": ["北京", "会谈", "佩斯科夫", "iPhone手机"],
    "th": ["ประเทศไทย", "เจรจา", "นำ"],
    "": ["Пеcков", "пере\u00adговоры", "tal\u200dks", "e\u0301lan", "½", "ﬁsh", "C++", "3.5", "Straße", "STRASSE"],
}
ALL_WORDS = [word for words in WORDS.values() for word in words]
COMMON_WORDS = ["talks", "Peskov", "Песков", "переговоры", "Istanbul", "the", "会谈", "İstanbul'da", "Dmitry"]
MARKS = [
    *(" ", " ", " ", " ", " ", ", ", ". ", "! ", "\n", "\r\n", "\u2028", " - ", "。", "。", " «", "» ", "? ", "… "),
    *("'", "’ ", '"', "“", "\u00ad", "\u200d", "\u0301 ", "\u00a0", " г. ", "/", "_", ""),
]
_ENDINGS = {
    "talk": [("talks", "en"), ("talked", "en-GB"), ("talk over", "")],
    "Песков": [("Пескова", "ru"), ("Песковым", "ru")],
    "görüşme": [("görüşmeler", "tr")],
    "Istanbul": [("İstanbul'da", "tr"), ("Стамбулі", "uk"), ("Istanbul da", "")],
    "İstanbul": [("İstanbul'da", "tr")],
}
_NAMES = {
    "Peskov": [
        Form("Peskov", capital=True),
        Form("Песков", capital=True),
        Form("Пескова", language="ru", capital=True),
        Form("Peskov'un", language="tr", confidence=0.9, capital=True),
        Form("بيسكوف", confidence=0.8),
        Form("佩斯科夫", capital=True),
        Form("US", confidence=0.3, capital=True),
        Form("Пєсков", language="uk", confidence=0.5, capital=True),
    ],
    "Dmitry Peskov": [
        Form("Dmitry Peskov", capital=True),
        Form("Дмитрий Песков", capital=True),
        Form("Peskov Dmitry", capital=True),
        Form("Peskov", confidence=0.5, capital=True),
        Form("Песков", confidence=0.5, capital=True),
        Form("Πεσκόφ", confidence=0.5, capital=True),
        Form("佩斯科夫", confidence=0.7),
    ],
    "the US": [Form("the US", capital=True), Form("US", capital=True), Form("us")],
}


def forms(word: str) -> tuple[Form, ...]:
    """A small inflection: some endings in some languages, some of several words."""
    return (Form(word), *(Form(text, language) for text, language in _ENDINGS.get(word, ())))


def names(name: str) -> tuple[Form, ...]:
    """A small book of names."""
    return tuple(_NAMES.get(name, [Form(name)]))


LISTS = {
    "talks": ["talk*", "переговор*", "görüşme", "会谈", "@more"],
    "more": ["محادثات", "перемовини", '"the talks"~1', "e\u0301lan"],
    "endless": ["Istanbul NEAR/2 @talks", "exact(US)"],
    "places": ["title:Istanbul", "url:talks"],
}
QUERIES = {"both": "name(Peskov) AND @talks", "my rule": '(Peskov SENT talk) OR "Istanbul da"'}
SCOPE = Scope(
    outlets=("tass", "bbc"),
    groups={"state-media": ("tass",), "agencies": ("tass", "bbc")},
    countries=("ru", "tr"),
    languages=tuple(filter(None, WORDS)),
    lists=LISTS,
    queries=QUERIES,
    words=forms,
    names=names,
)
TASS = Outlet("tass", "TASS", (), language="ru", country="ru", groups=frozenset({"state-media"}))
BBC = Outlet("bbc", "BBC", ())
OUTLETS = {"tass": TASS, "bbc": BBC}


def _article(title: str, body: str, **fields: object) -> Article:
    given = {"outlet": "tass", "url": "https://tass.com/talks/peskov-us", "title": title, "body": body}
    return Article(**(given | fields))  # type: ignore[arg-type]


EDITION = [
    _article(
        "Istanbul talks: Peskov",
        "The talks. Peskov talked of Istanbul, talks and more talks with the US.\n"
        "Dmitry Peskov said the talks go on. Talk of Песков и переговоры.",
        language="en",
        authors=("Peskov Talks", "Ali US"),
        tags=("talks", "Стамбул"),
        published=NOW - timedelta(hours=3),
    ),
    _article(
        "Песков и переговоры",
        "Дмитрий Песков, песков и Пескова. ПЕСКОВ в переговорах!\n"
        "Переговоры; Пеcков, пере\u00adговоры Песко\u0301в, talk talk talk.",
        language="ru",
        lead="Песков: переговоры, Istanbul.",
        authors=("Песков",),
        published=NOW - timedelta(days=2),
    ),
    _article(
        "",
        "İstanbul'da görüşme. Istanbul da ISTANBUL ıstanbul İstanbul Peskov'un görüşmeler talks da\nPeskov da talks",
        language="tr-TR",
        tags=("istanbul", "peskov"),
        outlet="bbc",
        url="",
        seen=NOW,
    ),
    _article(
        "北京会谈",
        "北京会谈，佩斯科夫 iPhone手机。会谈 talks Peskov。Istanbul",
        language="zh",
        lead="会谈 talks",
        published=NOW - timedelta(days=40),
    ),
    _article(
        "talks",
        "",
        lead="Istanbul talks the US. Πεσκόφ συνομιλίες. Peskov, the talks",
        outlet="bbc",
        authors=("Dmitry Peskov",),
        url="https://bbc.test/Istanbul",
    ),
    _article(
        "Peskov",
        "محادثات إسطنبول بيسكوف. وبيسكوف talks Istanbul",
        language="ar",
        tags=("US",),
        published=datetime(2026, 10, 5, 23, 59, tzinfo=UTC),
    ),
    _article(
        "The US",
        "us US the. " + "the " * 57 + "talks Istanbul, Peskov US us iPhone",
        language="en-US",
        published=datetime(2026, 10, 1, tzinfo=UTC),
        tags=("Peskov talks", "Istanbul"),
    ),
    _article("", "", outlet="bbc", url="", published=datetime(2026, 10, 6, tzinfo=UTC)),
]
"""Articles in which every operator holds in some and fails in others."""
