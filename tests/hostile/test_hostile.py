"""A small version of `python -m tests.hostile`: quick behaviours of every kind, side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.behaviour import Behaviour, raw
from tests.hostile.street import walk
from tests.hostile.table import TABLE

QUICK = (
    *("silence after the request", "reset in the body", "headers without end", "chunks without end", "half close"),
    *("close in a header", "a header, slowly", "trailers, slowly", "103, slowly", "silence after the last stated byte"),
    *("a certificate that expired", "a certificate for another name", "TLS 1.0 only", "a handshake that hangs"),
    *("HTTP/0.9", "zero before the status", "gzip behind a byte order mark", "chunks, then identity"),
    *("two thousand cookies", "a bomb in zstd", "redirect to ftp", "robots.txt that never comes"),
    *("next pages in a circle", "a next page at a router", "a sitemap index of ten thousand"),
    *("a tree of sitemap indexes", "a sitemap of laughs", "a sitemap a million deep"),
    *("a sitemap index that holds itself", "ids of the other outlet", "each answer twice"),
    *("two lengths", "ICY", "gzip cut short", "chunks damaged", "brotli"),
    *("204", "404 for days", "429 for ever", "redirects in a circle", "redirect to a router", "redirect to a file"),
    *("cookies in a circle", "a bomb in a bomb", "gzip twice, both stated"),
    *("a thousand million laughs", "an entity that is a file", "JSON a million deep", "zeros in the text", "UTF-16"),
    *("a login page", "an empty channel", "a title of a million letters", "line ends in a title", "text turned around"),
    *("an escape in a title", "a javascript link", "one id for all", "ids made up at each visit"),
)


async def test_healthy_outlets_are_served_beside_hostile_ones(tmp_path: Path) -> None:
    rows = {one.name: one for behaviours in TABLE.values() for one in behaviours}
    outcomes = await walk(tmp_path, [rows[name] for name in QUICK])
    assert [(one.name, one.happened, one.wrong) for one in outcomes if one.wrong] == []
    assert len(outcomes) == len(QUICK)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (Behaviour("too few", raw(b"HTTP/1.1 500 No\r\n\r\n"), stored=1, said="500"), "0 articles in place of 1"),
        (Behaviour("not said", raw(b"HTTP/1.1 500 No\r\n\r\n")), "status says"),
    ],
)
async def test_what_is_not_survived_is_said(wrong: Behaviour, what: str, tmp_path: Path) -> None:
    (outcome,) = await walk(tmp_path, [wrong])
    assert [what in one for one in outcome.wrong] == [True]


def test_every_behaviour_has_a_name_of_its_own() -> None:
    names = [one.name for behaviours in TABLE.values() for one in behaviours]
    assert len(names) == len(set(names))
    assert len(names) >= 250
