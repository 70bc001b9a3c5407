"""A world with workers: processes on one PostgreSQL, of which some are a version ahead, and what is done to them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import sqlalchemy as sa

from monitor.model import State
from monitor.store import leases
from monitor.store.account_tables import sending_accounts
from monitor.store.host_tables import hosts
from monitor.store.lease_tokens import EMBEDDED, worker_of
from monitor.store.tables import deliveries, feeds, fulltext_requests
from tests.crash.later_version import VARIABLE, later_migrations
from tests.crash.life import NEVER, End, Life
from tests.crash.world import READERS, World
from tests.postgres import Server

NEW = "new@readers.test"
"""Who joins a rule in the middle of the work, and must be told of all that it finds, each once."""
CONDUCTOR, STANDBY = "conductor", "standby"
PATIENCE = 40.0
"""Seconds that a process may take to say what it has to say."""
STANDSTILL = 90.0
"""Seconds in which every feed must be read at the end, and then another mail be taken: more rests than may rest."""


@dataclass
class Crew(World):
    """A conductor and workers; each round something is done to one of them, or to all.

    `forced` is what is done for certain, in this order, spread over the rounds; the rest is drawn. `pauses` are the
    shortest and the longest time between two rounds, in seconds.
    """

    workers: int = 3
    server: Server | None = None
    forced: Sequence[str] = ()
    pauses: tuple[float, float] = (0.5, 6.0)
    settings: str = "takeover: 1s\n"
    readers: Mapping[str, set[str]] = field(default_factory=lambda: READERS | {NEW: {"alpha"}})
    done: list[str] = field(default_factory=list)
    lives: dict[str, Life] = field(default_factory=dict)
    # Who is of the later version.
    later: set[str] = field(default_factory=set)
    is_sender_to_die: bool = False
    # Until when, on the monotonic clock, a monitor may end whose start finds no server: its supervisor starts it again.
    may_find_no_server_until: float = 0.0

    async def live(self, rounds: int) -> None:
        """Begin, let so many things happen, then let them all finish the work and stop."""
        with self.mailbox:
            async with self.newsroom:
                self._write_config()
                later_migrations(self.folder)
                for name in (CONDUCTOR, *(f"worker{number}" for number in range(1, self.workers + 1))):
                    self.begin(name)
                await self._disturb(rounds)
                await self._finish_together()
                # Digests of the hour leave in the next one.
                self.ahead = 61 * 60
                await self._finish(self._nothing_waits)

    async def _disturb(self, rounds: int) -> None:
        from tests.crash.disturbances import ANY, DISTURBANCES

        forced = [what for what in self.forced if self.may(what)]
        at = dict(zip(sorted(self.chance.sample(range(rounds), len(forced))), forced, strict=True))
        for number in range(rounds):
            await asyncio.sleep(self.chance.uniform(*self.pauses))
            what = at.get(number) or self.chance.choice([one for one in ANY if self.may(one)])
            self.done.append(what)
            await DISTURBANCES[what](self)
            await self.replace_the_dead()

    def may(self, what: str) -> bool:
        """Whether this may be done here: a server that is not ours is not stopped."""
        return what not in ("power cut", "restart") or (self.server is not None and self.server.is_ours)

    def edit(self, name: str, text: str) -> None:
        """Save a file of the configuration."""
        (self.folder / "config" / name).write_text(text)

    def text_of(self, name: str) -> str:
        """What a file of the configuration says."""
        return (self.folder / "config" / name).read_text()

    def log_of(self, name: str) -> Path:
        """Where a process of this name says what it does."""
        return self.folder / ("log" if name == CONDUCTOR else f"{name}.log")

    async def said(self, name: str, text: str, since: int) -> bool:
        """Wait until a process has said something after so many bytes of its log; a fault if it does not in time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if text in self.log_of(name).read_bytes()[since:].decode(errors="replace"):
                return True
            await asyncio.sleep(0.1)
        self.faults.append(f"{name} did not say: {text}")
        return False

    def length_of(self, name: str) -> int:
        """How many bytes a process of this name has said so far."""
        return self.log_of(name).stat().st_size if self.log_of(name).exists() else 0

    async def replace_the_dead(self) -> None:
        """Start each anew that was killed; one that ended by itself is a fault."""
        for name, life in list(self.lives.items()):
            if life.struck:
                await self.bury(name)
                self.begin(name)
            elif (code := life.process.poll()) is not None:
                if code != 1 or name.startswith("worker") or time.monotonic() > self.may_find_no_server_until:
                    self.faults.append(f"{name} ended with {code}")
                self.begin(name)

    async def bury(self, name: str) -> None:
        """Wait until a process that was killed has ended, with all that it had started."""
        life = self.lives.pop(name)
        await life.over()
        await self._alone(life)

    async def _finish_together(self) -> None:
        """Everything that is published is read and told; then all stop as they should, a worker within 15 seconds."""
        self.newsroom.open = self.is_sender_to_die = False
        self.mailbox.fault("rcpt:gone@readers.test=550")
        await self.replace_the_dead()
        self.newsroom.answers.clear()
        await self._worked_off()
        await self.replace_the_dead()
        for name in sorted(self.lives, reverse=True):
            await self.stop(name)

    async def _worked_off(self) -> None:
        """Wait until every feed was read and all is told; a fault where a feed or the mails stand still meanwhile.

        A reader's mails leave one after the other, and a slow machine may take minutes for the hundreds that wait.
        """
        since, taken = time.monotonic(), -1
        while not ((is_read := self.newsroom.all_read()) and await asyncio.to_thread(self._nothing_is_due)):
            if is_read and len(self.mailbox.accepted) > taken:
                since, taken = time.monotonic(), len(self.mailbox.accepted)
            if time.monotonic() - since > STANDSTILL:
                left = await asyncio.to_thread(self._left)
                self.faults.append(f"nothing was done for {STANDSTILL:.0f} seconds: {left}")
                return
            await asyncio.sleep(0.2)

    def _left(self) -> str:
        """What is claimed by whom, what is due when, and what rests."""
        from tests.crash.verdict import open_store

        with open_store(self.place) as store, store.reading() as conn:
            held = [
                f"{table.name}: {row}"
                for table in leases.LEASED
                for row in conn.execute(sa.select(table.c.token, table.c.lease_until).where(table.c.token.is_not(None)))
            ]
            due = conn.execute(sa.select(feeds.c.url, feeds.c.due_at, feeds.c.health)).all()
            hung = conn.execute(sa.select(hosts.c.host, hosts.c.next_allowed_at, hosts.c.hangs)).all()
            pages = conn.execute(sa.select(fulltext_requests)).all()
            accounts = conn.execute(sa.select(sending_accounts)).all()
            waits = sa.select(deliveries.c.recipient, deliveries.c.due_at, deliveries.c.last_error)
            mails = conn.execute(waits.where(deliveries.c.state == State.WAITING)).all()
        return f"{self.newsroom.answers} {held} feeds {due} {hung} pages {pages} mails {mails} {accounts}"

    async def stop(self, name: str) -> None:
        """Stop a process as it should be, unless it was just killed: a worker within 15 seconds."""
        if self.lives[name].struck:
            await self.bury(name)
            return
        began = time.monotonic()
        await self._stop(self.lives.pop(name))
        if name.startswith("worker") and time.monotonic() - began > 16:
            self.faults.append(f"{name} stopped after {time.monotonic() - began:.0f} seconds")

    def begin(self, name: str) -> None:
        """Start a process."""
        data = self.folder / ("data" if name == CONDUCTOR else name)
        data.mkdir(parents=True, exist_ok=True)
        if name.startswith("worker"):
            words = ["work", "--database", self.database, "--data", str(data)]
        else:
            config = self.folder / ("config" if name == CONDUCTOR else "bare")
            words = ["run", "--config", str(config), "--data", str(data)]
        more = {VARIABLE: str(self.folder)} if name in self.later else {}
        self.lives[name] = self._spawn(words, NEVER, self.log_of(name).name, more)

    def _start(self, _: End) -> Life:
        self.begin(CONDUCTOR)
        return self.lives.pop(CONDUCTOR)

    def _taken(self) -> int:
        """Note that a mail was taken, before its sender hears of it; he may have to die now."""
        life = self.ends
        if self.is_sender_to_die and (sender := self._sender()):
            self.is_sender_to_die = False
            self.ends += 1
            sender.strike()
        return life

    def _sender(self) -> Life | None:
        """Who has the mail account just now."""
        account = "SELECT token FROM sending_accounts WHERE token IS NOT NULL AND account = 'mail'"
        try:
            with psycopg.connect(self.database, autocommit=True) as conn:
                row = conn.execute(account.encode()).fetchone()
                conductor = conn.execute(b"SELECT pid FROM processes WHERE role = 'conductor'").fetchone()
        except psycopg.OperationalError:
            return None
        holder = worker_of(row[0]) if row else ""
        for name, life in self.lives.items():
            file = self.folder / name / "process"
            is_worker = file.exists() and holder.endswith(f":{file.read_text()}")
            if is_worker or (holder == EMBEDDED and conductor and conductor[0] == life.process.pid):
                return life
        return None
