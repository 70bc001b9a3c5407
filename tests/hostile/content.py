"""Pages that are no feeds, too much of a feed, or text that means harm."""

from __future__ import annotations

import json

from tests.hostile.behaviour import XML, Behaviour, Play, Stand, fixed
from tests.steps.world import TEXT


def channel(*made: str, before: str = "", root: str = '<rss version="2.0">') -> str:
    """A feed of these items as they stand."""
    return f"{before}{root}<channel><title>News</title>{''.join(made)}</channel></rss>"


def items(*made: str, before: str = "", root: str = '<rss version="2.0">') -> Play:
    """A feed of these items as they stand; `{site}` is the outlet's, `{slug}` its name."""

    def play(stand: Stand) -> None:
        body = channel(*made, before=before, root=root)
        stand.page(body.replace("{site}", stand.site).replace("{slug}", stand.slug).encode())

    return play


def item(title: str = "Harbour of {slug}", link: str = "{site}/1.html", more: str = "") -> str:
    """One item as it stands."""
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def in_charset(charset: str) -> Play:
    """The feed in another encoding, with a byte order mark or a declaration."""

    def play(stand: Stand) -> None:
        text = stand.rss(stand.item("Причал"), *stand.calm()).decode()
        declared = f'<?xml version="1.0" encoding="{charset}"?>' + text
        stand.page(declared.encode(charset))

    return play


def cut_in_an_item(stand: Stand) -> None:
    """A feed that ends in the title of its second item, although its transfer was whole."""
    body = stand.rss(stand.item(), stand.item("second"))
    stand.page(body[: body.index(b"second")])


def with_nul(stand: Stand) -> None:
    """A feed with zeros between its letters."""
    stand.page(stand.rss(stand.item()).replace(b"piece", b"pi\x00ece"))


def invalid_utf8(stand: Stand) -> None:
    """A feed with bytes that are no UTF-8."""
    stand.page(stand.rss(stand.item()).replace(b"Monday", b"Mon\xff\xfe\xc0day"))


def hundred_megabytes(stand: Stand) -> None:
    """A feed of a hundred megabytes."""
    stand.page(b"<rss><channel>" + b"<item><title>again</title></item>" * 3_100_000)


def deep_json(stand: Stand) -> None:
    """JSON of a million open brackets."""
    stand.page(b"[" * 1_000_000, headers={"Content-Type": "application/feed+json"})


def deep_json_feed(stand: Stand) -> None:
    """A JSON Feed whose one item holds a deep list."""
    deep = "[" * 900 + "]" * 900
    text = json.dumps({"items": [{"id": stand.site, "url": stand.site + "/1", "title": "Harbour", "tags": "deep"}]})
    stand.page(text.replace('"deep"', deep).encode(), headers={"Content-Type": "application/feed+json"})


def million_empty_items(stand: Stand) -> None:
    """A feed of a million items with nothing in them, before one that has something."""
    stand.page(channel("<item/>" * 1_000_000, item()).replace("{site}", stand.site).encode())


def million_empty_values(stand: Stand) -> None:
    """A JSON Feed of a million items with nothing in them."""
    text = '{"version": "https://jsonfeed.org/version/1.1", "items": [' + "{}," * 1_000_000 + "{}]}"
    stand.page(text.encode(), headers={"Content-Type": "application/feed+json"})


def next_pages(*after: str, wanted: int = 30) -> Play:
    """A feed of one new article a page, whose pages lead on and on, or from the first one to these addresses."""

    def play(stand: Stand) -> None:
        paths = [stand.path, *(after or (f"/page/{number}" for number in range(wanted)))]
        for number, (path, leads_to) in enumerate(zip(paths, (*paths[1:], paths[0]), strict=True)):
            if path.startswith("/"):
                link = f"<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='next' href='{leads_to}'/>"
                made = item(f"Harbour of {stand.slug} {number}", f"{stand.site}/{number}.html")
                stand.outlet.page(path, channel(made, link).encode(), headers=XML)

    return play


def next_page_without_end(stand: Stand) -> None:
    """A feed whose next page never ends."""
    next_pages("/next")(stand)
    stand.outlet.flood("/next", b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel>", b"<item/>" * 10_000)


LAUGHS = "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12)
)
FILE = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
OUTSIDE = '<!DOCTYPE r SYSTEM "http://192.168.0.1/x.dtd" [<!ENTITY % p SYSTEM "http://192.168.0.1/p"> %p;]>'
LOGIN = b"<!DOCTYPE html><html><body><form action=/login><input type=password></form></body></html>"
CAPTCHA = b"<!DOCTYPE html><title>Just a moment...</title><script src=/cdn-cgi/challenge></script>"
NO_FEED = "html|not a feed|no feed|web page|empty"

BEHAVIOURS = (
    Behaviour(
        "a thousand million laughs",
        items(item(more="<description>&l;</description>"), before=LAUGHS + "]>"),
        1,
        "repaired",
    ),
    Behaviour("an entity that is a file", items(item("Harbour of {slug} &f;"), before=FILE), 1, "repaired"),
    Behaviour("a DTD in another network", items(item(), before=OUTSIDE), 1),
    Behaviour("an XInclude of a file", items(item(more="<x:include xmlns:x='http://www.w3.org/2001/XInclude'/>")), 1),
    Behaviour("a hundred megabytes", hundred_megabytes, said="too large"),
    Behaviour("elements a hundred thousand deep", items("<a>" * 100_000), said="."),
    Behaviour("JSON a million deep", deep_json, said="."),
    Behaviour("a JSON Feed with a deep list", deep_json_feed, stored=1),
    Behaviour("zeros in the text", with_nul, stored=1, said="repaired"),
    Behaviour("bytes that are no UTF-8", invalid_utf8, stored=1, said="3 bad bytes"),
    Behaviour("UTF-16", in_charset("utf-16"), stored=1),
    Behaviour("UTF-32", in_charset("utf-32"), stored=1),
    Behaviour("windows-1251", in_charset("windows-1251"), stored=1),
    Behaviour("cut in an item", cut_in_an_item, stored=1, said="."),
    Behaviour("a login page", fixed(LOGIN, Content_Type="text/html"), said="."),
    Behaviour("a captcha", fixed(CAPTCHA, Content_Type="text/html"), said="."),
    Behaviour("nothing at all", fixed(b""), said="."),
    Behaviour("white space", fixed(b" \n" * 1000), said="."),
    Behaviour("a picture", fixed(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100), said="."),
    Behaviour("an empty channel", items(), said="no entries"),
    Behaviour("a million empty items", million_empty_items, stored=1),
    Behaviour("a million empty values in JSON", million_empty_values, said="."),
    Behaviour("next pages without end", next_pages(), 6),
    Behaviour("next pages in a circle", next_pages("/a", "/b"), 3),
    Behaviour("a next page that is the first", next_pages(wanted=0), 1),
    Behaviour("a next page at a router", next_pages("http://192.168.0.1/"), 1, "refused"),
    Behaviour("a next page that is a file", next_pages("file:///etc/passwd"), 1),
    Behaviour("a next page that never ends", next_page_without_end, 1, "too large"),
    Behaviour("a title of a million letters", items(item("Harbour of {slug} " + "x" * 1_000_000)), 1),
    Behaviour("a title of combining marks", items(item("Harbour of {slug}" + "\u0301" * 300_000)), 1),
    Behaviour(
        "line ends in a title", items(item("Harbour of {slug}&#13;&#10;Bcc: eve@evil.test&#13;&#10;&#13;&#10;x")), 1
    ),
    Behaviour("line ends in an author", items(item(more="<author>x&#10;Bcc: eve@evil.test</author>")), 1),
    Behaviour("line ends in a link", items(item(link="{site}/1&#10;Bcc: eve@evil.test")), 1),
    Behaviour("an escape in a title", items(item("Harbour of {slug} \x1b[2J\x1b]0;x\x07")), 1, "repaired"),
    Behaviour("text turned around", items(item("Harbour of {slug} \u202egpj.exe\u2066")), 1),
    Behaviour("a javascript link", items(item(link="javascript:alert(1)")), None),
    Behaviour("a data link", items(item(link="data:text/html,x")), None),
    Behaviour("a formula as a title", items(item("=HYPERLINK(&quot;http://evil.test&quot;) harbour {slug}")), 1),
    Behaviour("markup in a title", items(item("&lt;script&gt;alert(1)&lt;/script&gt; harbour {slug}")), 1),
    Behaviour("a template in a title", items(item("{{ 7 * 7 }} {% for x in y %} harbour {slug}")), 1),
    Behaviour("SQL in a title", items(item("'); DROP TABLE articles; -- harbour {slug}")), 1),
    Behaviour("an id of a megabyte", items(item(more=f"<guid>{'g' * 1_000_000}</guid>")), 1),
    Behaviour("ten thousand authors", items(item(more="<author>somebody</author>" * 10_000)), 1),
    Behaviour("ten thousand enclosures", items(item(more="<enclosure url='http://e.test/x'/>" * 10_000)), 1),
    Behaviour("a text of five megabytes", items(item(more=f"<description>{TEXT * 50_000}</description>")), 1),
)
