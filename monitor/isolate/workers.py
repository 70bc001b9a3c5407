"""Run jobs in a pool of processes that can be killed, and return results in order whatever a hostile argument does.

A worker that dies breaks a whole `ProcessPoolExecutor`; here it costs only the job that it ran.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from monitor.errors import ParseError
from monitor.isolate.wire import HEADER, LARGEST, pack, unpack

MEMORY = 512 * 1024 * 1024
"""Bytes of address space of a worker."""
PATIENCE = 6
"""How many times its processor time a job may take by the clock, since other programs want the processors, too."""
_START_SECONDS = 30.0
_END_SECONDS = 1.0
_SCRIPT = str(Path(__file__).with_name("worker.py"))


class WorkerError(ParseError):
    """A job without an answer; `reason` is timeout, memory, crashed or no worker."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker needs both pipes")
        self.process = process
        self._job_pipe, self._answer_pipe = process.stdin, process.stdout
        self.must_be_replaced = False

    async def send(self, message: bytes) -> None:
        """Write a message, while the worker reads it."""
        self._job_pipe.write(message)
        await self._job_pipe.drain()

    async def answer(self) -> object:
        """Return the next answer, a value or an error; raise ValueError for one that cannot be read."""
        (length,) = HEADER.unpack(await self._answer_pipe.readexactly(HEADER.size))
        if length > LARGEST:
            raise ValueError(f"an answer of {length} bytes")
        answer = unpack(await self._answer_pipe.readexactly(length))
        if answer[0] is True:
            return answer[1]
        _, reason, detail = answer
        return WorkerError(reason, detail) if reason in ("memory", "crashed") else ParseError(reason, detail)

    async def end_by_itself(self) -> None:
        """Wait a moment for a process that closes its pipe, so that it tells why it ended; kill it otherwise.

        Killing a process that has just ended would make asyncio lose its return code (it says 255 instead).
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_SECONDS):
                await self.process.wait()
        await self.end()

    async def end(self) -> None:
        """Kill the process and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self._job_pipe.close()
        await self.process.wait()


class Workers:
    """Runs `job` ("package.module:function", imported in the workers only), each time within `timeout` seconds.

    They are seconds of processor time; by the clock it may take `PATIENCE` times as many.
    """

    def __init__(self, job: str, *, count: int = 2, timeout: float = 5.0, memory: int = MEMORY) -> None:
        self._job = job
        self._timeout = timeout
        self._memory = memory
        # The last one first, so that no further process is started as long as one at a time is enough.
        self._idle: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._closed = False
        for _ in range(count):
            # None is a place without a worker: the first job that takes it starts one.
            self._idle.put_nowait(None)

    async def start(self) -> None:
        """Start the processes before their first jobs; raise WorkerError where they cannot import the job."""
        places = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        try:
            started = await asyncio.gather(*(self._spawn() for place in places if place is None))
            places = [*(place for place in places if place is not None), *started]
        finally:
            for place in places:
                self._idle.put_nowait(place)

    async def run(self, arguments: Sequence[object]) -> list[object]:
        """Return a result for each argument, in order: the job's value, its ParseError, or a WorkerError.

        The arguments are sent in one message; a job that dies, hangs or overruns its limits affects no other.
        """
        results: list[object] = []
        while len(results) < len(arguments):
            worker = await self._idle.get()
            try:
                worker = worker or await self._spawn()
                await self._collect_answers(worker, arguments[len(results) :], results)
            except WorkerError as error:
                results.append(error)
            finally:
                await self._put_back(worker)
        return results

    async def close(self) -> None:
        """End all processes; jobs under way get a WorkerError."""
        self._closed = True
        await asyncio.gather(*(worker.end() for worker in tuple(self._all)))
        self._all.clear()

    async def _collect_answers(self, worker: _Worker, arguments: Sequence[object], results: list[object]) -> None:
        """Append answers to `results` until all are there or the worker must be replaced; then the last is an error."""
        sending = asyncio.ensure_future(worker.send(pack(arguments)))
        # A call that is cancelled leaves answers in the pipe that belong to no later call.
        worker.must_be_replaced = True
        try:
            for _ in arguments:
                async with asyncio.timeout(self._timeout * PATIENCE):
                    results.append(await worker.answer())
                # A process that ran out of memory is not trusted with the next job.
                if isinstance(results[-1], WorkerError) and results[-1].reason == "memory":
                    return
            worker.must_be_replaced = False
        except TimeoutError:
            results.append(WorkerError("timeout", f"no answer within {self._timeout * PATIENCE:g} s"))
        except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
            await worker.end_by_itself()
            if worker.process.returncode == -signal.SIGPROF:
                results.append(WorkerError("timeout", f"more than {self._timeout:g} s of processor time"))
            else:
                results.append(WorkerError("crashed", str(error)))
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await sending

    async def _put_back(self, worker: _Worker | None) -> None:
        """Put a good worker back, or an empty place where the next one is started when it is needed."""
        if worker is not None and (worker.must_be_replaced or worker.process.returncode is not None):
            self._all.discard(worker)
            await worker.end()
            worker = None
        self._idle.put_nowait(worker)

    async def _spawn(self) -> _Worker:
        """Return a new worker that has imported its job; raise WorkerError where that fails."""
        if self._closed:
            raise WorkerError("no worker", "the pool is closed")
        try:
            worker = _Worker(await self._process())
        except OSError as error:
            raise WorkerError("no worker", str(error)) from None
        self._all.add(worker)
        try:
            async with asyncio.timeout(_START_SECONDS):
                ready = await worker.answer()
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError, ValueError):
            ready = WorkerError("no worker", "it ended while it started")
        if isinstance(ready, WorkerError):
            self._all.discard(worker)
            await worker.end()
            raise ready
        return worker

    async def _process(self) -> asyncio.subprocess.Process:
        limits = (str(self._memory), str(self._timeout), str(os.getpid()), _import_path())
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", _SCRIPT, self._job, *limits),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # What libraries print about a hostile page is no log line, and the environment holds no secrets.
            stderr=asyncio.subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            limit=2**20,
        )


def _import_path() -> str:
    """Return sys.path as JSON, so that a worker imports the same job."""
    return json.dumps([str(Path(entry or ".").absolute()) for entry in sys.path])
