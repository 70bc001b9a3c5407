"""Write files whole or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from monitor.errors import MonitorError


def replace_file(file: Path, text: str, mode: int | None = None) -> None:
    """Replace a file atomically by this text in UTF-8, or create it with its folders; a link stays a link.

    Without `mode` it keeps the mode of the file that it replaces; a new one can be read by all (0o644). Raises
    MonitorError if it cannot be written.
    """
    target = file.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if mode is None:
            mode = target.stat().st_mode & 0o7777 if target.exists() else 0o644
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with open(handle, "w", encoding="utf-8", newline="") as opened:  # noqa: PTH123 (a handle, not a path)
                opened.write(text)
                opened.flush()
                os.fsync(opened.fileno())
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MonitorError(f"{file} cannot be written: {error.strerror or error}; nothing was changed") from error


def replace_unchanged(file: Path, before: str, text: str) -> None:
    """Replace a file by a text that was made of `before`, unless somebody else has changed the file since.

    Commands that do so at the same time wait for one another. Raises MonitorError where the file is another now, or
    cannot be written.
    """
    folder = file.resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        now = file.read_bytes() if file.exists() else b""
        if now != before.encode("utf-8"):
            raise MonitorError(f"{file} has changed since it was read; nothing was written: run the command again")
        replace_file(file, text)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold an advisory lock on a folder, since its files are replaced; go on without where it cannot be locked."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def replace_files(texts: Mapping[Path, str], modes: Mapping[Path, int]) -> None:
    """Write all files or, where one cannot be written, none; `modes` are those of `replace_file`, by file.

    Raises MonitorError if one cannot be written.
    """
    try:
        before = {file: file.read_bytes() if file.exists() else None for file in texts}
    except OSError as error:
        raise MonitorError(f"{error.filename} cannot be read: {error.strerror}; nothing was changed") from error
    done: list[Path] = []
    try:
        for file, text in texts.items():
            replace_file(file, text, modes.get(file))
            done.append(file)
    except MonitorError:
        for file in done:
            if (old := before[file]) is None:
                file.unlink()
            else:
                file.write_bytes(old)
        raise
