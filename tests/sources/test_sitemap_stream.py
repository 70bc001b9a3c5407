"""What a sitemap lists, read as a stream: vocabularies by any prefix, damage, and limits."""

from __future__ import annotations

from xml.parsers import expat

import pytest

from monitor.errors import ParseError
from monitor.sources.sitemap_stream import MOST_ADDRESSES, Listed, SitemapStream

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
VIDEO = "http://www.google.com/schemas/sitemap-video/1.1"


def listed(inside: str, attributes: str = "") -> list[Listed]:
    return list(SitemapStream(f"<urlset {attributes}>{inside}</urlset>".encode()))


@pytest.mark.parametrize(
    "inside",
    [
        "<news:news><news:title>T</news:title></news:news>",
        "<news:title>T</news:title>",
        f"<n:news xmlns:n='{NEWS}'><n:title>T</n:title></n:news>",
        f"<n:title xmlns:n='{NEWS.replace('http', 'https')}/'>T</n:title>",
        f"<news xmlns='{NEWS}'><title>T</title></news>",
        "<news><title>T</title></news>",
        "<x:news><x:title>T</x:title></x:news>",
        "<wrapper><news:news><news:title>T</news:title></news:news></wrapper>",
        "<NEWS:NEWS><NEWS:TITLE>T</NEWS:TITLE></NEWS:NEWS>",
        "<news:news><news:title><![CDATA[T]]></news:title></news:news>",
        "<news:news><news:publication><news:title/></news:publication><news:title>T</news:title></news:news>",
    ],
)
def test_news_count_by_any_prefix_and_wherever_they_stand(inside: str) -> None:
    assert listed(f"<url><loc>/a</loc>{inside}</url>") == [{"loc": "/a", "news:title": "T"}]


def test_pictures_videos_and_other_languages_do_not_replace_the_address() -> None:
    image = "<image:image><image:loc>/i.png</image:loc><image:caption>I</image:caption></image:image>"
    video = f"<v:video xmlns:v='{VIDEO}'><v:title>V</v:title><v:player_loc>/p</v:player_loc></v:video>"
    other = "<xhtml:link rel='alternate' hreflang='uk' href='/uk/a'/>"
    assert listed(f"<url>{other}{image}{video}<loc>/a</loc></url>") == [
        {"loc": "/a", "image:caption": "I", "video:title": "V"}
    ]


def test_the_first_text_of_a_kind_counts_and_markup_inside_it_is_left_out() -> None:
    found = listed("<url><loc> /a </loc><loc>/b</loc><news:title>One <b>two</b> three</news:title></url>")
    assert found == [{"loc": "/a", "news:title": "One two three"}]


def test_an_entry_inside_another_one_is_one_of_its_own() -> None:
    assert listed("<url><loc>/a</loc><url><loc>/b</loc></url></url>") == [{"loc": "/a"}, {"loc": "/b"}]


def test_a_long_text_is_cut() -> None:
    assert len(listed(f"<url><loc>/{'a' * 300_000}</loc></url>")[0]["loc"]) == 20_000


def test_a_document_that_is_not_well_formed_raises_unless_it_is_salvaged() -> None:
    urls = [f"<url><loc>/{number}</loc></url>" for number in range(6)]
    urls[1] = "<url><loc>/1?a&b</loc></url>"
    urls[4] = "<url><loc>/4</loc>"
    document = f"<sm:urlset>{''.join(urls)}<url><loc>/cut".encode()
    with pytest.raises(expat.ExpatError):
        list(SitemapStream(document))
    stream = SitemapStream(document, salvaging=True)
    assert [one["loc"] for one in stream] == ["/0", "/2", "/3", "/4", "/5"]
    assert (stream.lost, stream.has_errors, stream.is_cut) == (2, True, False)


def test_prefixes_that_the_root_declares_count_in_what_is_salvaged() -> None:
    entry = "<url><loc>/a</loc><n:title>T</n:title></url>"
    document = f"<urlset xmlns:n='{NEWS}'><url>&</url>{entry}</urlset>".encode()
    with pytest.raises(expat.ExpatError):
        list(SitemapStream(document))
    entry = f"<url><loc>/b</loc><n:news xmlns:n='{NEWS}'/></url>{entry}"
    stream = SitemapStream(f"<urlset><url>&</url>{entry}</urlset>".encode(), salvaging=True)
    assert [one.get("news:title") for one in stream] == [None, "T"]


@pytest.mark.parametrize("salvaging", [True, False])
def test_as_many_addresses_are_read_as_the_protocol_allows(salvaging: bool) -> None:
    stream = SitemapStream(b"<urlset>" + b"<url/>" * MOST_ADDRESSES + b"</urlset>", salvaging=salvaging)
    assert (len(list(stream)), stream.is_cut) == (MOST_ADDRESSES, False)
    stream = SitemapStream(b"<urlset>" + b"<url/>" * (MOST_ADDRESSES + 1) + b"</urlset>", salvaging=salvaging)
    assert (len(list(stream)), stream.is_cut) == (MOST_ADDRESSES, True)


def test_after_too_many_errors_it_ends() -> None:
    stream = SitemapStream(b"<urlset>" + b"<url>&" * (MOST_ADDRESSES * 2), salvaging=True)
    assert (list(stream), stream.is_cut) == ([], True)
    assert stream.lost <= MOST_ADDRESSES + 1


@pytest.mark.parametrize("salvaging", [True, False])
def test_deep_nesting_ends(salvaging: bool) -> None:
    with pytest.raises(ParseError, match="nested too deep"):
        list(SitemapStream(b"<urlset><url>" + b"<a>" * 10_000, salvaging=salvaging))
