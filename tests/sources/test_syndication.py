"""What RSS, Atom and RDF say in their different words, in ours."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Entry, Page, Parsed
from monitor.sources import parse, xml_tree

ATOM = "http://www.w3.org/2005/Atom"


def read(text: str, **headers: str) -> Parsed:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return parse("feed", Page("https://f.example.org/rss/all.xml", 200, headers, text.encode()))


def item(inside: str) -> Entry:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return read(
        f"<rss {spaces}><channel><link>https://f.example.org/</link><item>{inside}</item></channel></rss>"
    ).entries[0]


def entry(inside: str) -> Entry:
    return read(f'<feed xmlns="{ATOM}"><entry>{inside}</entry></feed>').entries[0]


def test_published_and_updated_are_two_things() -> None:
    found = entry("<published>2026-11-16T09:00:00Z</published><updated>2026-11-16T12:00:00+03:00</updated>")
    assert found.published == found.updated
    assert found.published_text == "2026-11-16T09:00:00Z"


def test_summary_and_content_are_two_things() -> None:
    found = item(
        "<description>Коротко</description><content:encoded><![CDATA[<p>Довго</p><p>и ещё</p>]]></content:encoded>"
    )
    assert (found.summary, found.content) == ("Коротко", "Довго\nи ещё")


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ('<title type="text">the &lt;b> tag</title>', "the <b> tag"),
        ('<title type="html">a &lt;b>bold&lt;/b> word</title>', "a bold word"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>bold</b> word</div></title>',
            "a bold word",
        ),
        ("<title>  two\n lines </title>", "two lines"),
        ("<title>The &lt;Peskov> tag, the &lt;b> tag</title>", "The <Peskov> tag, the <b> tag"),
        ("<title>a &lt;b>bold&lt;/b> word</title>", "a bold word"),
        (
            '<title type="text">&amp;#1055;&amp;#1086;&amp;#1088;&amp;#1090; &amp;amp; &amp;lt;ok&amp;gt;</title>',
            "Порт & <ok>",
        ),
        ("<title>&amp;#1055;&amp;#1086;&amp;#1088;&amp;#1090;</title>", "Порт"),
    ],
)
def test_atom_says_what_its_text_is(inside: str, title: str) -> None:
    assert entry(inside).title == title


def test_the_page_is_the_alternate_link() -> None:
    links = [
        ("self", "application/atom+xml", "/self"),
        ("alternate", "text/html", "/page"),
        ("enclosure", "audio/mpeg", "/a.mp3"),
    ]
    found = entry("".join(f'<link rel="{rel}" type="{kind}" href="{href}"/>' for rel, kind, href in links))
    assert found.link == "https://f.example.org/page"
    assert entry("<title>a</title><link rel='self' href='/s'/><link rel='enclosure' href='/a.mp3'/>").link == (
        "https://f.example.org/a.mp3"
    )


def test_languages_of_feed_and_entry() -> None:
    assert read("<rss><channel><language>en_US</language></channel></rss>").language == "en-US"
    assert read("<rss><channel/></rss>", content_language="tr, en").language == "tr"
    assert item("<dc:language>uk</dc:language>").language == "uk"


def test_people_are_names() -> None:
    assert entry("<author><name>Ada Quay</name><email>a@b.org</email></author>").authors == ("Ada Quay",)
    assert item("<author>a@b.org (Ada Quay)</author><dc:creator>Ada Quay</dc:creator>").authors == ("Ada Quay",)


@pytest.mark.parametrize(
    "stated",
    [
        "<managingEditor>a@b.org (Ada Quay)</managingEditor>",
        "<dc:creator xmlns:dc='https://purl.org/dc/elements/1.1'>Ada Quay</dc:creator>",
        "<author>Ada Quay</author>",
    ],
)
def test_a_feed_s_people_are_those_of_entries_that_name_none(stated: str) -> None:
    items = "<item><title>a</title></item><item><title>b</title><author>Bo</author></item>"
    parsed = read(f"<rss><channel>{stated}{items}</channel></rss>")
    assert [entry.authors for entry in parsed.entries] == [("Ada Quay",), ("Bo",)]


def test_the_people_of_an_entry_s_source_come_before_the_feed_s() -> None:
    source = "<source><title>Other</title><author><name>Cy</name></author></source>"
    feed = f"<feed xmlns='{ATOM}'><author><name>Ada</name></author><entry><title>a</title>{source}</entry></feed>"
    assert read(feed).entries[0].authors == ("Cy",)


def test_content_that_stands_elsewhere_is_where_the_entry_is() -> None:
    found = entry("<title>a</title><content type='text/html' src='/a.html'/><summary>Lead</summary>")
    assert (found.link, found.summary, found.content) == ("https://f.example.org/a.html", "Lead", "")


_ROOT = "<rss><channel><title>T</title><item><title>A</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("before", "behind", "note"),
    [
        ("<?xml version='1.0'?>\n<!-- see the <html> version -- at /news -->", "", ()),
        ("<!-- <rss><channel><item><title>Old</title></item></channel></rss> -->", "", ()),
        ("<!DOCTYPE html>", "", ()),
        ("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'http://w3.test'>\n<!-- x -->", "", ()),
        ("<html><body>Notice</body></html>\n<?xml version='1.0'?>", "", ("text before the feed",)),
        ("<html><head><title>x</title></head><body>", "</body></html>", ("text before the feed",)),
        ("<br />\n<b>Warning</b>: x() in <b>/y.php</b> on line <b>3</b>", "", ("text before the feed",)),
        ("[26-Nov-2026 10:00:00 UTC] PHP Notice: x", "<!-- 0.1 s -->", ("text before the feed",)),
        ("{debug} ", "", ("text before the feed",)),
    ],
)
def test_a_feed_is_found_behind_anything(before: str, behind: str, note: tuple[str, ...]) -> None:
    parsed = read(before + _ROOT + behind)
    assert [entry.title for entry in parsed.entries] == ["A"]
    assert parsed.notes == note


@pytest.mark.parametrize("inside", ["<pre><rss ></pre>", "<!-- <rss><channel><item/></channel></rss> -->", "<feed >x"])
def test_a_page_that_only_speaks_of_feeds_is_a_page(inside: str) -> None:
    with pytest.raises(ParseError, match="html page: Just a page"):
        read(f"<html><head><title>Just a page</title></head><body>{inside}</body></html>")


def test_an_id_is_kept_as_stated() -> None:
    assert item('<guid isPermaLink="false">  tag:x,1  </guid>').id == "tag:x,1"
    assert item("<link>https://f.example.org/1</link>").id == ""


def test_notes_say_what_was_odd() -> None:
    assert read("<rss><channel><item><title>a & b</title></item></channel></rss>").notes == ("repaired",)
    assert read("<rss><channel><item><title>a</title></item></channel></rss>").notes == ()


def test_a_sitemap_is_read_as_one_whatever_it_is_called() -> None:
    parsed = read("<urlset><url><loc>https://f.example.org/a-b-c</loc></url></urlset>")
    assert parsed.entries[0].title == "A b c"


_INSIDE = st.sampled_from(
    [
        *("слово", " ", "\n", "\r\n", "&amp;", "&lt;p&gt;", "&#1078;", "\u0085", "]]", "'", '"'),
        *(
            "<![CDATA[<p>a & b</p>]]>",
            "<![CDATA[]]>",
            "<!-- no -->",
            "<?no no?>",
            "<b>c</b>",
            "<br/>",
            "<i x='1>2'>d</i>",
        ),
        *(
            "<p>e<br></br>f</p>",
            "<m:x>g</m:x>",
            "<script>h</script>",
            "<div xmlns='urn:other'>i</div>",
            "<a:b c:d='1'/>",
        ),
        *("&nbsp;", "\x0b", "<open>", "\ufffe", "<q a='1' a='2'/>"),
        *("&lt;![CDATA[j]]&gt;", "https://news.test/k", "&lt;Peskov&gt;", "<media:text>l</media:text>"),
    ]
)
_FIELDS = ("title", "link", "guid", "description", "author", "category", "pubDate", "m:title", "media:group", "dc:date")
_FIELDS += ("m:full-text", "media:content", "media:description", "z:encoded", "content:encoded")


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(_FIELDS), st.lists(_INSIDE, max_size=4).map("".join)), max_size=5),
        max_size=3,
    )
)
@example([[("title", "слово<div xmlns='urn:other'>i</div>")]])
def test_both_parsers_of_sound_xml_read_the_same(items: list[list[tuple[str, str]]]) -> None:
    spaces = 'xmlns:m="urn:m" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    spaces += ' xmlns:content="urn:c" xmlns:z="urn:z"'
    inside = ["".join(f"<{name} t='1'>{text}</{name}>k" for name, text in one) for one in items]
    written = "".join(f"<item>{one}</item>" for one in inside)
    body = f"<?xml version='1.0'?><rss {spaces}><channel><title>t</title>{written}</channel></rss>".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml_tree, "_parse_with_expat", lambda *_: None)
        by_lxml = parse("feed", Page("https://news.test/rss", 200, {}, body))
    assert parse("feed", Page("https://news.test/rss", 200, {}, body)) == by_lxml


@pytest.mark.parametrize(
    ("cut", "count"),
    [
        ("<item><title>Second of tw", 1),
        ("<item><title>Second of two</title>", 1),
        ("<item><title>Second of two</title><link>https://a.test/2", 1),
        ("<item><title>Second of two</title><link>https://a.test/2</link><description>Half a", 2),
        ("<item>", 1),
    ],
)
def test_an_entry_that_the_text_breaks_off_in_counts_where_it_says_which_piece_it_is(cut: str, count: int) -> None:
    first = "<item><title>First of two</title><link>https://a.test/1</link></item>"
    page = Page("https://a.test/rss", 200, {}, f"<rss><channel><title>T</title>{first}{cut}".encode())
    assert len(parse("feed", page).entries) == count


@pytest.mark.parametrize(
    ("relations", "leads_to"),
    [
        (["next"], "/0"),
        (["prev-archive"], "/0"),
        (["Prev-Archive"], "/0"),
        (["prev-archive", "next"], "/1"),
        (["self", "next", "next"], "/1"),
        (["previous", "next-archive", "current"], None),
    ],
)
def test_older_entries_are_on_the_next_page_or_in_an_archive(relations: list[str], leads_to: str | None) -> None:
    links = "".join(f"<link rel='{relation}' href='/{number}'/>" for number, relation in enumerate(relations))
    parsed = read(f"<feed xmlns='http://www.w3.org/2005/Atom'>{links}<entry><title>A</title></entry></feed>")
    assert parsed.next_page == (f"https://f.example.org{leads_to}" if leads_to else None)
