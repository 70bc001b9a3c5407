"""A world with workers: processes on one PostgreSQL, any of which is killed or stopped, and edits of the rules."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import psycopg

from monitor.store.lease_tokens import EMBEDDED, worker_of
from tests.crash.life import NEVER, Life
from tests.crash.world import READERS, RULES, World

NEW = "new@readers.test"
"""Who joins a rule in the middle of the work, and must be told of all that it finds, each once."""
SILENCE = 3.0
"""Seconds after which a worker counts as dead here: three times `takeover`."""


@dataclass
class Crew(World):
    """A conductor and workers; each round something is done to one of them, or to all."""

    workers: int = 3
    settings: str = "takeover: 1s\n"
    readers: Mapping[str, set[str]] = field(default_factory=lambda: READERS | {NEW: {"alpha"}})
    done: list[str] = field(default_factory=list)
    _lives: dict[str, Life] = field(default_factory=dict)
    _is_sender_to_die: bool = False

    async def live(self, rounds: int) -> None:
        """Begin, let so many things happen, then let them all finish the work and stop."""
        with self.mailbox:
            async with self.newsroom:
                self._write_config()
                names = ["conductor", *(f"worker{number}" for number in range(1, self.workers + 1))]
                for name in names:
                    self._lives[name] = self._begin(name)
                for number in range(rounds):
                    await asyncio.sleep(self.chance.uniform(0.5, 6))
                    await self._disturb(number, rounds)
                await self._finish_together()
                # Digests of the hour leave in the next one.
                self.ahead = 61 * 60
                await self._finish(self._nothing_waits)

    async def _disturb(self, number: int, rounds: int) -> None:
        if number == rounds // 2:
            self._edit(RULES.replace("gone]", f"gone, {NEW}]"))
            self.done.append("reader")
            return
        what = self.chance.choice(["kill", "kill", "sender", "sender", "stop", "sessions", "edit"])
        self.done.append(what)
        victim = self.chance.choice(list(self._lives))
        if what == "kill":
            self.ends += 1
            self._lives[victim].strike()
        elif what == "sender":
            self._is_sender_to_die = True
        elif what == "stop":
            await self._stand_still(self._lives[victim])
        elif what == "sessions":
            with psycopg.connect(self.database, autocommit=True) as conn:
                conn.execute(_END_SESSIONS)
        else:
            rules = (self.folder / "config" / "rules.yaml").read_text()
            before, after = ("(beta)", "beta") if "(beta)" in rules else ("query: beta", "query: (beta)")
            self._edit(rules.replace(before, after))
        await self._replace_the_dead()

    def _edit(self, rules: str) -> None:
        (self.folder / "config" / "rules.yaml").write_text(rules)

    async def _stand_still(self, life: Life) -> None:
        """Stop a process for longer than the silence after which its claims are given to others."""
        life.process.send_signal(signal.SIGSTOP)
        # What it had sent may be sent again: what was taken until its claims are given back counts as of before.
        self.ends += 1
        await asyncio.sleep(SILENCE * 0.6)
        self.ends += 1
        await asyncio.sleep(SILENCE)
        life.process.send_signal(signal.SIGCONT)

    async def _replace_the_dead(self) -> None:
        for name, life in self._lives.items():
            if life.struck:
                await life.over()
                await self._alone(life)
                self._lives[name] = self._begin(name)
            elif (code := life.process.poll()) is not None:
                self.faults.append(f"{name} ended with {code}")
                self._lives[name] = self._begin(name)

    async def _finish_together(self) -> None:
        """Everything that is published is read and told; then all stop as they should, a worker within 15 seconds."""
        self.newsroom.open = self._is_sender_to_die = False
        self.mailbox.fault("rcpt:gone@readers.test=550")
        await self._replace_the_dead()
        self.newsroom.answers.clear()
        deadline = time.monotonic() + 90
        while not (self.newsroom.all_read() and await asyncio.to_thread(self._nothing_is_due)):
            if time.monotonic() > deadline:
                self.faults.append("the work is not finished after 90 seconds")
                break
            await asyncio.sleep(0.2)
        await self._replace_the_dead()
        for name, life in sorted(self._lives.items(), reverse=True):
            began = time.monotonic()
            await self._stop(life)
            if name != "conductor" and time.monotonic() - began > 16:
                self.faults.append(f"{name} stopped after {time.monotonic() - began:.0f} seconds")

    def _begin(self, name: str) -> Life:
        data = self.folder / ("data" if name == "conductor" else name)
        data.mkdir(parents=True, exist_ok=True)
        if name == "conductor":
            return self._start(NEVER)
        return self._spawn(["work", "--database", self.database, "--data", str(data)], NEVER, f"{name}.log")

    def _taken(self) -> int:
        """Note that a mail was taken, before its sender hears of it; he may have to die now."""
        life = self.ends
        if self._is_sender_to_die and (sender := self._sender()):
            self._is_sender_to_die = False
            self.ends += 1
            sender.strike()
        return life

    def _sender(self) -> Life | None:
        """Who has the mail account just now."""
        with psycopg.connect(self.database, autocommit=True) as conn:
            row = conn.execute(
                "SELECT token FROM sending_accounts WHERE token IS NOT NULL AND account = 'mail'"
            ).fetchone()
        holder = worker_of(row[0]) if row else ""
        if holder == EMBEDDED:
            return self._lives["conductor"]
        for name, life in self._lives.items():
            file = self.folder / name / "process"
            if file.exists() and holder.endswith(f":{file.read_text()}"):
                return life
        return None


_END_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""
