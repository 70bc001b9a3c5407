"""Messages between a parent and a worker that may have been taken over: written freely, read with suspicion."""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Sequence
from typing import Any

HEADER = struct.Struct(">I")
LARGEST = 64 * 1024 * 1024

# All that an answer may be made of besides numbers, strings, bytes, tuples, lists and dictionaries.
_ALLOWED = {("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone")}


class _Suspicious(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, when answers may hold it."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed in an answer")
        return super().find_class(module, name)


def packed(arguments: Sequence[object]) -> bytes:
    """One message of several jobs, with its length before it."""
    message = pickle.dumps(list(arguments), protocol=5)
    return HEADER.pack(len(message)) + message


def unpacked(message: bytes) -> tuple[Any, ...]:
    """A worker's answer, (True, value) or (False, reason, detail); raises ValueError on anything else."""
    try:
        answer = _Suspicious(io.BytesIO(message)).load()
    except Exception as error:  # bytes from a hostile process raise whatever pickle can
        raise ValueError(f"a worker's answer cannot be read: {error}") from None
    if type(answer) is tuple and len(answer) == 2 and answer[0] is True:
        return answer
    if type(answer) is tuple and len(answer) == 3 and all(type(part) is str for part in answer[1:]):
        return False, _printable(answer[1]), _printable(answer[2])
    raise ValueError("a worker's answer has an unknown shape")


def _printable(text: str) -> str:
    # What a hostile page put into a reason is shown in logs and terminals.
    return "".join(char if char.isprintable() else " " for char in text[:500])
