from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.double_encoding import without_double_encoding

NEWS = "Песков заявил: «Переговоры идут» — Стамбул. " * 3
LATIN = "Le café d’à côté a été fermé. " * 3


def doubled(text: str, charset: str = "latin-1") -> str:
    """UTF-8 read in another charset; what Windows-1252 lacks stays as in Latin-1, as browsers read it."""
    if charset == "latin-1":
        return text.encode().decode("latin-1")
    return "".join(_cp1252(byte) for byte in text.encode())


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("charset", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", [NEWS, LATIN, f"<a>{NEWS}</a>", "München, Köln, Zürich, Düsseldorf"])
def test_what_was_encoded_twice_is_read_once(text: str, charset: str) -> None:
    assert without_double_encoding(doubled(text, charset).encode()).decode() == text
    assert without_double_encoding(doubled(doubled(text, charset), charset).encode()).decode() == text


def test_words_that_were_encoded_twice_are_mended_beside_sound_ones() -> None:
    assert without_double_encoding(f"Переговоры: {doubled(NEWS)}".encode()).decode() == f"Переговоры: {NEWS}"


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        LATIN,
        "Ã is a letter, Â too, and Å",
        f"{LATIN} An article about cafÃ© and naÃ¯ve and faÃ§ade",
        "São João, Ação, «Â» £ ½ ÀÈÌ",
        "plain",
        "",
    ],
)
def test_a_sound_page_stays_as_it_is(text: str) -> None:
    assert without_double_encoding(text.encode()) == text.encode()


def test_bytes_that_are_no_utf8_stay_as_they_are() -> None:
    body = doubled(NEWS).encode() + b"\xff"
    assert without_double_encoding(body) == body


@given(st.binary(max_size=200))
def test_any_bytes_are_taken(body: bytes) -> None:
    assert isinstance(without_double_encoding(body), bytes)
