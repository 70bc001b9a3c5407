"""Faults: feeds that were read wrongly."""

from __future__ import annotations

from pathlib import Path

from monitor.model import Entry, Page
from monitor.sources import parse
from monitor.sources.date_parser import parse_date
from tests.faults.check import Check

_URL = "http://outlet.test/rss.xml"


def entries(body: bytes, **headers: str) -> list[Entry]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return list(parse("feed", Page(_URL, 200, named, body)).entries)


async def link_element_emptied(folder: Path, tmp_path: Path) -> None:
    body = (folder / "feed.xml").read_bytes()
    guid = b"<guid isPermaLink='false'>77</guid>"
    for variant in (body, body.replace(b"<link/>", b"<link></link>"), body.replace(guid, b"")):
        assert [entry.link for entry in entries(variant)] == ["https://news.example.org/2026/a"]


async def link_home_guid_permalink(folder: Path, tmp_path: Path) -> None:
    body = (folder / "feed.xml").read_bytes()
    home = b"<link>http://news.example.org/</link><guid"
    for link in (b"http://news.example.org/", b"/index.php", b"N/A"):
        found = entries(body.replace(home, b"<link>" + link + b"</link><guid"))
        assert [entry.link for entry in found] == ["http://news.example.org/2026/a", "http://news.example.org/2026/b"]


async def content_location(folder: Path, tmp_path: Path) -> None:
    body = (folder / "answer.bin").read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    found = entries(body, content_location="http://10.0.0.5:8080/feed/index.php")
    assert [entry.link for entry in found] == ["http://outlet.test/2026/11/story.html"]


async def html_in_a_comment(folder: Path, tmp_path: Path) -> None:
    for name in ("comment.xml", "page-before.xml", "wrapped.xml"):
        assert [entry.title for entry in entries((folder / name).read_bytes())] == ["A"]


async def angle_brackets(folder: Path, tmp_path: Path) -> None:
    found = entries((folder / "rss.xml").read_bytes())
    assert [entry.title for entry in found[:2]] == [
        "Letter of Peskov <peskov@kremlin.example> leaks",
        "<Peskov> leaves",
    ]
    assert found[2].summary == "Growth a<b as Peskov and Ivanov>c said"
    assert [entry.title for entry in entries((folder / "atom.xml").read_bytes())] == ["The <Peskov> tag"]


async def references(folder: Path, tmp_path: Path) -> None:
    [entry] = entries((folder / "atom.xml").read_bytes())
    assert (entry.title, entry.summary) == ("Песков said – ok", "Песков here")


async def other_dates(folder: Path, tmp_path: Path) -> None:
    lines = [line.split(" => ") for line in (folder / "dates.txt").read_text(encoding="utf-8").splitlines()[1:]]
    assert len(lines) > 15
    for written, right, *_ in lines:
        moment = parse_date(written)
        assert moment is not None, written
        assert right.partition(" ")[0] in (f"{moment:%H:%M}", f"{moment:%H:%M:%S}"), written


async def empty_pubdate(folder: Path, tmp_path: Path) -> None:
    body = (folder / "feed.xml").read_bytes()
    assert [f"{entry.published:%Y-%m-%dT%H:%M}" for entry in entries(body)] == ["2026-11-28T10:00"]


CHECKS: dict[str, Check] = {
    "drupal-and-other-dates": other_dates,
    "empty-pubdate-hides-dc-date": empty_pubdate,
    "angle-brackets-in-titles": angle_brackets,
    "atom-text-with-references": references,
    "content-location": content_location,
    "html-in-a-comment-before-the-root": html_in_a_comment,
    "link-element-emptied": link_element_emptied,
    "link-home-guid-permalink": link_home_guid_permalink,
}
