"""Serve the feeds of the demo's outlets on loopback; their articles appear one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article of the demo, published by `outlet` so many seconds after the start (`after`)."""

    outlet: str
    after: float
    slug: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DemoSite:
    """One outlet of the demo."""

    name: str
    title: str
    language: str
    country: str


SITES = (
    DemoSite("volga-wire", "Volga Wire", "ru", "ru"),
    DemoSite("dnipro-daily", "Dnipro Daily", "uk", "ua"),
    DemoSite("bosphorus-post", "Bosphorus Post", "tr", "tr"),
    DemoSite("channel-herald", "Channel Herald", "en", "gb"),
)

_WIRE = (
    "Talks in Istanbul between the two delegations ended after an hour on Wednesday, with agreement on an exchange of "
    "prisoners and none on a ceasefire, according to people who were in the room."
)

ARTICLES = (
    DemoArticle("channel-herald", -1, "harbour", "Harbour opens a new ferry line", "The first boat left at noon."),
    DemoArticle(
        "volga-wire", -1, "harvest", "Урожай собран раньше срока", "Хозяйства области завершили уборку зерновых."
    ),
    DemoArticle(
        "volga-wire",
        3,
        "statement",
        "Кремль прокомментировал переговоры",
        "Песков заявил журналистам, что новый раунд переговоров в Стамбуле возможен в ближайшие недели.",
    ),
    DemoArticle(
        "dnipro-daily",
        6,
        "delegation",
        "Делегація вирушила до Туреччини",
        "Перемовини в Стамбулі розпочнуться у середу, повідомив голова делегації. Песков цього не підтвердив.",
    ),
    DemoArticle(
        "bosphorus-post",
        9,
        "gorusmeler",
        "Heyetler yeniden masada",
        "İstanbul görüşmeleri çarşamba günü yeniden başladı; taraflar esir takasında anlaştı.",
    ),
    DemoArticle("channel-herald", 12, "talks", "Delegations meet for an hour", _WIRE),
    DemoArticle("bosphorus-post", 15, "wire", "Delegations meet for an hour", _WIRE),
)


def feed(site: DemoSite, articles: Sequence[DemoArticle], now: datetime) -> str:
    """Return the RSS of a site with these articles."""
    address = f"https://{site.name}.example.org"
    items = "".join(
        f"<item><title>{escape(article.title)}</title><link>{address}/{article.slug}</link>"
        f"<guid>{address}/{article.slug}</guid><pubDate>{format_datetime(now)}</pubDate>"
        f"<description>{escape(article.text)}</description></item>"
        for article in articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(site.title)}</title><link>{address}/</link><language>{site.language}</language>"
        f"{items}</channel></rss>"
    )


class DemoSites:
    """A web server on loopback that serves each site's feed with the articles published by then."""

    def __init__(self, started: datetime) -> None:
        self._started = started
        self._elapsed = asyncio.get_running_loop().time
        self._zero = self._elapsed()
        self._server: asyncio.Server | None = None

    def begin(self) -> None:
        """Count the seconds of the articles from now."""
        self._zero = self._elapsed()

    async def open(self) -> int:
        """Listen, and return the port."""
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()

    def published(self, name: str) -> list[DemoArticle]:
        """Return the articles that this outlet has published by now."""
        elapsed = self._elapsed() - self._zero
        return [article for article in ARTICLES if article.outlet == name and article.after <= elapsed]

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            path = request.split(b" ", 2)[1].decode("ascii", "replace").strip("/").removesuffix(".xml")
            writer.write(self._response(path))
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
            return
        finally:
            writer.close()

    def _response(self, path: str) -> bytes:
        site = next((site for site in SITES if site.name == path), None)
        if site is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        body = feed(site, self.published(path), self._started).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + b"Connection: close\r\n\r\n" + body
