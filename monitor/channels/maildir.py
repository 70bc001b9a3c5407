"""Store messages in a Maildir, where alerts can be read before a mail host is configured."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from pathlib import Path

from pydantic import ConfigDict, Field

from monitor.channels.channel import NOT_RECORDED, ChannelOptions, Commit, Secrets
from monitor.errors import SendError
from monitor.model import Message, Receipt

FOLDERS = ("tmp", "new", "cur")


class MaildirOptions(ChannelOptions):
    """Settings of the Maildir."""

    model_config = ConfigDict(extra="forbid")

    path: Path = Field(
        default=Path("mail"), description="the Maildir folder; a relative path counts from the data folder"
    )

    @property
    def server_name(self) -> str:
        """The folder."""
        return str(self.path)

    @property
    def of_one_machine(self) -> str:
        """The folder."""
        return f"the folder {self.path}"


@dataclass(frozen=True, slots=True)
class MaildirSession:
    """An existing Maildir."""

    path: Path

    async def send(self, message: Message, commit: Commit = NOT_RECORDED) -> Receipt:
        """Store one message; the same message again, after a crash, is recognised and not stored twice."""
        del commit  # not needed: the folder itself shows whether it has a message
        return await asyncio.to_thread(self._store, message)

    def _store(self, message: Message) -> Receipt:
        name = file_name(message)
        with _disk_errors():
            if earlier := self._find(name):
                return Receipt(f"already kept as {earlier}")
            # By way of `tmp`, so that no mail program sees half of it; synced before it is renamed.
            draft, target = self.path / "tmp" / name, self.path / "new" / name
            with draft.open("wb") as file:
                file.write(message.raw)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(target)
            _sync(target.parent)
        return Receipt(f"kept as {target}")

    def _find(self, name: str) -> Path | None:
        """Return the message's file if it exists, unread or read (a mail program moves it to `cur` and adds flags)."""
        unread = self.path / "new" / name
        return unread if unread.exists() else next((self.path / "cur").glob(f"{name}*"), None)


@asynccontextmanager
async def open_session(options: MaildirOptions, secrets: Secrets) -> AsyncIterator[MaildirSession]:
    """Open the Maildir of the options, which is created if it is missing, readable by its owner only."""
    del secrets  # a folder has none
    with _disk_errors():
        for folder in FOLDERS:
            (options.path / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    yield MaildirSession(options.path)


def file_name(message: Message) -> str:
    """Return the file name of a message, the same at every attempt: seconds of its Date, and a hash.

    The hash is of the Message-ID and the bytes, so that a new database whose ids start again hides no mail.
    """
    digest = blake2b(message.message_id.encode() + b"\0" + message.raw, digest_size=12).hexdigest()
    stated = str(BytesHeaderParser().parsebytes(message.raw)["Date"])
    try:
        seconds = int(parsedate_to_datetime(stated).timestamp())
    except (ValueError, TypeError, OverflowError):
        seconds = 0
    # The time, something unique and a host, as Maildir names files; here always the same host.
    return f"{seconds}.M{digest}.monitor"


def _sync(folder: Path) -> None:
    """Sync a folder, after which a rename in it survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Turn an OSError into a SendError of our account, since a full or missing disk is not the recipient's fault."""
    try:
        yield
    except OSError as error:
        raise SendError(f"the Maildir cannot be written: {error}", account=True, phase="write") from error
