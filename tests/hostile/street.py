"""One world in which hostile outlets stand beside healthy ones: it is lived through, and a verdict given on each."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import resource
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from monitor.run.log_format import JsonFormatter, LineFormatter
from monitor.steps.poll import poll
from monitor.store import Store, poll_records
from monitor.store.feeds import DueFeed
from tests.hostile.behaviour import TWIN, Behaviour, Stand
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.peers.tls import ServerTLS, authority
from tests.steps.world import OPERATOR, READER, Item, World, rule_for, text_of

HEALTHY = ("/north", "/south")
DEADLINE = 3.0
"""Seconds that a whole answer gets here, in place of a minute."""
LIMIT = 60.0
"""Seconds that a visit may take with all that it sets off."""
LONGEST = 60
"""Behaviours side by side, so that the last mail has room for what each of them says once it is well."""
MEMORY = 340
"""MiB by which this process may grow on one street (316 seen): pages have up to 10 MiB; a hundred are read at once."""
HEADERS = re.compile(
    r"from|to|subject|date|message-id|mime-version|content-.*|list-.*|x-.*|auto-submitted|reply-to|precedence"
    r"|in-reply-to|references|feedback-id",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Outcome:
    """What became of one behaviour: what is wrong with it is empty where it was survived."""

    name: str
    expected: str
    happened: str
    wrong: tuple[str, ...] = ()


@dataclass
class _Log(logging.Handler):
    """Every line that the daemon would write."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._forms = (LineFormatter(), JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [form.format(record) for form in self._forms]

    def __hash__(self) -> int:
        return id(self)


@dataclass
class Street:
    """A world with one stand for each behaviour."""

    world: World
    stands: dict[str, Stand]
    behaviours: Sequence[Behaviour]
    log: _Log = field(default_factory=_Log)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    happened: dict[str, str] = field(default_factory=dict)
    shown: dict[str, list[Item]] = field(default_factory=lambda: {path: [] for path in HEALTHY})

    async def live(self) -> list[Outcome]:
        """Let the outlets be well, misbehave, and be well again."""
        await self._open()
        before = _memory()
        for visit in range(max(behaviour.visits for behaviour in self.behaviours)):
            await self._round(visit)
        await self._judge()
        await self._recover()
        self._read_mails_and_log()
        if (grown := _memory() - before) > MEMORY:
            self._all(f"the process grew by {grown} MiB")
        return [
            Outcome(one.name, one.expected, self.happened[one.name], tuple(self.wrong.get(one.name, ())))
            for one in self.behaviours
        ]

    # --- the road ------------------------------------------------------------------------------------------------

    async def _open(self) -> None:
        for stand in self.stands.values():
            stand.behave(*stand.calm())
        self._publish("weather")
        everybody = [one for stand in self.stands.values() for one in (stand, stand.twin) if one]
        more = "".join(f"  - {{name: {one.slug}, feeds: [{one.url}], language: en}}\n" for one in everybody)
        outlets = self.world.outlets(*HEALTHY, more=more)
        self.world.write({"outlets.yaml": outlets, "rules.yaml": rule_for([READER])})
        assert not (await self.world.reload()).problems
        await self._poll_all(self.behaviours)
        self.world.later(minutes=30)
        await self.world.send()
        self.world.mail.accepted.clear()
        self._blame(self.wrong, "not read while it was well")

    def _publish(self, name: str) -> None:
        for path, shown in self.shown.items():
            shown.insert(0, Item(f"{name} of the {path[1:]}", at=self.world.clock))
            self.world.publish(*shown, path=path)

    async def _round(self, visit: int) -> None:
        self.world.later(hours=25)
        self._publish(f"harbour {visit}")
        self.world.mail.accepted.clear()
        playing = [one for one in self.behaviours if visit < one.visits]
        for one in playing:
            self.stands[one.name].visit = visit
            one.play(self.stands[one.name])
        order = await self._poll_all(playing)
        await self.world.send()
        self._check_healthy(f"harbour {visit}", order)

    def _check_healthy(self, name: str, order: Sequence[str]) -> None:
        """The healthy outlets are read before those that hang, and mailed."""
        mailed = " ".join(_words(text) for text in map(text_of, self.world.mails()))
        hanging = [self.stands[one.name].url for one in self.behaviours if one.hangs]
        late = min((order.index(url) for url in hanging if url in order), default=len(order))
        for path in HEALTHY:
            if f"News of the {name} of the {path[1:]}" not in mailed:
                self._all(f"the healthy outlet {path} was not mailed")
            if order.index(self.world.news.url(path)) > late:
                self._all(f"the healthy outlet {path} waited for one that hangs")

    async def _poll_all(self, playing: Iterable[Behaviour]) -> list[str]:
        """Poll the healthy outlets and these, all at once; return their addresses as they ended."""
        wanted = {
            who.url: one for one in playing for stand in [self.stands[one.name]] for who in (stand, stand.twin) if who
        }
        await self.world.store.write(poll_records.make_due, self.world.clock)
        order: list[str] = []
        due = [feed for feed in await self.world.claim() if feed.state.url in {*wanted, *self._healthy()}]
        await asyncio.gather(*(self._poll(feed, wanted.get(feed.state.url), order) for feed in due))
        return order

    async def _poll(self, feed: DueFeed, behaviour: Behaviour | None, order: list[str]) -> None:
        try:
            async with asyncio.timeout(LIMIT):
                await poll(self.world.ctx, self.world.road, feed)
        except Exception as error:
            self.wrong.setdefault(behaviour.name if behaviour else "", []).append(f"the visit ended in {error!r}")
        order.append(feed.state.url)

    def _healthy(self) -> set[str]:
        return {self.world.news.url(path) for path in HEALTHY}

    # --- verdicts ------------------------------------------------------------------------------------------------

    async def _judge(self) -> None:
        counts = await self._stored()
        for one in self.behaviours:
            stand = self.stands[one.name]
            state = await self.world.feed_at(stand.url)
            found = sum(counts.get(who.slug, 0) - len(who.calm()) for who in (stand, stand.twin) if who)
            said = state.last_error or state.notes or ("" if state.health in ("", "ok") else state.health)
            self.happened[one.name] = f"{found} new articles" + (f", {state.health}: {said}" if said else "")
            if one.stored is not None and found != one.stored:
                self._blame([one.name], f"{found} articles in place of {one.stored}")
            if not re.search(one.said, said) or (said and not one.said):
                self._blame([one.name], f"status says {said!r} in place of {one.said!r}")

    async def _recover(self) -> None:
        """Be well again: within two days, by its own plan, each outlet is read and mailed."""
        self.world.mail.accepted.clear()
        for stand in self.stands.values():
            stand.behave(stand.item("harbour again"), *stand.calm())
        for _ in range(2):
            self.world.later(hours=25)
            await asyncio.gather(*(self._poll(feed, None, []) for feed in await self.world.claim()))
            await self.world.send()
        mailed = " ".join(_words(text) for text in map(text_of, self.world.mails()))
        for one in self.behaviours:
            stand = self.stands[one.name]
            state = await self.world.feed_at(stand.url)
            if f"News of the {stand.slug} harbour again" not in mailed:
                self._blame([one.name], f"not mailed once it was well again ({state.health} {state.last_error})")
            elif state.failures or state.last_error or state.notes:
                self._blame([one.name], f"well again, and status says {state.last_error or state.notes!r}")

    async def _stored(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for stored in await self.world.articles():
            counts[stored.article.outlet] = counts.get(stored.article.outlet, 0) + 1
        return counts

    def _read_mails_and_log(self) -> None:
        """Nothing that an outlet wrote may stand in a mail's head or in the log as anything but text."""
        for mail in self.world.mails() + self.world.mails(OPERATOR):
            odd = [name for name in mail.keys() if not HEADERS.fullmatch(name)]  # noqa: SIM118 - no mapping
            if odd or _CONTROLS.search(mail["Subject"]):
                self._all(f"a mail with {odd} and the subject {mail['Subject']!r}")
        strangers = {to for one in self.world.mail.accepted for to in one.recipients} - {READER, OPERATOR}
        if strangers:
            self._all(f"mails to {strangers}")
        if odd_lines := [line for line in self.log.lines if _CONTROLS.search(line)]:
            self._all(f"a line of the log: {odd_lines[0]!r}")

    def _blame(self, names: Iterable[str], what: str) -> None:
        for name in list(names):
            self.wrong.setdefault(name, []).append(what)

    def _all(self, what: str) -> None:
        """Blame everybody on the street for what cannot be laid at one door."""
        self._blame((one.name for one in self.behaviours), what)


def _words(text: str) -> str:
    return " ".join(text.split())


def _memory() -> int:
    """The most that this process has taken so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@asynccontextmanager
async def street(folder: Path, behaviours: Sequence[Behaviour]) -> AsyncIterator[Street]:
    """Open a world with these outlets in a folder; the turnstile goes by the world's clock."""
    async with AsyncExitStack() as stack:
        store = stack.enter_context(Store.open(folder / "monitor.db"))
        world = await stack.enter_async_context(World(folder, store, Peer(), Outlet()))
        world.ctx.access.client.deadline = DEADLINE
        stack.enter_context(patch.dict(os.environ, SSL_CERT_FILE=str(folder / "authority.pem")))
        authority().cert_pem.write_to_path(str(folder / "authority.pem"))
        stack.enter_context(patch("monitor.fetching.host_limiter._clock", lambda: world.clock.timestamp()))
        stands = {}
        for number, one in enumerate(behaviours, 2):
            host = f"127.0.2.{number}"
            outlet = await stack.enter_async_context(Outlet((host,), tls=ServerTLS(host) if one.tls else None))
            twin = Stand(f"h{number}twin", outlet, path=TWIN) if one.twin else None
            stands[one.name] = Stand(f"h{number}", outlet, twin)
        made = Street(world, stands, behaviours)
        logging.getLogger("monitor").addHandler(made.log)
        stack.callback(logging.getLogger("monitor").removeHandler, made.log)
        yield made


async def walk(folder: Path, behaviours: Sequence[Behaviour]) -> list[Outcome]:
    """Live through one street, in an empty folder: in parts where it is long."""
    outcomes: list[Outcome] = []
    for start in range(0, len(behaviours), LONGEST):
        part = folder / str(start)
        part.mkdir()
        async with street(part, behaviours[start : start + LONGEST]) as made:
            outcomes += await made.live()
    return outcomes
