"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from monitor.errors import MonitorError


def replace_file(file: Path, text: str, mode: int | None = None) -> None:
    """Write a file at one stroke, with the mode of the one that it replaces if none is given; a link stays a link.

    Raises MonitorError if it cannot be written.
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


def replace_files(texts: Mapping[Path, str], modes: Mapping[Path, int]) -> None:
    """Write all files or, where one cannot be written, none; `modes` are of those that are not for everybody."""
    before = {file: file.read_bytes() if file.exists() else None for file in texts}
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
