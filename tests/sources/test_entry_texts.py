"""Each text that an entry states is kept once, and none hides another."""

from __future__ import annotations

import pytest

from monitor.model import Entry, Page
from monitor.sources import parse

_SPACES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:dc='http://purl.org/dc/elements/1.1/'"
)


def item(inside: str) -> Entry:
    document = f"<rss {_SPACES}><channel><item><title>Head</title>{inside}</item></channel></rss>"
    return parse("feed", Page("https://f.example.org/all.xml", 200, {}, document.encode())).entries[0]


@pytest.mark.parametrize(
    "empty",
    ["", " ", "<p>&amp;nbsp;</p>", "<img src='/x.jpg'/>", "<p></p>\n<br/>", "<!-- none -->", "<script>x</script>"],
)
def test_a_content_without_words_hides_nothing(empty: str) -> None:
    encoded = f"<content:encoded><![CDATA[{empty}]]></content:encoded>"
    assert item(f"<description>Lead</description>{encoded}<body>Body</body>").content == "Body"
    assert item(f"{encoded}<content:encoded>Second</content:encoded>").content == "Second"
    assert (
        item(f"<description><![CDATA[{empty}]]></description><dc:description>Lead</dc:description>").summary == "Lead"
    )


@pytest.mark.parametrize(
    "element",
    [
        "description",
        "itunes:summary",
        "itunes:subtitle",
        "media:description",
        "media:text",
        "dc:description",
        "subtitle",
    ],
)
def test_what_another_text_says_is_added(element: str) -> None:
    entry = item(f"<description>Lead</description><{element}>Песков приехал</{element}>")
    assert (entry.summary, entry.content) == ("Lead", "Песков приехал")


def test_an_added_text_stands_behind_the_content() -> None:
    said = "<content:encoded><![CDATA[<p>Long <b>text</b></p>]]></content:encoded><media:text>More & less</media:text>"
    entry = item(said.replace("&", "&amp;"))
    assert entry.content == "Long text\nMore & less"


@pytest.mark.parametrize(
    "repeated",
    [
        "Lead of three words",
        "LEAD, of three words!",
        "Lead of",
        "Lead of thr…",
        "Lead of three […]",
        "Head",
        "<b>Lead</b>",
    ],
)
def test_what_was_said_is_not_repeated(repeated: str) -> None:
    entry = item(
        f"<description>Lead of three words</description><itunes:summary><![CDATA[{repeated}]]></itunes:summary>"
    )
    assert entry.content == ""


def test_only_the_new_lines_of_a_text_are_added() -> None:
    entry = item("<content:encoded>One\n\nTwo</content:encoded><body>Heading\nOne\nTwo</body>")
    assert entry.content == "One\nTwo\nHeading"


def test_captions_are_read_wherever_pictures_stand() -> None:
    picture = "<media:content url='https://f.example.org/{0}.jpg'><media:{1}>{0}</media:{1}></media:content>"
    one, two, three = (picture.format(*words) for words in (("Uno", "title"), ("Dos", "description"), ("Tres", "text")))
    group = f"<media:group>{two}<media:description>Cuatro</media:description></media:group>"
    entry = item(f"<description>Lead</description>{one}{group}<media:group>{three}</media:group>")
    assert set(entry.content.split("\n")) | {entry.summary} == {"Lead", "Uno", "Dos", "Tres", "Cuatro"}


def test_rss_with_a_summary_has_its_text_in_the_description() -> None:
    entry = item("<summary>Lead</summary><description>&lt;p&gt;Whole&lt;/p&gt;</description>")
    assert (entry.summary, entry.content) == ("Lead", "Whole")


def test_many_texts_end() -> None:
    lines = "\n".join(f"line {number}" for number in range(3_000))
    entry = item("".join(f"<description>{part}\n{lines}</description>" for part in range(40)))
    assert len(entry.content) <= 200_000


@pytest.mark.parametrize(
    "wrapped",
    [
        "&lt;![CDATA[{}]]&gt;",
        "<![CDATA[<![CDATA[{}]]]]><![CDATA[>]]>",
        "&amp;lt;![CDATA[{}]]&amp;gt;",
        "&lt;![CDATA[{}",
    ],
)
def test_cdata_that_was_escaped_is_unwrapped(wrapped: str) -> None:
    values = {
        "link": "https://f.example.org/1",
        "guid": "tag:1",
        "pubDate": "Mon, 16 Nov 2026 12:00:00 +0300",
        "category": "порт",
        "author": "Ada Quay",
        "description": "Words",
    }
    entry = item("".join(f"<{name}>{wrapped.format(value)}</{name}>" for name, value in values.items()))
    assert (entry.link, entry.id, entry.tags, entry.authors) == (
        "https://f.example.org/1",
        "tag:1",
        ("порт",),
        ("Ada Quay",),
    )
    assert entry.published is not None
    assert entry.summary == "Words"


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream"])
def test_a_file_in_the_content_is_no_text(kind: str) -> None:
    content = f"<content type='{kind}'>iVBORw0KGgoAAAANSUhEUgAA/////w==</content>"
    assert item(f"<description>Lead</description>{content}").content == ""
