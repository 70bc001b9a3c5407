"""The real daemon as its own process: started, listened to line by line, asked, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from monitor.config.forms_cache import FOLDER_VARIABLE

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from monitor.cli import main; main()")
PATIENCE = 60.0


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What commands of a test see: this checkout from any folder, the run's forms, nothing of another monitor."""
    kept = {
        name: text for name, text in os.environ.items() if name == FOLDER_VARIABLE or not name.startswith("MONITOR_")
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "COLUMNS": "200", **(more or {})}


@dataclass
class Daemon:
    """`monitor run` over a folder with `config` and `data`; killed at the end if it did not stop by itself."""

    folder: Path
    options: Sequence[str] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    command: Sequence[str] = COMMAND
    lines: list[str] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self.process = await asyncio.create_subprocess_exec(
            *(*self.command, *self.words(), *self.options),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=environment(self.variables),
        )
        return self

    def words(self) -> tuple[str, ...]:
        """What is typed after `monitor`."""
        return ("run", "--config", str(self.folder / "config"), "--data", str(self.folder / "data"))

    async def __aexit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.communicate()

    async def until(self, text: str) -> str:
        """Wait for a line with this text; return it. The lines before it are kept, too."""
        assert self.process.stdout is not None
        try:
            async with asyncio.timeout(PATIENCE):
                while line := (await self.process.stdout.readline()).decode():
                    self.lines.append(line.rstrip("\n"))
                    if text in line:
                        return self.lines[-1]
        except TimeoutError:
            pass
        raise AssertionError(f"no line with {text!r}:\n" + "\n".join(self.lines))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    async def end(self) -> int:
        """Wait until it has ended by itself; return the exit code."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            rest = (await self.process.stdout.read()).decode()
            self.lines += rest.splitlines()
            return await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop; return the exit code."""
        self.signal(signal.SIGTERM)
        return await self.end()

    @property
    def said(self) -> str:
        """Everything that was heard so far."""
        return "\n".join(self.lines)


async def command(folder: Path, *words: str, variables: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run one command over the folder; return its exit code and what it printed."""
    folders = {"MONITOR_CONFIG": str(folder / "config"), "MONITOR_DATA": str(folder / "data")}
    process = await asyncio.create_subprocess_exec(
        *(*COMMAND, *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=environment(folders | dict(variables or {})),
    )
    async with asyncio.timeout(PATIENCE):
        out, _ = await process.communicate()
    return process.returncode or 0, out.decode()
