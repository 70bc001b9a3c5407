"""Bodies: what is inflated, what is tolerated, and where it ends."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.net.inflate import LIMIT, MAX_MEMBERS, STEP, Body, coding_of

TEXT = "Песков рассказал о переговорах. ".encode() * 40


def inflate(raw: bytes, coding: str, step: int = 1 << 16, limit: int = LIMIT) -> bytes:
    body = Body(coding, limit)
    for start in range(0, len(raw), step):
        body.feed(raw[start : start + step])
    return body.finish()


def raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


@given(st.binary(max_size=2000), st.integers(1, 700))
def test_every_coding_gives_the_bytes_back_in_pieces_of_any_size(data: bytes, step: int) -> None:
    assert inflate(gzip.compress(data), "gzip", step) == data
    assert inflate(zlib.compress(data), "deflate", step) == data
    if data[:2] != b"\x1f\x8b":
        assert inflate(data, "", step) == data


def test_deflate_without_its_header_is_read() -> None:
    assert inflate(raw_deflate(TEXT), "deflate", 7) == TEXT


@pytest.mark.parametrize("size", [STEP - 1, STEP, STEP + 1, STEP + 257, 2 * STEP, 2 * STEP + 100])
def test_output_that_waits_in_the_engine_is_fetched(size: int) -> None:
    assert inflate(raw_deflate(bytes(size)), "deflate", 1 << 20) == bytes(size)


def test_gzip_stated_over_plain_text_is_plain_text() -> None:
    assert inflate(TEXT, "gzip") == TEXT
    assert inflate(b"", "gzip") == b""
    assert inflate(b"x", "gzip") == b"x"


def test_a_gzip_file_sent_without_a_word_is_inflated_once() -> None:
    twice = gzip.compress(gzip.compress(TEXT))
    assert inflate(gzip.compress(TEXT), "") == TEXT
    assert gzip.decompress(inflate(twice, "")) == TEXT


def test_members_are_joined_and_rubbish_at_the_end_is_ignored() -> None:
    two = gzip.compress(TEXT) + gzip.compress(b"more")
    for step in (1, 2, 9, len(gzip.compress(TEXT)), len(gzip.compress(TEXT)) + 1, 1000):
        assert inflate(two, "gzip", step) == TEXT + b"more"
    assert inflate(gzip.compress(TEXT) + b"<!-- cached -->" * 9, "gzip", 9) == TEXT
    assert inflate(zlib.compress(TEXT) + b"rubbish", "deflate", 9) == TEXT


def test_members_without_end_are_not_all_opened() -> None:
    assert inflate(gzip.compress(b"x") * (MAX_MEMBERS + 1), "gzip") == b"x" * MAX_MEMBERS


@given(st.integers(3, 60))
def test_a_body_cut_short_is_an_error(length: int) -> None:
    with pytest.raises(FetchError, match="incomplete"):
        inflate(gzip.compress(TEXT)[:length], "gzip")
    with pytest.raises(FetchError, match="incomplete"):
        inflate(zlib.compress(TEXT)[:length], "deflate")


def test_a_second_member_cut_short_is_an_error() -> None:
    with pytest.raises(FetchError, match="incomplete"):
        inflate(gzip.compress(TEXT) + gzip.compress(TEXT)[:20], "gzip")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
@given(st.binary(min_size=2, max_size=300))
def test_any_bytes_give_bytes_or_a_fetch_error(coding: str, raw: bytes) -> None:
    try:
        reason = "" if isinstance(inflate(raw, coding, 5), bytes) else "no bytes"
    except FetchError as error:
        reason = error.reason
    assert reason in ("", "coding", "incomplete")


def test_damage_is_an_error() -> None:
    damaged = bytearray(gzip.compress(TEXT))
    damaged[-6] ^= 0xFF  # the checksum
    with pytest.raises(FetchError, match="coding"):
        inflate(bytes(damaged), "gzip")


def test_a_bomb_costs_no_more_than_the_limit() -> None:
    bomb = gzip.compress(bytes(200 * 1024 * 1024), 9)
    tracemalloc.start()
    with pytest.raises(FetchError, match="too large"):
        inflate(bomb, "gzip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < LIMIT + 4 * 1024 * 1024


def test_exactly_the_limit_is_allowed() -> None:
    data = bytes(1000)
    assert inflate(gzip.compress(data), "gzip", limit=1000) == data
    assert inflate(data, "", limit=1000) == data
    for raw, coding in ((gzip.compress(data), "gzip"), (data, "")):
        with pytest.raises(FetchError, match="too large"):
            inflate(raw, coding, limit=999)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, identity", "gzip"),
        ("deflate", "deflate"),
    ],
)
def test_one_coding_is_read(header: str, coding: str) -> None:
    assert coding_of(header) == coding


@pytest.mark.parametrize("header", ["br", "zstd", "gzip, gzip", "gzip, deflate", "compress", "\x00"])
def test_other_codings_are_errors(header: str) -> None:
    with pytest.raises(FetchError, match="coding"):
        coding_of(header)
