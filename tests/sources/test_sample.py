"""Feeds as outlets served them (`feeds/sample` of the shared data): every entry found, whatever the damage."""

from __future__ import annotations

import csv
import gzip
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from monitor.model import Page
from monitor.sources import parse
from tests.sources.damage import CYRILLIC, DAMAGES, LATIN, Damage

_DATA = os.environ.get("MONITOR_TEST_DATA", "")
pytestmark = pytest.mark.skipif(not _DATA, reason="MONITOR_TEST_DATA is not set")
_SAMPLE = Path(_DATA) / "feeds" / "sample"
_MOJIBAKE = re.compile(r"\ufffd|[ÐÑ][\x80-\xbf°-¿]|Ã[\x80-¿]|â€")
_DECLARED = re.compile(rb"encoding=[\"']([\w-]+)[\"']")


def rows() -> list[dict[str, str]]:
    with (_SAMPLE / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def clean() -> Iterator[tuple[str, str, str]]:
    """Name, language and text of each feed, decoded as it declares."""
    for row in rows():
        raw = (_SAMPLE / row["file"]).read_bytes()
        raw = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
        declared = _DECLARED.search(raw[:200])
        if not row["file"].endswith(".json"):
            yield row["file"], row["language"], raw.decode(declared[1].decode() if declared else "utf-8", "replace")


def titles(raw: bytes, headers: Mapping[str, str], language: str) -> list[str]:
    page = Page("https://news.example.org/rss", 200, headers, raw)
    return [entry.title for entry in parse("feed", page, language=language).entries]


@pytest.mark.parametrize("row", rows() if _DATA else [], ids=lambda row: row["file"])
def test_every_entry_that_the_manifest_counts_is_found(row: dict[str, str]) -> None:
    raw = (_SAMPLE / row["file"]).read_bytes()
    found = titles(raw, {}, row["language"][:2])
    # The manifest counts the channel's (or each item's) <image>, which has a title and a link, as an entry.
    assert len(found) >= int(row["entries"]) - len(re.findall(rb"<image[ >]", raw))
    assert len(found) >= len(re.findall(rb"<(?:item|entry)[ >]", raw))
    assert all(found)
    assert not [title for title in found if _MOJIBAKE.search(title)]


def kept(damage: Damage, language: str = "") -> float:
    """The share of titles that come through, over all feeds."""
    wanted = lost = 0
    for _, code, text in clean():
        if language and not re.match(language, code):
            continue
        before = Counter(titles(text.encode(), {}, code[:2]))
        after = Counter(titles(*damage(text), code[:2]))
        wanted += before.total()
        lost += (before - after).total()
    return 1 - lost / wanted


@pytest.mark.parametrize("name", DAMAGES)
def test_titles_survive_damage(name: str) -> None:
    assert kept(DAMAGES[name]) >= 0.99


@pytest.mark.parametrize("name", CYRILLIC)
def test_cyrillic_titles_survive_a_wrong_charset(name: str) -> None:
    assert kept(CYRILLIC[name], "ru|uk") >= 0.99


@pytest.mark.parametrize("name", LATIN)
def test_latin_titles_survive_a_wrong_charset(name: str) -> None:
    assert kept(LATIN[name], "en|de|pt") >= 0.99
