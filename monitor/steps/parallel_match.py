"""Many candidates judged by several processes: what takes a core a minute takes two of them half of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.pool import Pool

from monitor.config import Config
from monitor.query import Compiled
from monitor.steps.past_matches import PAGE, CountedMatch, judged
from monitor.store import Place, Store

MANY = 5_000
"""Candidates from which on it pays to make processes."""
MOST = 8

Judged = tuple[CountedMatch | None, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """What the processes judge by; they come by it as copies of this process, since rules cannot be sent."""

    place: Place
    config: Config
    rules: Sequence[Compiled]
    now: datetime


def match_in_parallel(
    store: Store, config: Config, rules: Sequence[Compiled], ids: Sequence[int], now: datetime
) -> Iterator[Judged]:
    """Do what `judged` does, in the same order; the processes are there when this returns.

    Call it before any thread is started: a copy of this process has none of them, and all the locks that they hold.
    """
    cores = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST)
    if len(ids) < MANY or cores < 2:
        return judged(store, config, rules, ids, now)
    with warnings.catch_warnings():
        # Python warns of copying a process with threads: whoever calls has none, but for those of a test.
        warnings.simplefilter("ignore", DeprecationWarning)
        pool = multiprocessing.get_context("fork").Pool(cores, _begin, (_Case(store.place, config, rules, now),))
    return _of_pool(pool, [ids[start : start + PAGE] for start in range(0, len(ids), PAGE)])


def _of_pool(pool: Pool, pages: Sequence[Sequence[int]]) -> Iterator[Judged]:
    with pool:
        for page in pool.imap(_judge, pages):
            yield from page


_cases: list[tuple[_Case, Store]] = []
"""In a process of the pool: what it judges by, and its own way to the database."""


def _begin(case: _Case) -> None:
    # Ctrl-C goes to every process at the terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _cases.append((case, Store.open(case.place, read_only=True)))


def _judge(ids: Sequence[int]) -> list[Judged]:
    case, store = _cases[0]
    return list(judged(store, case.config, case.rules, ids, case.now))
