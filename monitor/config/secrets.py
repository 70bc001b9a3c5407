"""Read passwords and tokens from files and the environment, without what editors and shells add to them."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from monitor.errors import SecretError

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def read_secret(name: str, folder: Path) -> str:
    """Return the secret in a file (relative to `folder`), or in the environment variable of that name.

    A byte order mark and line ends around it are removed. Raises SecretError with the reason.
    """
    if is_variable(name):
        if name not in os.environ:
            raise SecretError(f"{name} is not set")
        return _cleaned(os.environ[name], name)
    file = folder / name
    try:
        return _cleaned(_decoded(file.read_bytes()), f"the file {file}")
    except UnicodeError:
        raise SecretError(f"the file {file} is not text in UTF-8") from None
    except OSError as error:
        raise SecretError(f"the file {file} cannot be read: {error.strerror}") from None


def is_variable(name: str) -> bool:
    """Tell whether what stands for a file is the name of an environment variable: in capitals, like AGENCY_PASSWORD."""
    return _VARIABLE.fullmatch(name) is not None


def secret_variable(name: str) -> str:
    """Return the secret in an environment variable, or an empty string where it is unset or empty."""
    return read_secret(name, Path()) if os.environ.get(name) else ""


def with_password(address: str, password: str) -> str:
    """Return an address with this password, percent-encoded (RFC 3986); as it is without a password or a user."""
    parts = urlsplit(address)
    if not password or not parts.username:
        return address
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}:{quote(password, safe='')}@{host}"))


def _decoded(raw: bytes) -> str:
    """Decode a file's bytes; PowerShell's `echo x > file` writes UTF-16, always with a byte order mark."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return raw.decode("utf-16" if is_wide else "utf-8")


def _cleaned(text: str, source: str) -> str:
    secret = text.strip(f"{BOM}\r\n")
    if not secret.strip():
        raise SecretError(f"{source} is empty")
    if "\0" in secret:
        raise SecretError(f"{source} holds zero bytes: save it as UTF-8 text")
    return secret
