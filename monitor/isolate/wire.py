"""Encode messages to a worker and decode its answers, which may be hostile since its input is."""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Sequence
from typing import Any

HEADER = struct.Struct(">I")
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest answer."""

# The only classes in an answer besides numbers, strings, bytes, tuples, lists and dictionaries.
_ALLOWED = {("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone")}


class _RestrictedUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return an allowed class; raise UnpicklingError for any other."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed in an answer")
        return super().find_class(module, name)


def pack(arguments: Sequence[object]) -> bytes:
    """Return one message with the arguments of several jobs, preceded by its length."""
    message = pickle.dumps(list(arguments), protocol=5)
    return HEADER.pack(len(message)) + message


def unpack(message: bytes) -> tuple[Any, ...]:
    """Return a worker's answer, (True, value) or (False, reason, detail); raise ValueError for anything else."""
    try:
        answer = _RestrictedUnpickler(io.BytesIO(message)).load()
    except Exception as error:  # hostile bytes can raise any exception of pickle
        raise ValueError(f"a worker's answer cannot be read: {error}") from None
    if type(answer) is tuple and len(answer) == 2 and answer[0] is True:
        return answer
    if type(answer) is tuple and len(answer) == 3 and all(type(part) is str for part in answer[1:]):
        return False, _printable(answer[1]), _printable(answer[2])
    raise ValueError("a worker's answer has an unknown shape")


def _printable(text: str) -> str:
    # A reason may hold text of a hostile page, and is shown in logs and terminals.
    return "".join(char if char.isprintable() else " " for char in text[:500])
