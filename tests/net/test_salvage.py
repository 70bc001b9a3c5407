"""Bodies that are not what their header says, by their bytes."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.net.inflate import LIMIT
from monitor.net.salvage import decode_by_bytes
from tests.net.answers import raw_deflate

WORDS = " ".join(f"Причал {number} открыт." for number in range(0, 999, 7))
TEXT = f"<rss>{WORDS}</rss>".encode()
GZIP = gzip.compress(TEXT, mtime=0)
ZLIB = zlib.compress(TEXT)


def with_everything() -> bytes:
    """A gzip file whose header has all that it may have (RFC 1952, 2.3)."""
    named = io.BytesIO()
    with gzip.GzipFile("a.xml", "wb", fileobj=named, mtime=0) as file:
        file.write(TEXT)
    raw = bytearray(named.getvalue())
    name = raw.index(b"\x00", 10) + 1
    raw[3] |= 4 | 16 | 2
    return bytes(raw[:10]) + b"\x03\x00abc" + bytes(raw[10:name]) + b"said\x00" + b"\x12\x34" + bytes(raw[name:])


@pytest.mark.parametrize("header", ["gzip", "GZIP", "gzip, gzip", "UTF-8", "br", "deflate", "\x00", "binary"])
@pytest.mark.parametrize("raw", [TEXT, GZIP, ZLIB], ids=["plain", "gzip", "zlib"])
def test_the_bytes_say_what_a_body_is(raw: bytes, header: str) -> None:
    inflated = decode_by_bytes(raw, header)
    assert (inflated.content, inflated.flaw) == (TEXT, "")
    assert inflated.has_end == (raw != TEXT)


def test_one_layer_is_taken_off() -> None:
    assert decode_by_bytes(gzip.compress(GZIP), "gzip, gzip").content == GZIP


@pytest.mark.parametrize("raw", [GZIP[:-8], GZIP[:-1], with_everything()[:-8], ZLIB[:-4], ZLIB[:-1]], ids=range(5))
def test_a_final_block_seals_a_body_without_its_checksum(raw: bytes) -> None:
    assert decode_by_bytes(raw, "deflate") == (TEXT, "", True)


def test_raw_deflate_is_sealed_by_its_final_block() -> None:
    assert decode_by_bytes(raw_deflate(TEXT), "deflate") == (TEXT, "", True)


@pytest.mark.parametrize("raw", [GZIP[:-8] + bytes(8), ZLIB[:-4] + bytes(4)], ids=["gzip", "zlib"])
def test_a_checksum_that_does_not_fit_is_a_flaw(raw: bytes) -> None:
    assert decode_by_bytes(raw, "gzip") == (TEXT, "the checksum of the compressed body does not fit", False)


@pytest.mark.parametrize("raw", [GZIP, with_everything(), ZLIB], ids=["gzip", "gzip with a name", "zlib"])
@pytest.mark.parametrize("lost", [20, 60])
def test_a_body_cut_short_gives_what_came(raw: bytes, lost: int) -> None:
    inflated = decode_by_bytes(raw[:-lost], "gzip")
    assert TEXT.startswith(inflated.content)
    assert inflated.content
    assert inflated.flaw.endswith(f"body was cut short after {len(raw) - lost} bytes")
    assert not inflated.has_end


def test_members_are_joined_up_to_where_one_is_cut() -> None:
    assert decode_by_bytes(GZIP + GZIP[:-8], "").content == TEXT * 2
    cut = decode_by_bytes(GZIP + GZIP[:-40], "")
    assert cut.content.startswith(TEXT + b"<rss>")
    assert not cut.has_end


@pytest.mark.parametrize("header", ["br", "zstd", "gzip, br", "compress"])
def test_a_coding_that_we_cannot_read_is_refused(header: str) -> None:
    with pytest.raises(FetchError, match=r"coding: the body comes as '.*', and we asked for gzip or deflate"):
        decode_by_bytes(b"\x8b\x01\x80", header)


@given(st.binary(max_size=300), st.sampled_from([b"", b"\x1f\x8b", b"\x1f\x8b\x08\x1f", b"x\x9c"]))
def test_any_bytes_give_something_or_a_fetch_error(raw: bytes, start: bytes) -> None:
    for header in ("", "deflate"):
        decode_by_bytes(start + raw, header)


@pytest.mark.parametrize("damage", [slice(-8, None), slice(-9, None)])
def test_a_bomb_without_its_trailer_costs_no_more_than_the_limit(damage: slice) -> None:
    bomb = bytearray(gzip.compress(bytes(200 * 1024 * 1024), 9))
    del bomb[damage]
    tracemalloc.start()
    with pytest.raises(FetchError, match="too large"):
        decode_by_bytes(bytes(bomb), "gzip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * LIMIT + 4 * 1024 * 1024


def test_more_bytes_than_we_take_are_refused() -> None:
    with pytest.raises(FetchError, match="too large"):
        decode_by_bytes(bytes(LIMIT + 1), "")
