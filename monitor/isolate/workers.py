"""A pool of killable processes: arguments in, results in the same order out, whatever a hostile argument does.

One dead worker breaks a whole `ProcessPoolExecutor`; here it costs the one job that it died of.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from monitor.errors import ParseError
from monitor.isolate.wire import HEADER, LARGEST, packed, unpacked

MEMORY = 512 * 1024 * 1024
_START_SECONDS = 30.0
_SCRIPT = str(Path(__file__).with_name("worker.py"))


class WorkerError(ParseError):
    """A job that ended without an answer; `reason` is timeout, memory, crashed or no worker."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker needs both pipes")
        self.process = process
        self._inward, self._outward = process.stdin, process.stdout
        self.spoiled = False

    async def send(self, message: bytes) -> None:
        """Hand a message over; the worker reads it while it is written."""
        self._inward.write(message)
        await self._inward.drain()

    async def answer(self) -> object:
        """The next answer: a value, or the error that stands for one."""
        (length,) = HEADER.unpack(await self._outward.readexactly(HEADER.size))
        if length > LARGEST:
            raise ValueError(f"an answer of {length} bytes")
        answer = unpacked(await self._outward.readexactly(length))
        if answer[0] is True:
            return answer[1]
        _, reason, detail = answer
        return WorkerError(reason, detail) if reason in ("memory", "crashed") else ParseError(reason, detail)

    async def end(self) -> None:
        """Kill the process and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self._inward.close()
        await self.process.wait()


class Workers:
    """Runs `job` ("package.module:function", imported in the workers only) on arguments, each within `timeout`."""

    def __init__(self, job: str, *, count: int = 2, timeout: float = 5.0, memory: int = MEMORY) -> None:
        self._job = job
        self._timeout = timeout
        self._memory = memory
        self._idle: asyncio.Queue[_Worker | None] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._closed = False
        for _ in range(count):
            # A place without a worker: the first job that takes it starts one.
            self._idle.put_nowait(None)

    async def start(self) -> None:
        """Start the processes before their first jobs; raises WorkerError when they cannot import the job."""
        places = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        try:
            fresh = await asyncio.gather(*(self._spawn() for place in places if place is None))
            places = [*(place for place in places if place is not None), *fresh]
        finally:
            for place in places:
                self._idle.put_nowait(place)

    async def run(self, arguments: Sequence[object]) -> list[object]:
        """One result for each argument, in order: what the job returned, the ParseError it raised
        (or returned), or a WorkerError.

        The arguments travel in one message; a job that dies, hangs or overruns costs only itself.
        """
        results: list[object] = []
        while len(results) < len(arguments):
            worker = await self._idle.get()
            try:
                worker = worker or await self._spawn()
                await self._converse(worker, arguments[len(results) :], results)
            except WorkerError as error:
                results.append(error)
            finally:
                await self._give_back(worker)
        return results

    async def close(self) -> None:
        """End all processes; what runs is answered with a WorkerError."""
        self._closed = True
        await asyncio.gather(*(worker.end() for worker in tuple(self._all)))
        self._all.clear()

    async def _converse(self, worker: _Worker, arguments: Sequence[object], results: list[object]) -> None:
        """Collect answers until all are there or the worker must be replaced; then the last result is an error."""
        sending = asyncio.ensure_future(worker.send(packed(arguments)))
        # Whoever is cancelled half-way leaves answers in the pipe that belong to nobody.
        worker.spoiled = True
        try:
            for _ in arguments:
                async with asyncio.timeout(self._timeout):
                    results.append(await worker.answer())
                # After running out of memory a process is not to be trusted with the next job.
                if isinstance(results[-1], WorkerError) and results[-1].reason == "memory":
                    return
            worker.spoiled = False
        except TimeoutError:
            results.append(WorkerError("timeout", f"no answer within {self._timeout:g} s"))
        except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
            results.append(WorkerError("crashed", str(error)))
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await sending

    async def _give_back(self, worker: _Worker | None) -> None:
        """Put a good worker back, or a place for the next one, which starts when it is needed."""
        if worker is not None and (worker.spoiled or worker.process.returncode is not None):
            self._all.discard(worker)
            await worker.end()
            worker = None
        self._idle.put_nowait(worker)

    async def _spawn(self) -> _Worker:
        """A worker that has imported its job; raises WorkerError when there can be none."""
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
        limits = (str(self._memory), str(self._timeout), str(os.getpid()), _path())
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", _SCRIPT, self._job, *limits),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # What a library prints about a hostile page is nobody's log line, and no secret stands in its environment.
            stderr=asyncio.subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            limit=2**20,
        )


def _path() -> str:
    """Where this process imports from, so that a worker finds the same job."""
    return json.dumps([str(Path(entry or ".").absolute()) for entry in sys.path])
