"""Passwords and tokens from files and the environment, without what editors and shells add to them."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path

from monitor.errors import SecretError

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def read_secret(name: str, folder: Path) -> str:
    """The secret in a file now (a relative one counts from `folder`), or in the variable of that name.

    A byte order mark and line ends around it are no part of it. A SecretError says why there is none.
    """
    if _VARIABLE.fullmatch(name):
        if name not in os.environ:
            raise SecretError(f"{name} is not set")
        return _bare(os.environ[name], name)
    file = folder / name
    try:
        return _bare(_decoded(file.read_bytes()), f"the file {file}")
    except UnicodeError:
        raise SecretError(f"the file {file} is not text in UTF-8") from None
    except OSError as error:
        raise SecretError(f"the file {file} cannot be read: {error.strerror}") from None


def variable(name: str) -> str:
    """The secret in a variable that need not be there; empty where it is not, or is left empty."""
    return read_secret(name, Path()) if os.environ.get(name) else ""


def _decoded(raw: bytes) -> str:
    """Windows writes UTF-16 (`echo x > file` in PowerShell), always with its mark."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return raw.decode("utf-16" if is_wide else "utf-8")


def _bare(text: str, where: str) -> str:
    secret = text.strip(f"{BOM}\r\n")
    if not secret.strip():
        raise SecretError(f"{where} is empty")
    if "\0" in secret:
        raise SecretError(f"{where} holds zero bytes: save it as UTF-8 text")
    return secret
