"""Lists of outlets as other programs and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.outlet_lists import ListedAddress, group_name, parse_outlet_list


def listed(text: str | bytes) -> list[ListedAddress]:
    found = parse_outlet_list(text if isinstance(text, bytes) else text.encode())
    assert not found.problems
    return found.addresses


def problems(text: str) -> list[tuple[int, str]]:
    return parse_outlet_list(text.encode()).problems


OPML = """\
<?xml version="1.0" encoding="{}"?>
<opml version="2.0">
  <head><title>Мои ленты</title></head>
  <body>
    <outline text="State media" title="State media">
      <outline type="rss" text="ТАСС" title="Агентство ТАСС" xmlUrl="https://t.test/rss?a=1&amp;b=2" language="ru"/>
      <outline text="Deeper"><outline text="b" XMLURL="feed://b.test/rss" category="/x/y,Z z"/></outline>
    </outline>
    <outline title="c" xmlUrl="feed:https://c.test/rss" language="klingon"/>
    <outline type="sitemap" text="d" url="https://d.test/s.xml" country="tr"/>
    <outline type="telegram" text="e" url="https://t.me/s/bbcrussian"/>
  </body>
</opml>
"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "utf-16-le"])
def test_opml(charset: str) -> None:
    assert listed(OPML.format(charset).encode(charset)) == [
        ListedAddress(6, "https://t.test/rss?a=1&b=2", "ТАСС", "Агентство ТАСС", "feed", "ru", "", ("state-media",)),
        ListedAddress(7, "http://b.test/rss", "b", groups=("state-media", "deeper", "x", "y", "z-z")),
        ListedAddress(9, "https://c.test/rss", "c"),
        ListedAddress(10, "https://d.test/s.xml", "d", kind="sitemap", country="tr"),
        ListedAddress(11, "https://t.me/s/bbcrussian", "e", kind="telegram"),
    ]


def test_opml_that_is_broken_has_a_line() -> None:
    (found,) = problems(OPML.format("utf-8").replace("a=1&amp;b", "a=1&b"))
    assert (found[0], "this is no XML" in found[1]) == (6, True)
    assert problems("<opml><body><outline text='a'/></body></opml>")[0][1].startswith("the list holds no address")
    (found,) = problems("<opml><body>\n<outline text='a' xmlUrl='c.test/rss'/></body></opml>")
    assert found == (2, "“c.test/rss” is not a web address (did you mean https://c.test/rss?)")


def test_opml_opens_no_entity_and_no_depth() -> None:
    bomb = "<!DOCTYPE opml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><opml><outline text='&b;' xmlUrl='https://a.test'/></opml>"
    assert len(problems(bomb) or listed(bomb)) == 1
    deep = "<opml>" + "<outline text='x'>" * 200 + "<outline xmlUrl='https://a.test'/>" + "</outline>" * 200 + "</opml>"
    assert problems(deep)[0][1].startswith("the list holds no address")


@pytest.mark.parametrize(
    "text",
    [
        'name,url,language,country,groups\nНовости,https://n.test/rss,ru,ru,"press; a b"\n',
        "Feed URL;Site;lang;country;category\nhttps://n.test/rss;Новости;RU;RU;press,A B\n",
        "Новости\thttps://n.test/rss\tru\tru\tpress|a b\n",
        "# ours\n\nhttps://n.test/rss,Новости,ru,ru,press|a b\n",
    ],
)
def test_csv(text: str) -> None:
    (found,) = listed(text)
    assert (found.name, found.url, found.language, found.country) == ("Новости", "https://n.test/rss", "ru", "ru")
    assert found.groups == ("press", "a-b")


def test_lines_of_addresses() -> None:
    text = "\ufeff# what we read\r\nhttps://a.test/rss\r\n\r\n  https://b.test/rss?x=1&y=2  \r\nhttps://t.me/bbcrussian"
    assert [(one.line, one.url, one.kind) for one in listed(text)] == [
        (2, "https://a.test/rss", "feed"),
        (4, "https://b.test/rss?x=1&y=2", "feed"),
        (5, "https://t.me/s/bbcrussian", "telegram"),
    ]


def test_every_problem_is_told_with_its_line() -> None:
    text = "url,language,country,kind\na.test,,,\nhttps://b.test,xx,,\nhttps://c.test,,qq,\nhttps://d.test,,,podcast\n"
    found = problems(text)
    assert [line for line, _ in found] == [2, 3, 4, 5]
    words = ("did you mean https://a.test?", "unknown language", "unknown country", "is no kind of address")
    assert all(word in said for word, (_, said) in zip(words, found, strict=True))
    assert problems("") == problems("# nothing\n") == [(1, "the list holds no address")]


def test_an_address_with_credentials_is_not_repeated() -> None:
    assert "s3cret" not in str(problems("ftp://ann:s3cret@a.test/rss"))


def test_names_of_groups() -> None:
    assert group_name("  State  Media ") == "state-media"
    assert group_name(" ") == ""


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: f"<opml>{text}".encode())))
def test_nothing_raises(raw: bytes) -> None:
    parse_outlet_list(raw)


def test_a_channel_may_be_written_as_its_name() -> None:
    (found,) = listed("kind,url\ntelegram,@bbcrussian\n")
    assert (found.url, found.kind) == ("https://t.me/s/bbcrussian", "telegram")
    assert listed("@bbcrussian\n")[0].kind == "telegram"
    assert listed("kind,url\ntelegram,bbcrussian\n") == [found]
    assert len(problems("@b c\n")) == 1


@pytest.mark.parametrize(
    "written", ["<https://a.test/rss>", "\u200bhttps://a.test/rss\u200e", " \ufeff<https://a.test/rss> "]
)
def test_what_stands_around_a_pasted_address_is_no_part_of_it(written: str) -> None:
    for text in (written, f"name,url\na,{written}\n"):
        found = parse_outlet_list(text.encode())
        assert ([one.url for one in found.addresses], found.problems) == (["https://a.test/rss"], [])
