"""Requests reach the daemon's table over a socket that only its owner can open."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import MonitorError
from monitor.run import control
from monitor.run.control import ask, listen, socket_path


async def _double(number: int) -> int:
    return number * 2


async def _refuse() -> None:
    raise MonitorError("no such alert")


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Path]:
    server = await listen(tmp_path, {"double": _double, "refuse": _refuse})
    yield tmp_path
    server.close()
    await server.wait_closed()


async def _ask(data: Path, do: str, **arguments: Any) -> Any:
    return await asyncio.to_thread(ask, data, do, **arguments)


async def test_a_request_is_answered(daemon: Path) -> None:
    assert (await _ask(daemon, "double", number=21))["result"] == 42


async def test_only_the_owner_can_open_the_socket(daemon: Path) -> None:
    assert stat.S_IMODE(socket_path(daemon).stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(("do", "arguments"), [("missing", {}), ("double", {"word": 1}), ("refuse", {})])
async def test_a_request_that_fails_is_an_error_of_ours(daemon: Path, do: str, arguments: dict[str, int]) -> None:
    with pytest.raises(MonitorError):
        await _ask(daemon, do, **arguments)


async def test_nonsense_on_the_line_does_not_end_the_daemon(daemon: Path) -> None:
    deep = b"[" * 60_000 + b"\n"
    within = b'{"do": "double", "with": {"number": ' + b"[" * 20_000 + b"]" * 20_000 + b"}}\n"
    for nonsense in (b"\n", b"[]\n", b"{\n", b"\xff\xfe\n", b'{"do": []}\n', b"1" * 9_000 + b"\n", deep, within):
        reader, writer = await asyncio.open_unix_connection(str(socket_path(daemon)))
        writer.write(nonsense)
        assert b'"ok": false' in await reader.readline()
        writer.close()
    assert (await _ask(daemon, "double", number=1))["result"] == 2


async def test_a_request_that_is_too_long_is_hung_up_on(daemon: Path) -> None:
    reader, writer = await asyncio.open_unix_connection(str(socket_path(daemon)))
    writer.write(b'{"do": "double", "with": {"number": [' + b"[]," * 100_000)
    with suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()
    assert (await _ask(daemon, "double", number=1))["result"] == 2


async def test_a_request_that_takes_too_long_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "_TIMEOUT", 0.05)
    server = await listen(tmp_path, {"hang": asyncio.Event().wait})
    with pytest.raises(MonitorError, match="not done within"):
        await asyncio.to_thread(ask, tmp_path, "hang", timeout=20)
    server.close()


def test_without_a_daemon_there_is_no_answer(tmp_path: Path) -> None:
    assert ask(tmp_path, "double", number=1) is None


def test_a_deep_folder_has_a_socket_that_fits(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    assert len(os.fsencode(socket_path(deep))) <= 104
    assert socket_path(deep) == socket_path(deep)
    assert socket_path(deep) != socket_path(deep / "f")
