"""Letters to lay out: news in six languages, found by two rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from monitor.alerts import AlertContent, view_of
from monitor.channels import CHANNELS
from monitor.model import Alert, Article, Item, Kind, Match, Message, Outlet, Span

NOW = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
READER = "analyst@example.org"
TITLES = {
    "tass": "TASS",
    "alwaha": "الواحة",
    "sahil": "Sahil Gazetesi",
    "courier": "The Courier",
    "abendpost": "Abendpost",
    "dzvin": "Дзвін",
}
OUTLETS = {name: Outlet(name, title, ()) for name, title in TITLES.items()}
QUERIES = {"Peskov": "name(Peskov)", "Istanbul talks": '# any word for talks\n"Istanbul talks" OR\n@talks'}
TERMS = {
    "Peskov": ("Песков", "Peskov", "Peskow", "Пєсков", "بيسكوف"),
    "Istanbul talks": ("переговоры в Стамбуле", "Istanbul talks", "محادثات إسطنبول", "İstanbul görüşmeleri"),
}


def article(outlet: str, language: str, title: str, body: str = "", minutes: int = 0) -> Article:
    url = f"https://{outlet}.example.org/2026/{minutes}"
    return Article(outlet, url, title, "", body, language, published=NOW - timedelta(minutes=minutes))


ARTICLES = {
    1: article(
        "tass",
        "ru",
        "Песков: переговоры в Стамбуле продолжатся",
        "Дата пока не определена. Дмитрий Песков сказал, что переговоры в Стамбуле пойдут дальше. Делегации готовы.",
    ),
    2: article("alwaha", "ar", "محادثات إسطنبول تستأنف قريبا", "قال بيسكوف إن محادثات إسطنبول تستأنف قريبا.", 12),
    3: article(
        "sahil", "tr", "İstanbul görüşmeleri sürüyor", "Peskov açıklama yaptı. İstanbul görüşmeleri sürüyor.", 25
    ),
    4: article(
        "courier", "en", "No date yet", "Dmitry Peskov gave no date for the Istanbul talks. Kyiv was silent.", 40
    ),
    5: article("abendpost", "de", "Vor der vierten Runde", "Sprecher Dmitri Peskow nannte keinen Termin.", 300),
    6: article("dzvin", "uk", "Переговори тривають", "Пєсков не назвав дати.", 301),
}


def match(rule: str, found: Article) -> Match:
    """The spans that a rule's terms have in an article, by plain search."""
    spans = []
    for field in ("title", "body"):
        text = getattr(found, field)
        for term in TERMS[rule]:
            place = text.find(term)
            while place >= 0:
                spans.append(Span(field, place, place + len(term), term))
                place = text.find(term, place + 1)
    return Match(rule, tuple(spans))


def item(number: int, *rules: str, story: int = 0) -> Item:
    return Item(number, story or number, tuple(match(rule, ARTICLES[number]) for rule in rules))


def letter(*items: Item, kind: Kind = Kind.ALERT, thread: str = "story:1", **more: object) -> AlertContent:
    alert = Alert(READER, thread, 0, kind, NOW, items, timezone="Europe/Istanbul")
    made = AlertContent(alert, "News monitor <monitor@example.org>", NOW, ARTICLES, OUTLETS, QUERIES)
    return replace(made, **more)  # type: ignore[arg-type]


def of(found: Article, *matches: Match) -> AlertContent:
    """An alert about one article."""
    made = letter(Item(1, 1, matches or (Match("Peskov"),)))
    return replace(made, articles={1: found}, outlets={**OUTLETS, found.outlet: OUTLETS["tass"]})


def render(content: AlertContent) -> Message:
    """Render the mail of a delivery."""
    return CHANNELS["email"].message(view_of(content))


def read(message: Message) -> EmailMessage:
    parsed = message_from_bytes(message.raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def bodies(message: Message) -> tuple[str, str]:
    """The text and the HTML of a mail."""
    text, html = (part.get_content() for part in read(message).iter_parts())
    return text.replace("\r\n", "\n"), html.replace("\r\n", "\n")


def development(*, parent_subject: str = "Песков: переговоры в Стамбуле продолжатся") -> AlertContent:
    """What a story's second message tells: something new, and who else has the story by now."""
    made = letter(replace(item(4, "Peskov", "Istanbul talks", story=1), develops=True), parent="<first@example.org>")
    alert = replace(made.alert, sequence=1)
    copies = {1: [ARTICLES[number] for number in (1, 2, 3, 5, 6)]}
    return replace(made, alert=alert, parent_subject=parent_subject, copies=copies)
