"""A programmable SMTP server on loopback: real sockets, faults at any phase, byte-exact records.

In a test: `with Peer(faults=["rcpt=451x2"]) as peer:`; from another process:
`python -m tests.peers.smtp --port 0 --faults "dot=lost%0.2,mail=421x1" --record FILE` (prints `listening on PORT`).

A fault is `PHASE[:ADDRESS]=ACTION[xTIMES][%CHANCE]`; the first that applies is played. Phases: connect, ehlo, starttls,
auth, mail, rcpt, data, body, dot, rset, quit. Actions: a code (`451`; `421` also closes), `drop` (close without a
word), `hang` (never answer), `slow:SECONDS`, at dot `lost` (accept, record, close without answering), at starttls
`missing` (not offered) and `garbage` (no TLS behind the 220). At body it is played after the first line of the mail;
`hang` reads nothing more. `words` replaces what is said after a code, by phase; `filters` answers mails by their bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import socket
import ssl
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.peers.smtp_auth import credentials
from tests.peers.smtp_script import Accepted, Fault, certificate, read_record

__all__ = ["Accepted", "Fault", "Peer", "certificate", "read_record"]


@dataclass
class Peer:
    """The server: `accepted` is what it took, `heard` every command in order."""

    faults: Iterable[str] = ()
    security: str = "none"
    tls: ssl.SSLContext | None = None
    users: Mapping[str, str] = field(default_factory=dict)
    record: Path | None = None
    extensions: tuple[str, ...] = ("8BITMIME", "SIZE 10000000")
    host: str = "127.0.0.1"
    port: int = 0
    seed: int = 0
    mechanisms: str = "PLAIN LOGIN"
    words: dict[str, str] = field(default_factory=dict)
    filters: dict[bytes, str] = field(default_factory=dict)
    accepted: list[Accepted] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plan = [Fault.parse(text) for text in self.faults]
        self.random = random.Random(self.seed)
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.open: set[socket.socket] = set()
        self.threads: list[threading.Thread] = []
        self.listener: socket.socket | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Listen; on the same port as before, after `close`."""
        self.stopping.clear()
        self.listener = socket.create_server((self.host, self.port))
        self.port = self.listener.getsockname()[1]
        self._run(self._accept, self.listener)

    def close(self) -> None:
        """Stop listening and close every connection: from now on connections are refused."""
        self.stopping.set()
        if self.listener is not None:
            with contextlib.suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
        for connection in list(self.open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(5)
        self.threads.clear()

    def fault(self, *texts: str) -> None:
        """Replace the faults from now on."""
        with self.lock:
            self.plan = [Fault.parse(text) for text in texts]

    def take(self, phase: str, address: str = "") -> str:
        """The action to play at this phase, or nothing."""
        with self.lock:
            for fault in self.plan:
                if fault.applies(phase, address) and self.random.random() < fault.chance:
                    fault.times -= 1
                    return fault.action
        return ""

    def offers(self, action: str) -> bool:
        """Whether STARTTLS is offered now."""
        return not any(fault.phase == "starttls" and fault.action == action for fault in self.plan)

    def keep(self, message: Accepted) -> None:
        """Record a message, on the disk before anybody is told."""
        with self.lock:
            self.accepted.append(message)
            if self.record is not None:
                with self.record.open("a") as file:
                    file.write(message.as_json() + "\n")
                    file.flush()
                    os.fsync(file.fileno())

    def _run(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        self.threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while not self.stopping.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.threads = [thread for thread in self.threads if thread.is_alive()]
            self._run(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        self.open.add(connection)
        talk = Talk(self, connection)
        try:
            talk.run()
        except (OSError, GoneError):
            pass
        finally:
            self.open.discard(connection)
            talk.close()


class GoneError(Exception):
    """The connection is over."""


class Talk:
    """One connection."""

    def __init__(self, peer: Peer, connection: socket.socket) -> None:
        self.peer, self.connection = peer, connection
        self.file: IO[bytes] = connection.makefile("rb")
        self.secure = False
        self.user = ""
        self.sender: str | None = None
        self.recipients: list[str] = []

    def close(self) -> None:
        """Close whatever is open of this connection."""
        for thing in (self.file, self.connection):
            with contextlib.suppress(OSError):
                thing.close()

    def run(self) -> None:
        """Greet, then answer commands until the other side leaves."""
        if self.peer.security == "tls":
            self._encrypt()
        self._play("connect", "220 peer ready")
        while True:
            line = self._line()
            self.peer.heard.append(line)
            verb = line.split(" ")[0].upper().split(":")[0]
            handler = getattr(self, f"do_{verb.lower()}", None)
            handler(line) if handler else self.say("502 not implemented")

    def say(self, text: str) -> None:
        self.connection.sendall(text.encode() + b"\r\n")

    def do_ehlo(self, line: str) -> None:
        lines = ["peer", *self.peer.extensions]
        if self.peer.security == "starttls" and not self.secure and self.peer.offers("missing"):
            lines.append("STARTTLS")
        if self.peer.users:
            lines.append(f"AUTH {self.peer.mechanisms}")
        self._play("ehlo", "\r\n".join(f"250-{text}" for text in lines[:-1]) + f"\r\n250 {lines[-1]}")

    def do_helo(self, line: str) -> None:
        self.say("250 peer")

    def do_starttls(self, line: str) -> None:
        action = self._fault("starttls")
        if action in ("garbage", ""):
            self.say("220 go ahead")
        if action == "garbage":
            self.say("this is no TLS")
        if action in ("garbage", "missing"):
            raise GoneError
        if not action:
            self._encrypt()

    def do_auth(self, line: str) -> None:
        user, word = credentials(line.split(" "), self._ask)
        if self._fault("auth"):
            return
        if self.peer.users.get(user) != word:
            if "XOAUTH2" in line:
                self._ask("eyJzdGF0dXMiOiI0MDEifQ==")  # the reason, to which the client says nothing
            self.say("535 5.7.8 wrong user or password")
            return
        self.user = user
        self.say("235 welcome")

    def do_mail(self, line: str) -> None:
        if self.sender is not None:
            self.say("503 5.5.1 nested MAIL command: RSET ends a transaction")
            return
        self.recipients = []
        if not self._fault("mail", _address(line)):
            self.sender = _address(line)
            self.say("250 sender ok")

    def do_rcpt(self, line: str) -> None:
        address = _address(line)
        if not self._fault("rcpt", address):
            self.recipients.append(address)
            self.say("250 recipient ok")

    def do_data(self, line: str) -> None:
        if self.sender is None or not self.recipients:
            self.say("503 first a sender and a recipient")
            return
        if self._fault("data"):
            return
        self.say("354 go on")
        raw = self._message()
        if action := next((said for part, said in self.peer.filters.items() if part in raw), ""):
            self.say(action)
        else:
            action = self._fault("dot", self.recipients[0], known=("lost",))
        if action in ("", "lost"):
            message = Accepted(self.sender, tuple(self.recipients), raw, self.secure, self.user, action == "")
            self.peer.keep(message)
            if action == "lost":
                raise GoneError
            self.say("250 2.0.0 taken")
        self.sender, self.recipients = None, []

    def do_rset(self, line: str) -> None:
        self.sender, self.recipients = None, []
        self._play("rset", "250 ok")

    def do_noop(self, line: str) -> None:
        self.say("250 ok")

    def do_quit(self, line: str) -> None:
        self._play("quit", "221 bye")
        raise GoneError

    def _play(self, phase: str, answer: str, address: str = "") -> None:
        if not self._fault(phase, address):
            self.say(answer)

    def _fault(self, phase: str, address: str = "", known: tuple[str, ...] = ("garbage", "missing")) -> str:
        """Play the fault of a phase; what it returns is a fault that its caller must see to, or one that is done."""
        action = self.peer.take(phase, address)
        if action.startswith("slow:"):
            self.peer.stopping.wait(float(action[5:]))
            return ""
        if action == "drop":
            raise GoneError
        if action == "hang":
            while self.file.readline() if phase != "body" else not self.peer.stopping.wait(0.1):
                pass
            raise GoneError
        if action and action not in known:
            self.say(f"{action} {self.peer.words.get(phase, f'{action[0]}.3.0 as programmed')}")
            if action == "421" or phase == "body":
                while action != "421" and self.file.readline():
                    pass
                raise GoneError
        return action

    def _line(self) -> str:
        line = self.file.readline()
        if not line.endswith(b"\n"):
            raise GoneError
        return line.rstrip(b"\r\n").decode("utf-8", "replace")

    def _ask(self, prompt: str) -> str:
        self.say(f"334 {prompt}")
        return self._line()

    def _message(self) -> bytes:
        lines = []
        while (line := self.file.readline()) != b".\r\n":
            if not line:
                raise GoneError
            lines.append(line[1:] if line.startswith(b".") else line)
            if len(lines) == 1:
                self._fault("body")
        return b"".join(lines)

    def _encrypt(self) -> None:
        assert self.peer.tls is not None
        self.file.close()
        self.peer.open.discard(self.connection)
        self.connection = self.peer.tls.wrap_socket(self.connection, server_side=True)
        self.peer.open.add(self.connection)
        self.file = self.connection.makefile("rb")
        self.secure = True


def _address(line: str) -> str:
    found = re.search(r"<([^>]*)>", line)
    return found[1] if found else ""


def main() -> None:
    """Serve until SIGTERM or the end of standard input's other side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--faults", default="", help="comma separated")
    parser.add_argument("--record", type=Path, help="a line of JSON per accepted message")
    parser.add_argument("--security", choices=("none", "starttls", "tls"), default="none")
    parser.add_argument("--ca-out", type=Path, help="where to write the authority that vouches for the server")
    parser.add_argument("--user", default="", help="NAME:PASSWORD")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    context, authority = certificate() if asked.security != "none" else (None, b"")
    if asked.ca_out:
        asked.ca_out.write_bytes(authority)
    users = dict([asked.user.split(":", 1)]) if asked.user else {}
    faults = [text for text in asked.faults.split(",") if text]
    peer = Peer(faults, asked.security, context, users, asked.record, port=asked.port, seed=asked.seed)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with peer:
        print(f"listening on {peer.port}", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
