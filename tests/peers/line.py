"""A line to a server that can fall silent: it still acknowledges whatever is sent, and nothing comes back."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Hush:
    """A line falls silent with the first request that holds `word`.

    `reaches` says whether that request still arrives; `half` is how many bytes of answers still come back.
    """

    word: bytes
    reaches: bool = True
    half: int = 0


@dataclass
class Line:
    """A proxy on the loopback before a server (`postgresql://user@host/name`, the host perhaps a folder of sockets).

    Connections that were open when it fell silent, or were opened then, stay so for ever; new ones after `heal` work.
    """

    address: str
    silent: threading.Event = field(default_factory=threading.Event)
    _hush: Hush | None = None
    _half: int = 0
    _pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)
    _dead: set[socket.socket] = field(default_factory=set)

    def __enter__(self) -> Self:
        self._turn = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in (self._listener, *(one for pair in self._pairs for one in pair)):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    @property
    def url(self) -> str:
        """The address of the database at the other end, over this line."""
        parts = urlsplit(self.address)
        return f"postgresql://{parts.username}@127.0.0.1:{self._listener.getsockname()[1]}{parts.path}"

    def hush(self, word: bytes, *, reaches: bool = True, half: int = 0) -> None:
        """Fall silent with the next request that holds this word; `silent` is set when it has."""
        self._hush = Hush(word, reaches, half)

    def fall_silent(self) -> None:
        """Fall silent now."""
        with self._turn:
            self._cut(0)

    def heal(self) -> None:
        """Carry new connections again."""
        self.silent.clear()

    def _cut(self, half: int) -> None:
        self._hush, self._half = None, half
        self._dead.update(one for pair in self._pairs for one in pair)
        self.silent.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = self._connect()
                with self._turn:
                    self._pairs.append((near, far))
                    self._dead.update((near, far) if self.silent.is_set() else ())
                threading.Thread(target=self._carry, args=(near, far, self._asked), daemon=True).start()
                threading.Thread(target=self._carry, args=(far, near, self._answered), daemon=True).start()

    def _connect(self) -> socket.socket:
        parts = urlsplit(self.address)
        host = unquote(parts.hostname or "")
        if not host.startswith("/"):
            return socket.create_connection((host, parts.port or 5432))
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{host}/.s.PGSQL.{parts.port or 5432}")
        return far

    def _carry(self, source: socket.socket, target: socket.socket, passed: object) -> None:
        assert callable(passed)
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                with self._turn:
                    target.sendall(passed(source, data))
            if source not in self._dead:
                target.shutdown(socket.SHUT_RDWR)

    def _asked(self, near: socket.socket, data: bytes) -> bytes:
        """What of a request goes on."""
        if near in self._dead:
            return b""
        if (hush := self._hush) and hush.word in data:
            self._cut(hush.half)
            return data if hush.reaches else b""
        return data

    def _answered(self, far: socket.socket, data: bytes) -> bytes:
        """What of an answer comes back."""
        if far not in self._dead:
            return data
        data = data[: self._half]
        self._half -= len(data)
        return data
