"""Faults: mails that did not leave, or left wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path
from unittest.mock import patch

import yaml

from monitor.alerts import Letter, render, specimen
from monitor.channels import dial, probe
from monitor.channels.account import Options
from monitor.model import Alert, Kind
from monitor.steps.troubles import report
from monitor.store import Store
from tests.alerts.letters import bodies
from tests.alerts.test_size import crowded
from tests.channels.test_dial import black_hole
from tests.faults.check import Check
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import Item, World, text_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@asynccontextmanager
async def _world(folder: Path, **mail: object) -> AsyncIterator[World]:
    """A daemon's world on SQLite, with a mail server that is given to it."""
    with Store.open(folder / "monitor.db") as store:
        async with World(folder, store, Peer(**mail), Outlet()) as world:  # type: ignore[arg-type]
            yield world


async def two_operators(folder: Path, tmp_path: Path) -> None:
    """The mail leaves, an answer reaches both, and both get the notices."""
    operators = yaml.safe_load((folder / "monitor.yaml").read_text())["operator"]["to"]
    async with _world(tmp_path) as world:
        world.write({"monitor.yaml": world.settings().replace("it@desk.test", f"[{', '.join(operators)}]")})
        await world.reload()
        await world.settle()
        world.publish(Item("harbour"), Item("weather"))
        await world.visit()
        await report(world.ctx, "disk", "storage", "the disk is full")
        await world.send()
        (mail,) = world.mails()
        assert [address for _, address in getaddresses([mail["Reply-To"]])] == operators
        assert [world.subjects(one) for one in operators] == [["Trouble: storage"]] * len(operators)
        assert {one.state.value for one in await world.deliveries()} == {"sent"}


async def first_address_black_hole(folder: Path, tmp_path: Path) -> None:
    """Of two addresses the first swallows every SYN; the second gets the mail, within the time-out of 5 seconds."""

    async def resolve(host: str) -> list[str]:
        return {"mail.two.test": ["127.0.0.1", "127.0.0.2"]}[host]

    with Peer(host="127.0.0.2") as peer, black_hole(peer.port), patch.object(dial, "system_resolver", lambda: resolve):
        mail = {"from": "m@t.test", "host": "mail.two.test", "port": peer.port, "security": "none", "timeout": 5}
        phases = await probe(Options.model_validate(mail), render(specimen("m@t.test", "desk@t.test", NOW)), str)
    assert [phase.ok for phase in phases] == [True] * 5
    assert len(peer.accepted) == 1


async def reply_to_8bit(folder: Path, tmp_path: Path) -> None:
    """A server without SMTPUTF8 gets a mail in ASCII alone; the foot says whom to write to."""
    operator = yaml.safe_load((folder / "monitor.yaml").read_text())["operator"]["to"]
    async with _world(tmp_path) as world:
        world.write({"monitor.yaml": world.settings().replace("it@desk.test", operator)})
        await world.reload()
        await world.settle()
        world.publish(Item("harbour"), Item("weather"))
        await world.visit()
        await world.send()
        (mail,) = world.mails()
        assert all(accepted.raw.isascii() for accepted in world.mail.accepted)
        assert mail["Reply-To"] is None
        assert f"or write to {operator}" in text_of(mail)


async def no_x_auto_response_suppress(folder: Path, tmp_path: Path) -> None:
    """Exchange is told, too, that nobody wants an absence note: in alerts and notices alike."""
    notice = Alert("it@t.test", "trouble:x", 0, Kind.NOTICE, NOW, subject="Trouble", text="The disk is full.")
    for letter in (specimen("m@t.test", "desk@t.test", NOW), Letter(notice, "m@t.test", NOW)):
        mail = message_from_bytes(render(letter).raw, policy=policy.default)
        assert mail["X-Auto-Response-Suppress"] == "All"
        assert mail["Auto-Submitted"] == "auto-generated"


async def digest_over_102k(folder: Path, tmp_path: Path) -> None:
    """Fifty stories that up to eight other outlets carry, in English and Russian: nothing is cut off at the end."""
    russian = "Песков заявил, что переговоры в Стамбуле продолжатся на следующей неделе. "
    for text in ("Peskov says that the talks in Istanbul will go on next week. ", russian):
        for others in (0, 1, 3, 8):
            _, html = bodies(render(crowded(50, others, text * 3)))
            assert len(html.encode()) < 100_000
            told = html.count('class="story"')
            assert told == 50 or f"{50 - told} more stories matched" in html
            assert "Rule 0" in html
            assert "To change what you get" in html


CHECKS: dict[str, Check] = {
    "digest-over-102k": digest_over_102k,
    "first-address-black-hole": first_address_black_hole,
    "no-x-auto-response-suppress": no_x_auto_response_suppress,
    "reply-to-8bit": reply_to_8bit,
    "two-operators": two_operators,
}
