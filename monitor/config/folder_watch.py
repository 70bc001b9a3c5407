"""The folder of files in, a word out each time that it changed and came to rest; also where no file events arrive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

from monitor.config.folder import candidates, kind_of_file

CHANGED = "changed"
POLL = 1.0
QUIET = 1.0
PATIENCE = 60.0
# What git leaves in its folder as long as a pull, merge or rebase has not come to its end.
UNFINISHED = ("index.lock", "HEAD.lock", "MERGE_HEAD", "CHERRY_PICK_HEAD", "rebase-merge", "rebase-apply")

Fingerprint = tuple[tuple[str, int, int, int], ...]


def fingerprint(directory: Path) -> Fingerprint:
    """Name, time, size and inode of every file that is ours: another value when any of them was written."""
    return tuple(_marks(directory))


def _marks(directory: Path) -> list[tuple[str, int, int, int]]:
    marks = []
    for path, file in candidates(directory):
        if kind_of_file(path):
            with suppress(OSError):
                status = file.stat()
                marks.append((path, status.st_mtime_ns, status.st_size, status.st_ino))
    return marks


def git_folder(directory: Path) -> Path | None:
    """The git folder of the repository that `directory` is in, of a work tree's own where it is one."""
    for folder in (directory.absolute(), *directory.absolute().parents):
        git = folder / ".git"
        if git.is_dir():
            return git
        with suppress(OSError, UnicodeDecodeError):
            if git.is_file():
                return folder / git.read_text(encoding="utf-8").partition("gitdir:")[2].strip()
    return None


def unfinished(directory: Path) -> bool:
    """Whether git is in the middle of something in this folder."""
    git = git_folder(directory)
    return git is not None and any((git / name).exists() for name in UNFINISHED)


async def changes(
    directory: Path,
    seen: Fingerprint | None = None,
    *,
    poll: float = POLL,
    quiet: float = QUIET,
    patience: float = PATIENCE,
) -> AsyncIterator[str]:
    """Yield "changed" each time that files were written and nothing more for `quiet` seconds.

    `seen` is the fingerprint from before the configuration was loaded, so that no edit falls in between. While git is
    at work it waits, and at most `patience` seconds, since a merge in conflict can lie for days.
    """
    seen = await asyncio.to_thread(fingerprint, directory) if seen is None else seen
    woken = asyncio.Event()
    listener = asyncio.create_task(_listen(directory, woken))
    try:
        while True:
            now = await asyncio.to_thread(fingerprint, directory)
            if now != seen:
                seen = await _at_rest(directory, now, quiet, patience)
                yield CHANGED
            else:
                await _either(woken, poll)
    finally:
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener


async def _at_rest(directory: Path, now: Fingerprint, quiet: float, patience: float) -> Fingerprint:
    """Wait until nothing was written for `quiet` seconds and git has finished, or patience ends."""
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        await asyncio.sleep(quiet)
        later = await asyncio.to_thread(fingerprint, directory)
        still = later == now and not await asyncio.to_thread(unfinished, directory)
        if still or asyncio.get_running_loop().time() >= deadline:
            return later
        now = later


async def _either(woken: asyncio.Event, poll: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(woken.wait(), poll)
    woken.clear()


async def _listen(directory: Path, woken: asyncio.Event) -> None:
    """Wake the loop on file events; where there are none to be had, polling alone finds changes."""
    with suppress(OSError, RuntimeError):
        async for _ in awatch(directory, watch_filter=None, debounce=50, step=20):
            woken.set()
