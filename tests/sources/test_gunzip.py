"""Gzipped files of any number of members, within a limit."""

from __future__ import annotations

import gzip

import pytest

from monitor.errors import ParseError
from monitor.sources.gunzip import gunzip

MIB = 2**20


def test_any_number_of_members_is_read() -> None:
    assert gunzip(gzip.compress(b"a") * 100_000, MIB) == b"a" * 100_000


def test_padding_between_members_and_rubbish_after_the_last_are_passed_over() -> None:
    member = gzip.compress(b"a" * 99_999)
    assert gunzip(member + b"\x00" * 500 + member + b"rubbish", MIB) == b"a" * 199_998


def test_what_comes_before_a_damage_is_read() -> None:
    whole = gzip.compress(b"a" * 1_000)
    assert gunzip(whole + whole[:10] + b"\xff" * 30, MIB) == b"a" * 1_000
    with pytest.raises(ParseError, match="gzip"):
        gunzip(whole[:10] + b"\xff" * 30, MIB)


@pytest.mark.parametrize("members", [1, 2])
def test_the_limit_holds_for_all_members_together(members: int) -> None:
    file = gzip.compress(b"a" * (MIB // members)) * members
    assert len(gunzip(file, MIB)) == MIB
    with pytest.raises(ParseError, match="inflates to more than 1 MiB"):
        gunzip(file + gzip.compress(b"a"), MIB)


def test_what_is_not_gzipped_stays() -> None:
    assert gunzip(b"<urlset/>", 3) == b"<urlset/>"
