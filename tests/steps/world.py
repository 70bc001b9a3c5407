"""A whole world in a temporary folder: files, a database, an outlet and a mail server on loopback, a clock to turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from html import escape
from pathlib import Path

from monitor.channels.edited_layout import MESSAGE_JOB
from monitor.config import Config, Loaded, load
from monitor.fetching import HostLimiter
from monitor.net import Client, Gate
from monitor.run.startup import PARSE_JOB
from monitor.steps.active_config import ActiveConfig
from monitor.steps.apply_config import apply_config
from monitor.steps.claims import Claims
from monitor.steps.clock import Clock
from monitor.steps.clock_jumps import repair_store
from monitor.steps.config_in_force import stored_config
from monitor.steps.context import Context
from monitor.steps.deliver import deliver
from monitor.steps.host_rounds import claim_work
from monitor.steps.host_turns import redirect_turn, require_known_alive
from monitor.steps.ingest import Ingested
from monitor.steps.login_records import StoredLogins
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.poll import open_pipeline, poll
from monitor.steps.read_login import LOGIN_JOB
from monitor.steps.read_page import JOB
from monitor.steps.reload import reload
from monitor.steps.work import Work
from monitor.store import Connection, Store, article_queries, delivery_admin, incident_records, poll_records
from monitor.store.article_queries import StoredArticle
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.feeds import DueFeed, FeedState
from monitor.store.host_claims import Room
from monitor.store.incident_records import Incident
from monitor.store.lease_tokens import EMBEDDED
from tests.peers.http import Outlet
from tests.peers.smtp import Accepted, Peer
from tests.steps.shared_workers import shared_workers

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
READER = "ann@readers.test"
OPERATOR = "it@desk.test"

SETTINGS = """\
operator: {{to: {operator}}}
mail: {{from: News <monitor@desk.test>, host: 127.0.0.1, port: {port}, security: none, timeout: 5}}
private_hosts_allowed: [127.0.0.0/8]
defaults: {{fulltext: never}}
"""
RULES = f"""\
rules:
  - {{name: Harbour, to: [{READER}], query: harbour}}
"""
READERS = (READER, "bob@readers.test", "cid@readers.test", "dan@readers.test", "eve@readers.test")
TEXT = "The council met on Monday and spoke for two hours about the {} before it went home without a vote."


@dataclass(frozen=True)
class Item:
    """One piece as a feed shows it."""

    name: str
    text: str = ""
    at: datetime | None = None
    link: str = ""
    title: str = ""

    def xml(self, site: str) -> str:
        """The piece in RSS."""
        link = self.link or f"{site}/{self.name}.html"
        date = f"<pubDate>{format_datetime(self.at)}</pubDate>" if self.at else ""
        text = escape(self.text or TEXT.format(self.name))
        title = escape(self.title or f"News of the {self.name}")
        return f"<item><title>{title}</title><link>{link}</link><description>{text}</description>{date}</item>"


def rss(items: Sequence[Item], site: str = "https://news.test") -> bytes:
    """A feed of these pieces, the first one first."""
    body = "".join(item.xml(site) for item in items)
    return f'<rss version="2.0"><channel><title>News</title><link>{site}</link>{body}</channel></rss>'.encode()


def rule_for(readers: Sequence[str], name: str = "Harbour") -> str:
    """What rules.yaml says of one rule for these readers, which looks for its own name."""
    return f"rules:\n  - {{name: {name}, to: [{', '.join(readers)}], query: {name.casefold()}}}\n"


@dataclass
class World:
    """What a test works with; `clock` is what everything takes for the present moment.

    With `as_worker` the road is that of a worker beside the conductor, whose context is `conductor` and whose database
    (PostgreSQL) is opened again for the worker: `ctx` and `store` are the worker's.
    """

    folder: Path
    store: Store
    mail: Peer
    news: Outlet
    clock: datetime = START
    files: dict[str, str] = field(default_factory=dict)
    as_worker: bool = False
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def __post_init__(self) -> None:
        self._conducting = self.store

    async def __aenter__(self) -> World:
        self._stack.enter_context(self.mail)
        await self._stack.enter_async_context(self.news)
        self.write({"monitor.yaml": self.settings(), "rules.yaml": RULES, "outlets.yaml": self.outlets("/rss")})
        await self.begin()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    # --- files -------------------------------------------------------------------------------------------------

    def settings(self, more: str = "") -> str:
        """What monitor.yaml says, with more lines after it."""
        return SETTINGS.format(operator=OPERATOR, port=self.mail.port) + more

    def outlets(self, *paths: str, name: str = "news", more: str = "") -> str:
        """What outlets.yaml says: one outlet with these feeds of the loopback server."""
        feeds_ = ", ".join(self.news.url(path) for path in paths)
        return f"outlets:\n  - {{name: {name}, feeds: [{feeds_}], language: en}}\n{more}"

    def write(self, files: Mapping[str, str]) -> None:
        """Save files of the configuration."""
        directory = self.folder / "config"
        directory.mkdir(exist_ok=True)
        for name, text in files.items():
            (directory / name).write_text(text, encoding="utf-8")

    def load(self) -> Loaded:
        """The folder as it stands."""
        return load(self.folder / "config", data=self.folder / "data")

    # --- the road ----------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Start as the daemon does, on the same database: everything but the database is made anew."""
        (self.folder / "data").mkdir(exist_ok=True)
        found = self.load()
        assert found.config is not None, found.problems
        self.conductor = self.ctx = self._context(found.config, self._conducting)
        await self._conducting.write(repair_store, self.ctx.active.config, self.clock)
        self.batch_id = await apply_config(self.ctx, found)
        if self.as_worker:
            self.store = Store.open(self._conducting.place, worker=True)
            self._stack.callback(self.store.close)
            self.ctx = self._context(await stored_config(self.store, self.folder / "data"), self.store, "worker")
        self.road = open_pipeline(self.ctx)

    def _context(self, config: Config, store: Store, worker: str = EMBEDDED) -> Context:
        client = Client(Gate(config.settings.keys.private_hosts_allowed), user_agent="monitor-test")
        clock = Clock(lambda: self.clock)
        access = OutletAccess(client, shared_workers(PARSE_JOB), HostLimiter(0))
        self._stack.push_async_callback(access.close)
        ctx = Context(store, Claims(store, clock.now, worker), ActiveConfig(config), access, clock, worker == EMBEDDED)
        client.host_turn = partial(redirect_turn, ctx)
        client.before_request = partial(require_known_alive, ctx.claims)
        access.logins, access.login_workers = StoredLogins(ctx), shared_workers(LOGIN_JOB)
        ctx.templates.workers = shared_workers(MESSAGE_JOB, timeout=2.0)
        return ctx

    def work(self) -> Work:
        """Return what carries the road of this start."""
        return Work(self.ctx, self.batch_id, shared_workers(JOB, timeout=20.0))

    async def reload(self) -> Loaded:
        """Do what the daemon does after an edit was saved."""
        return await reload(self.conductor, self.folder / "config")

    @contextmanager
    def edited_before(self, transaction: str) -> Iterator[None]:
        """Let rules that look for the harbour look for the market from just before this function's transaction."""
        written = self.store.write

        async def edited_in_between(work, *args, **more):  # type: ignore[no-untyped-def]
            if work.__name__ == transaction:
                self.store.write = written  # type: ignore[method-assign]
                rules = (self.folder / "config" / "rules.yaml").read_text().replace("harbour", "market")
                self.write({"rules.yaml": rules})
                await apply_config(self.conductor, self.load())
            return await written(work, *args, **more)

        self.store.write = edited_in_between  # type: ignore[method-assign]
        yield
        assert self.store.write == written, f"{transaction} never ran"

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.clock += timedelta(**span)

    async def claim(self) -> list[DueFeed]:
        """Claim what is due."""
        return list((await claim_work(self.ctx, Room(100))).feeds)

    async def poll(self) -> dict[str, Ingested | None]:
        """Poll everything that is due, one after the other; return what became of each address."""
        polled: dict[str, Ingested | None] = {}
        # A claim hands out a part of what is due at a host.
        while due := await self.claim():
            polled |= {feed.state.url: await poll(self.ctx, self.road, feed) for feed in due}
        return polled

    async def visit(self) -> Ingested:
        """Poll the one feed, which is made due first."""
        await self.store.write(poll_records.make_due, self.clock)
        found = list((await self.poll()).values())
        assert len(found) == 1
        assert found[0] is not None
        return found[0]

    async def visit_at(self, path: str) -> Ingested:
        """Poll everything, made due first; return what became of this path."""
        await self.store.write(poll_records.make_due, self.clock)
        kept = (await self.poll())[self.news.url(path)]
        assert kept is not None
        return kept

    async def send(self) -> int:
        """Send what is due, until nothing is; return how many mails were taken."""
        total = idle = 0
        while idle < 2:
            sent = await deliver(self.ctx)
            total += sent
            # A round without a mail may have ended in a notice to the operator, which leaves with the next one.
            idle = 0 if sent else idle + 1
        return total

    async def settle(self, *items: Item) -> None:
        """Get the first poll of `/rss`, with its summary, out of the way."""
        self.publish(*items or (Item("weather", at=self.clock),))
        await self.visit()
        self.later(minutes=10)
        await self.send()
        self.mail.accepted.clear()

    async def wait_for(self, *readers: str) -> World:
        """Let one story wait to be told to each of these readers."""
        self.write({"rules.yaml": rule_for(readers)})
        await self.reload()
        await self.settle()
        self.publish(Item("harbour"), Item("weather"))
        await self.visit()
        return self

    def publish(self, *items: Item, path: str = "/rss", etag: str = "") -> None:
        """Let a feed show these pieces."""
        self.news.feed(path, rss(items), etag=etag)

    # --- what came of it ---------------------------------------------------------------------------------------

    def mails(self, to: str = READER) -> list[EmailMessage]:
        """The mails that the server took for somebody, read as that person's program reads them."""
        return [_mail(one) for one in self.mail.accepted if to in one.recipients]

    def subjects(self, to: str = READER) -> list[str]:
        """What these mails are called."""
        return [mail["Subject"] for mail in self.mails(to)]

    async def feed(self, path: str = "/rss") -> FeedState:
        """What is known of a feed."""
        return await self.feed_at(self.news.url(path))

    async def feed_at(self, url: str) -> FeedState:
        """What is known of the feed at an address."""
        (state,) = [one for one in await self.store.read(poll_records.states, active=False) if one.url == url]
        return state

    async def articles(self) -> list[StoredArticle]:
        """Every stored article, by id."""
        return sorted(await self.store.read(article_queries.between, limit=5000), key=lambda stored: stored.id)

    async def deliveries(self) -> list[DeliveryRow]:
        """Every delivery, the oldest first."""
        return (await self.store.read(delivery_admin.listing))[::-1]

    async def states(self, to: str = READER) -> list[str]:
        """Where the deliveries to somebody stand."""
        return [one.state.value for one in await self.deliveries() if one.alert.recipient == to]

    async def incidents(self) -> list[Incident]:
        """What is open."""
        return await self.store.read(incident_records.unclosed)

    async def count(self, query: str) -> int:
        """The number that a query gives."""

        def one(conn: Connection) -> int:
            return int(conn.exec_driver_sql(query).scalar_one())

        return await self.store.read(one)


def _mail(one: Accepted) -> EmailMessage:
    found = message_from_bytes(one.raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail, without the stars around what was found."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("*", "")
