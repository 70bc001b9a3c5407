"""Match many candidates in several processes: matching takes all of a core, and two take half the time."""

from __future__ import annotations

import multiprocessing
import signal
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.pool import Pool

from monitor.config import Config
from monitor.isolate import processors
from monitor.query import Compiled
from monitor.steps.past_matches import PAGE, CountedMatch, judged
from monitor.store import Place, Store

MIN_CANDIDATES = 5_000
"""Candidates from which on the time to start processes pays off."""
MAX_PROCESSES = 8
"""The largest number of processes."""

Judged = tuple[CountedMatch | None, ...]


@dataclass(frozen=True, slots=True)
class _MatchJob:
    """What every process needs; they get it by fork, since compiled rules cannot be pickled."""

    place: Place
    config: Config
    rules: Sequence[Compiled]
    now: datetime


def match_in_parallel(
    store: Store, config: Config, rules: Sequence[Compiled], ids: Sequence[int], now: datetime
) -> Iterator[Judged]:
    """Return what `judged` returns, in the same order; the processes are started before this returns.

    Call it before any thread is started: a fork copies the locks that threads hold, but not the threads.
    """
    cores = min(processors(), MAX_PROCESSES)
    if len(ids) < MIN_CANDIDATES or cores < 2:
        return judged(store, config, rules, ids, now)
    with warnings.catch_warnings():
        # Python 3.12 warns of a fork beside threads; callers have none, but for those of a test.
        warnings.simplefilter("ignore", DeprecationWarning)
        pool = multiprocessing.get_context("fork").Pool(
            cores, _init_process, (_MatchJob(store.place, config, rules, now),)
        )
    return _results(pool, [ids[start : start + PAGE] for start in range(0, len(ids), PAGE)])


def _results(pool: Pool, pages: Sequence[Sequence[int]]) -> Iterator[Judged]:
    with pool:
        for page in pool.imap(_judge, pages):
            yield from page


_jobs: list[tuple[_MatchJob, Store]] = []
"""In a process of the pool: its job, and its own connection to the database."""


def _init_process(job: _MatchJob) -> None:
    # Ctrl-C reaches every process at the terminal; the parent ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _jobs.append((job, Store.open(job.place, read_only=True)))


def _judge(ids: Sequence[int]) -> list[Judged]:
    job, store = _jobs[0]
    return list(judged(store, job.config, job.rules, ids, job.now))
