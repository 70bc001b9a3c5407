"""What an outlet may do to us, and what is expected of us then: one row of the table each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.peers.http import Outlet, Request, Route
from tests.peers.tls import ServerTLS
from tests.steps.world import Item, rss

FEED = "/feed"
TWIN = "/twin"
XML = {"Content-Type": "application/rss+xml"}


@dataclass
class Stand:
    """One outlet on an address of its own; `visit` counts how often it was visited while it misbehaves.

    `twin` is a second outlet on the same server, where there is one: it shows a feed of its own.
    """

    slug: str
    outlet: Outlet
    twin: Stand | None = None
    path: str = FEED
    visit: int = 0
    pinned: list[Item] = field(default_factory=list)

    @property
    def tls(self) -> ServerTLS | None:
        """How its server speaks TLS."""
        return self.outlet.tls if isinstance(self.outlet.tls, ServerTLS) else None

    @property
    def url(self) -> str:
        """The address of its feed."""
        return self.outlet.url(self.path)

    @property
    def site(self) -> str:
        """Where its pieces say that they stand."""
        return f"https://{self.slug}.test"

    def item(self, name: str = "piece") -> Item:
        """A piece of this outlet."""
        return Item(f"{self.slug} {name}", link=f"{self.site}/{name.replace(' ', '-')}.html")

    def calm(self) -> list[Item]:
        """What the outlet shows before it misbehaves."""
        return [self.item("weather")]

    def rss(self, *items: Item) -> bytes:
        """A feed of these pieces."""
        return rss(items, self.site)

    def behave(self, *items: Item) -> None:
        """Be an outlet like any other that shows these pieces."""
        self.outlet.routes.clear()
        self.page(self.rss(*items))
        if self.twin:
            self.twin.page(self.twin.rss(*self.twin.calm()))
        if self.tls:
            self.tls.behave()

    def page(self, body: bytes, status: int = 200, headers: Mapping[str, str] = XML) -> None:
        """Give one answer where the feed is."""
        self.outlet.page(self.path, body, status, headers)

    def route(self, serve: Route) -> None:
        """Answer with a function where the feed is."""
        self.outlet.routes[self.path] = serve

    def asked(self) -> list[Request]:
        """The requests for the feed."""
        return self.outlet.asked(self.path)


Play = Callable[[Stand], None]


@dataclass(frozen=True)
class Behaviour:
    """One row: what the outlet does (`play` is called before each visit), and what is expected of us.

    `stored` is how many new articles it leaves in all, and None where nobody can say; `said` a regular expression that
    finds what `status` says of the feed after the last visit, empty where it has nothing to say. `hangs` where only
    our deadline ends a visit: healthy outlets must not wait for it. `tls` makes it an https outlet, `twin` two outlets
    on one server.
    """

    name: str
    play: Play
    stored: int | None = 0
    said: str = ""
    visits: int = 1
    hangs: bool = False
    tls: bool = False
    twin: bool = False

    @property
    def expected(self) -> str:
        """The expectation for people."""
        count = "any number of articles" if self.stored is None else f"{self.stored} new articles"
        return f"{count}, {f'status says {self.said!r}' if self.said else 'nothing to say'}"


def fixed(body: bytes, status: int = 200, **headers: str) -> Play:
    """Give the same answer always; header names have underscores for hyphens."""
    named = XML | {name.replace("_", "-"): text for name, text in headers.items()}
    return lambda stand: stand.page(body, status, named)


def raw(data: bytes) -> Play:
    """Send bytes as they are, and close."""
    return lambda stand: stand.outlet.raw(FEED, data)
