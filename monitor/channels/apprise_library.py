"""Hand alerts to the library Apprise, which knows many more services and says of each attempt only yes or no."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from monitor.alert_view import View
from monitor.channels.channel import NOT_RECORDED, Commit, Phase, Secrets
from monitor.channels.chat_text import chat_lines, plain_text, without_calls
from monitor.channels.http_endpoint import EndpointOptions, read_secrets
from monitor.errors import SendError
from monitor.model import Message, Receipt

INSTALL = "Apprise is not installed: pip install 'monitor[apprise]'"
TEXT_CAP = 1500  # characters; many services take less than 2,000
LOGGERS = ("apprise", "urllib3")
"""What the library and its parts log may hold parts of the address."""
READ_SECONDS = 15.0
"""How long a service may take to answer. The library waits 4 seconds, after which a repeat would show twice."""
DEADLINE = 60.0
"""Seconds for one attempt; the library sleeps between requests where a service asks for that."""


class AppriseOptions(EndpointOptions):
    """An address of Apprise, which holds secrets: written as the name of the file that it stands in."""

    BARE: ClassVar[str] = "url_file"
    SECRETS: ClassVar[tuple[str, ...]] = ("url_file",)

    url_file: Path = Field(description="file with one address in the form of Apprise, like `discord://…`")

    @field_validator("url_file", mode="before")
    @classmethod
    def _is_no_address(cls, written: object) -> object:
        if isinstance(written, str) and "://" in written:
            hint = "write it into a file of its own, and the name of that file here, like secrets/discord"
            raise PydanticCustomError(
                "address", "an address, which may hold secrets, does not stand here", {"hint": hint}
            )
        return written

    @property
    def identity(self) -> str:
        """The file."""
        return str(self.url_file)

    @property
    def server_name(self) -> str:
        """The file, since all of the address may be secret."""
        return self.url_file.name

    @property
    def shown(self) -> str:
        """The file, since all of the address may be secret."""
        return str(self.url_file)

    @property
    def missing(self) -> str:
        """What must be installed first."""
        return "" if find_spec("apprise") else INSTALL


@dataclass(slots=True)
class AppriseSession:
    """Hands each message to the library, in a thread of its own; `phases` are the steps so far with their answers."""

    options: AppriseOptions
    secrets: Secrets
    deadline: float = DEADLINE
    phases: list[Phase] = field(default_factory=list)

    async def send(self, message: Message, commit: Commit = NOT_RECORDED) -> Receipt:
        """Send one message. Raises SendError: a no is trouble of the address, since the library tells no reason."""
        url = read_secrets(self.options, self.secrets, self.phases)["url_file"]
        if missing := self.options.missing:
            raise self._failed(missing, account=True)
        await commit()
        try:
            async with asyncio.timeout(self.deadline):
                said = await _in_thread(lambda: _notify(url, message.raw))
        except TimeoutError:
            text = f"no answer within {self.deadline:.0f} s"
            raise self._failed(text, maybe_delivered=True) from None
        except Exception as error:
            raise self._failed(f"the library failed ({type(error).__name__})", account=True) from None
        if said is None:
            raise self._failed(f"{self.options.url_file} holds no address that the library knows", account=True)
        if not said:
            raise self._failed("no (it never says why)", account=True)
        self.phases.append(Phase("Apprise", "yes"))
        return Receipt("yes")

    def _failed(self, text: str, *, account: bool = False, maybe_delivered: bool = False) -> SendError:
        self.phases.append(Phase("Apprise", text, ok=False))
        return SendError(f"Apprise: {text}", account=account, maybe_delivered=maybe_delivered, phase="Apprise")


@asynccontextmanager
async def open_session(options: AppriseOptions, secrets: Secrets) -> AsyncIterator[AppriseSession]:
    """Open a session; the library connects at each message anew."""
    yield AppriseSession(options, secrets)


def render_apprise(view: View) -> bytes:
    """Return title and text as JSON. What the service makes of marks in the text is its own affair."""
    title, *lines = chat_lines(view, lambda lines: len(plain_text(lines)) <= TEXT_CAP)
    heading = "".join(piece.text for piece in title)
    link = "".join(f"\n{piece.link}" for piece in title if piece.link)
    body = {"title": without_calls(heading), "body": without_calls(plain_text(lines)).strip() + link}
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def read_apprise(raw: bytes) -> str:
    """Return title and text of a message."""
    body = json.loads(raw)
    return f"{body['title']}\n{body['body']}"


def _notify(url: str, raw: bytes) -> bool | None:
    """Return what the library says of one message; None where it knows no such address."""
    import apprise

    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    service = apprise.Apprise.instantiate(url)
    if service is None:
        return None
    service.socket_read_timeout = max(READ_SECONDS, service.socket_read_timeout)
    library = apprise.Apprise()
    library.add(service)
    message = json.loads(raw)
    return bool(library.notify(body=message["body"], title=message["title"], body_format=apprise.NotifyFormat.TEXT))


async def _in_thread(work: Callable[[], bool | None]) -> bool | None:
    """Run blocking work in a thread that nobody waits for at a stop, unlike those of the event loop."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[bool | None] = loop.create_future()

    def finish(outcome: bool | None, error: Exception | None) -> None:
        if done.done():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(outcome)

    def run() -> None:
        outcome, error = None, None
        try:
            outcome = work()
        except Exception as raised:
            error = raised
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(finish, outcome, error)

    threading.Thread(target=run, daemon=True, name="apprise").start()
    return await done
