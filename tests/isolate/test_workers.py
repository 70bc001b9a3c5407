"""Workers answer in order and outlive whatever one job does to its process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from monitor.errors import ParseError
from monitor.isolate import WorkerError, Workers
from tests.isolate.misdeeds import values

JOBS = "tests.isolate.misdeeds"


@contextlib.asynccontextmanager
async def workers(job: str, **options: object) -> AsyncIterator[Workers]:
    pool = Workers(f"{JOBS}:{job}", **{"count": 1, "timeout": 20.0, **options})  # type: ignore[arg-type]
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


async def test_answers_come_in_the_order_of_the_arguments() -> None:
    async with workers("echo", count=2) as pool:
        rounds = await asyncio.gather(*(pool.run([n, [n, "текст"], {"a": None}]) for n in range(20)))
    assert rounds == [[n, [n, "текст"], {"a": None}] for n in range(20)]


async def test_plain_values_and_moments_come_back_as_they_were() -> None:
    async with workers("values") as pool:
        assert await pool.run(["заголовок"]) == [values("заголовок")]


@pytest.mark.parametrize(
    ("how", "reason"),
    [("die", "crashed"), ("raise", "crashed"), ("eat", "memory"), ("class", "crashed"), ("huge", "crashed")],
)
async def test_a_job_that_goes_wrong_costs_only_itself(how: str, reason: str) -> None:
    async with workers("misbehave") as pool:
        before, bad, after = await pool.run(["before", how, "after"])
        assert (before, after) == ("before", "after")
        assert isinstance(bad, WorkerError)
        assert bad.reason == reason
        assert str(bad).isprintable()
        assert await pool.run(["still here"]) == ["still here"]


async def test_a_job_that_hangs_is_ended_and_the_rest_is_done() -> None:
    async with workers("misbehave", timeout=0.2) as pool:
        first, bad, last = await pool.run(["a", "hang", "b"])
    assert (first, last) == ("a", "b")
    assert isinstance(bad, WorkerError)
    assert bad.reason == "timeout"


async def test_a_job_is_measured_by_its_processor_time_and_not_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a large page could never be read on a machine that others keep busy."""
    monkeypatch.setattr("monitor.isolate.workers.PATIENCE", 1000)
    async with workers("misbehave", timeout=0.2) as pool:
        first, bad, last = await pool.run(["be late", "spin", "be late"])
    assert (first, last) == ("be late", "be late")
    assert isinstance(bad, WorkerError)
    assert str(bad) == "timeout: more than 0.2 s of processor time"


@pytest.mark.parametrize("how", ["refuse", "hand back"])
async def test_a_refusal_of_the_job_is_a_parse_error_and_keeps_the_worker(how: str) -> None:
    async with workers("misbehave") as pool:
        [error] = await pool.run([how])
    assert type(error) is ParseError
    assert (error.reason, str(error)) == ("captcha", "captcha: prove it")


async def test_what_a_job_prints_does_not_disturb_the_answers() -> None:
    async with workers("misbehave") as pool:
        assert await pool.run(["print", "b"]) == ["print", "b"]


async def test_a_caller_who_gives_up_leaves_no_answer_to_the_next() -> None:
    async with workers("misbehave") as pool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(pool.run(["hang"]), 0.2)
        assert await pool.run(["mine"]) == ["mine"]


async def test_a_further_process_is_started_only_for_jobs_at_the_same_time() -> None:
    pool = Workers(f"{JOBS}:pid", count=2, timeout=20.0)
    one_by_one = {(await pool.run([None]))[0] for _ in range(3)}
    at_once = {pid for (pid,) in await asyncio.gather(pool.run([None]), pool.run([None]))}
    await pool.close()
    assert (len(one_by_one), len(at_once)) == (1, 2)
    assert one_by_one < at_once


async def test_a_message_of_megabytes_goes_both_ways() -> None:
    body = os.urandom(3_000_000)
    async with workers("echo") as pool:
        assert await pool.run([body, body]) == [body, body]


async def test_a_worker_keeps_nothing_of_a_large_message() -> None:
    async with workers("resident") as pool:
        await pool.run([0])
        before = await pool.run([0])
        (during,) = await pool.run([[b"%d" % number * 100 for number in range(50_000)]])
        after = await pool.run([0])
    small, large, again = (cast("int", one) for one in (*before, during, *after))
    assert large > small + 20_000_000
    assert again < small + 5_000_000


async def test_a_worker_imports_only_its_job_and_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "secret")
    async with workers("modules") as pool:
        [modules] = await pool.run([None])
    async with workers("environment") as pool:
        [environment] = await pool.run([None])
    assert isinstance(modules, list)
    assert not {"sqlalchemy", "aiohttp", "httpx", "pydantic", "asyncio", "monitor.isolate"} & set(modules)
    assert "secret" not in str(environment)


async def test_a_job_that_cannot_be_imported_is_said_at_the_start() -> None:
    pool = Workers("tests.isolate.nothing:at_all", count=1)
    with pytest.raises(WorkerError, match="cannot be imported"):
        await pool.start()
    await pool.close()


async def test_after_close_nothing_runs_and_nothing_hangs() -> None:
    async with workers("pid") as pool:
        [pid] = await pool.run([None])
    assert isinstance(pid, int)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    [error] = await pool.run([None])
    assert isinstance(error, WorkerError)


def test_workers_die_with_a_parent_that_is_killed() -> None:
    script = (
        "import asyncio, os, signal\n"
        "from monitor.isolate import Workers\n"
        "async def main():\n"
        "    pool = Workers('tests.isolate.misdeeds:misbehave', count=1)\n"
        "    await pool.start()\n"
        "    [worker] = pool._all\n"
        "    print(worker.process.pid, flush=True)\n"
        "    asyncio.ensure_future(pool.run(['hang']))\n"
        "    await asyncio.sleep(0.2)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    status = Path(f"/proc/{int(done.stdout)}/stat")
    for _ in range(200):
        # A zombie that nobody has collected yet is dead too.
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        os.sched_yield()
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("the worker outlived its parent")
