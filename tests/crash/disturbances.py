"""What is done to processes that share one database: each is one function, and a line in the table."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Mapping

import psycopg

from tests.crash.crew import CONDUCTOR, NEW, STANDBY, Crew
from tests.crash.later_version import SETTING
from tests.crash.life import Life

SILENCE = 3.0
"""Seconds after which a worker counts as dead here: three times `takeover`."""
SENDING = 10.0
"""Seconds within which a mail is usually sent."""


async def kill(crew: Crew) -> None:
    """Kill anyone."""
    _strike(crew, crew.chance.choice(list(crew.lives)))


async def kill_conductor(crew: Crew) -> None:
    """Kill the conductor."""
    _strike(crew, CONDUCTOR)


def _strike(crew: Crew, name: str) -> None:
    crew.ends += 1
    crew.lives[name].strike()


async def kill_sender(crew: Crew) -> None:
    """Kill who sends, between the mail server's acceptance of the next mail and our record of it."""
    crew.is_sender_to_die = True
    deadline = time.monotonic() + SENDING
    while crew.is_sender_to_die and time.monotonic() < deadline:  # noqa: ASYNC110 - it happens in a thread
        await asyncio.sleep(0.05)


async def stop(crew: Crew) -> None:
    """Stop anyone for longer than the silence after which his claims are given to others."""
    await _stand_still(crew, crew.lives[crew.chance.choice(list(crew.lives))])


async def _stand_still(crew: Crew, life: Life) -> None:
    life.process.send_signal(signal.SIGSTOP)
    # What it had sent may be sent again: what was taken until its claims are given back counts as of before.
    crew.ends += 1
    await asyncio.sleep(SILENCE * 0.6)
    crew.ends += 1
    await asyncio.sleep(SILENCE)
    life.process.send_signal(signal.SIGCONT)


async def end_sessions(crew: Crew) -> None:
    """Let the server end all sessions."""
    with psycopg.connect(crew.database, autocommit=True) as conn:
        conn.execute(_END_SESSIONS)


async def power_cut(crew: Crew) -> None:
    """Let the server go down as without power, and come up again."""
    await _restart(crew, "QUIT")


async def restart(crew: Crew) -> None:
    """Let the server be restarted in order."""
    await _restart(crew, "INT")


async def _restart(crew: Crew, how: str) -> None:
    assert crew.server is not None
    crew.server.restart(how, pause := crew.chance.uniform(0, 1.5))
    await asyncio.sleep(pause)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            (await asyncio.to_thread(psycopg.connect, crew.database)).close()
        except psycopg.OperationalError:
            await asyncio.sleep(0.05)
        else:
            crew.may_find_no_server_until = time.monotonic() + 30
            return
    crew.faults.append("the server did not come up again")


async def edit(crew: Crew) -> None:
    """Write a rule otherwise that finds the same."""
    rules = crew.text_of("rules.yaml")
    before, after = ("(beta)", "beta") if "(beta)" in rules else ("query: beta", "query: (beta)")
    crew.edit("rules.yaml", rules.replace(before, after))


async def add_reader(crew: Crew) -> None:
    """Let one more hear of what a rule finds."""
    crew.edit("rules.yaml", crew.text_of("rules.yaml").replace("gone]", f"gone, {NEW}]"))


async def stand_by(crew: Crew) -> None:
    """Let a machine whose folder holds the settings alone take over from one that dies or stands still."""
    bare = crew.folder / "bare"
    bare.mkdir(exist_ok=True)
    (bare / "monitor.yaml").write_text(crew.text_of("monitor.yaml"))
    crew.later |= {STANDBY} if CONDUCTOR in crew.later else set()
    since = crew.length_of(STANDBY)
    crew.begin(STANDBY)
    if await crew.said(STANDBY, "takes over when it ends or falls silent", since):
        if crew.chance.random() < 0.5:
            _strike(crew, CONDUCTOR)
        else:
            await _stand_still(crew, crew.lives[CONDUCTOR])
        await crew.said(STANDBY, "stands alone here", since)
        await asyncio.sleep(crew.chance.uniform(0.2, 1.5))
    crew.ends += 1
    await crew.replace_the_dead()
    await crew.stop(STANDBY)


async def upgrade(crew: Crew) -> None:
    """Let a newer worker wait for the conductor, which is upgraded and migrates, while older ones go on."""
    if CONDUCTOR in crew.later:
        return
    newer, since = "worker1", crew.length_of("worker1")
    crew.later.add(newer)
    _strike(crew, newer)
    await crew.replace_the_dead()
    await crew.said(newer, "from an older monitor", since)
    crew.later.add(CONDUCTOR)
    _strike(crew, CONDUCTOR)
    await crew.replace_the_dead()
    await crew.said(newer, "working as", since)


async def write_later_setting(crew: Crew) -> None:
    """Write a setting that older workers do not know: they wait, also from the start, and are upgraded then."""
    await upgrade(crew)
    lengths = {name: crew.length_of(name) for name in crew.lives if name not in crew.later}
    crew.edit("monitor.yaml", crew.text_of("monitor.yaml").replace(SETTING, "") + SETTING)
    for name, since in lengths.items():
        await crew.said(name, "cannot be used on this machine: monitor.yaml", since)
    for name in lengths:
        since = crew.length_of(name)
        _strike(crew, name)
        await crew.replace_the_dead()
        await crew.said(name, "cannot be used on this machine: monitor.yaml", since)
        crew.later.add(name)
        _strike(crew, name)
    await crew.replace_the_dead()


_END_SESSIONS = b"""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""
DISTURBANCES: Mapping[str, Callable[[Crew], Awaitable[None]]] = {
    "kill": kill,
    "conductor": kill_conductor,
    "sender": kill_sender,
    "stop": stop,
    "sessions": end_sessions,
    "power cut": power_cut,
    "restart": restart,
    "edit": edit,
    "reader": add_reader,
    "standby": stand_by,
    "upgrade": upgrade,
    "setting": write_later_setting,
}
EACH = ("sender", "power cut", "upgrade", "standby", "reader", "stop", "restart", "setting", "conductor")
"""What is done for certain in each world, in this order."""
ANY = ("kill", "kill", "conductor", "sender", "sender", "stop", "sessions", "power cut", "restart", "edit", "standby")
"""What is drawn from otherwise."""
