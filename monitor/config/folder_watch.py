"""Watch the configuration folder, and tell when an edit is complete; also where no file events arrive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

from monitor.config.folder import config_files, kind_of_file, template_files

CHANGED = "changed"
POLL = 1.0
"""Seconds between two looks at the files where no events arrive."""
QUIET = 1.0
"""Seconds without a write after which an edit counts as complete."""
PATIENCE = 60.0
"""Seconds that an edit is waited for at most."""
# Git keeps these in its folder until a pull, merge or rebase is complete.
GIT_BUSY_FILES = ("index.lock", "HEAD.lock", "MERGE_HEAD", "CHERRY_PICK_HEAD", "rebase-merge", "rebase-apply")

Fingerprint = tuple[tuple[str, int, int, int], ...]


def fingerprint(directory: Path) -> Fingerprint:
    """Return name, time, size and inode of every configuration file; it changes when any of them is written."""
    states = []
    files = [(path, file) for path, file in config_files(directory) if kind_of_file(path)]
    for path, file in (*files, *template_files(directory)):
        with suppress(OSError):
            status = file.stat()
            states.append((path, status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(states)


def git_folder(directory: Path) -> Path | None:
    """Return the git folder of the repository or linked work tree around `directory`, or None."""
    for folder in (directory.absolute(), *directory.absolute().parents):
        git = folder / ".git"
        if git.is_dir():
            return git
        with suppress(OSError, UnicodeDecodeError):
            # A linked work tree has a file that names its git folder (gitrepository-layout(5)).
            if git.is_file():
                return folder / git.read_text(encoding="utf-8").partition("gitdir:")[2].strip()
    return None


def is_git_busy(directory: Path) -> bool:
    """Tell whether git is in the middle of an operation in this folder."""
    git = git_folder(directory)
    return git is not None and any((git / name).exists() for name in GIT_BUSY_FILES)


async def changes(
    directory: Path,
    seen: Fingerprint | None = None,
    *,
    poll: float = POLL,
    quiet: float = QUIET,
    patience: float = PATIENCE,
) -> AsyncIterator[str]:
    """Yield "changed" each time that files were written and then not again for `quiet` seconds.

    `seen` is the fingerprint from before the configuration was loaded, so that no edit is missed in between. While git
    is busy it waits, but at most `patience` seconds, because a merge in conflict can stay for days.
    """
    seen = await asyncio.to_thread(fingerprint, directory) if seen is None else seen
    event_seen = asyncio.Event()
    listener = asyncio.create_task(_listen(directory, event_seen))
    try:
        while True:
            now = await asyncio.to_thread(fingerprint, directory)
            if now != seen:
                seen = await _wait_until_settled(directory, now, quiet, patience)
                yield CHANGED
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(event_seen.wait(), poll)
                event_seen.clear()
    finally:
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener


async def _wait_until_settled(directory: Path, now: Fingerprint, quiet: float, patience: float) -> Fingerprint:
    """Wait until nothing was written for `quiet` seconds and git is done, at most `patience` seconds."""
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        await asyncio.sleep(quiet)
        later = await asyncio.to_thread(fingerprint, directory)
        is_settled = later == now and not await asyncio.to_thread(is_git_busy, directory)
        if is_settled or asyncio.get_running_loop().time() >= deadline:
            return later
        now = later


async def _listen(directory: Path, event_seen: asyncio.Event) -> None:
    """Set the event on file events; where the system gives none, polling alone finds changes."""
    with suppress(OSError, RuntimeError):
        async for _ in awatch(directory, watch_filter=None, debounce=50, step=20):
            event_seen.set()
