"""Faults: mails that did not leave, or left wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path
from unittest.mock import patch

import yaml

from monitor.alerts import AlertContent, sample_alert
from monitor.channels import probe, smtp_connect
from monitor.channels.mail_options import MailOptions
from monitor.model import Alert, Kind
from monitor.steps.incidents import report
from monitor.store import Store
from tests.alerts.letters import bodies, render
from tests.channels.test_mail_size import crowded
from tests.channels.test_smtp_connect import SILENT, black_hole
from tests.faults.check import Check
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import READERS, Item, World, text_of

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


async def account_refused_at_rcpt(folder: Path, tmp_path: Path) -> None:
    """Each answer lets everything wait and is told once; the last one is its reader's own."""
    *ours, own = _replies(folder)
    for number, (phase, code, words) in enumerate(ours):
        (place := tmp_path / str(number)).mkdir()
        async with _world(place, words={phase: words}) as world:
            await world.wait_for(*READERS[:2])
            world.mail.fault(f"{phase}={code}")
            for _ in range(6):
                await world.send()
                world.later(hours=1)
            assert await world.states(READERS[0]) == await world.states(READERS[1]) == ["waiting"], words
            assert [trouble.kind for trouble in await world.incidents()] == ["mail account"], words
            world.mail.fault()
            await world.send()
            assert [world.subjects(one) for one in READERS[:2]] == [["News of the harbour"]] * 2
            assert Counter(world.subjects("it@desk.test")).most_common(1)[0][1] == 1
    phase, code, words = own
    async with _world(tmp_path, words={phase: words}) as world:
        await world.wait_for(*READERS[:2])
        world.mail.fault(f"{phase}:{READERS[0]}={code}")
        await world.send()
        assert (await world.states(READERS[0]), await world.states(READERS[1])) == (["failed"], ["sent"])


def _replies(folder: Path) -> list[tuple[str, str, str]]:
    """Phase, code and words of each line."""
    found = re.findall(r"(RCPT|dot) +(\d{3}) ([^)\n]+)", (folder / "replies.txt").read_text())
    return [(phase.lower(), code, words) for phase, code, words in found]


async def wrong_password_three_tries(folder: Path, tmp_path: Path) -> None:
    """One AUTH for each attempt, and fewer attempts from hour to hour."""
    async with _world(tmp_path, users={"monitor": "right"}, mechanisms="PLAIN LOGIN CRAM-MD5") as world:
        await world.wait_for(READERS[0])
        (tmp_path / "data" / "password").write_text("wrong")
        account = world.settings().replace("timeout: 5", "timeout: 5, user: monitor, password_file: password")
        world.write({"monitor.yaml": account})
        await world.reload()
        tries = []
        for _ in range(3):
            for _ in range(60):
                await world.send()
                world.later(minutes=1)
            tries.append(sum(line.startswith("AUTH") for line in world.mail.heard))
        assert tries == [6, 7, 8]
        assert await world.states(READERS[0]) == ["waiting"]


async def first_address_black_hole(folder: Path, tmp_path: Path) -> None:
    """Of two addresses the first swallows every SYN; the second gets the mail, within the time-out of 5 seconds."""

    async def resolve(host: str) -> list[str]:
        return {"mail.two.test": [SILENT, "127.0.0.2"]}[host]

    with (
        Peer(host="127.0.0.2") as peer,
        black_hole(peer.port),
        patch.object(smtp_connect, "system_resolver", lambda: resolve),
    ):
        mail = {"from": "m@t.test", "host": "mail.two.test", "port": peer.port, "security": "none", "timeout": 5}
        phases = await probe(
            MailOptions.model_validate(mail), render(sample_alert("m@t.test", "desk@t.test", NOW)), str
        )
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
    for letter in (sample_alert("m@t.test", "desk@t.test", NOW), AlertContent(notice, "m@t.test", NOW)):
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
    "account-refused-at-rcpt": account_refused_at_rcpt,
    "digest-over-102k": digest_over_102k,
    "wrong-password-three-tries": wrong_password_three_tries,
    "first-address-black-hole": first_address_black_hole,
    "no-x-auto-response-suppress": no_x_auto_response_suppress,
    "reply-to-8bit": reply_to_8bit,
    "two-operators": two_operators,
}
