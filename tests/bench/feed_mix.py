"""The feeds of the poll bench, generated: seven kinds, twenty feeds to a turn, in four languages, thirty entries each.

Shares, sizes and markup follow 92 feeds as outlets served them: eight in ten RSS, one in ten Atom, few RDF; one in six
with whole articles, one in six with HTML in summaries, most with two plain sentences; one in twenty in another charset
than UTF-8; 30 entries on average; 21 kB at the median (here 25), 45 on average (here 68: more of them have much text).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

HOSTS = 250
ENTRIES = 30
STARTED = datetime.now(UTC).replace(microsecond=0)

WORDS = {
    "ru": (
        "президент заявил журналистам переговоры делегация встреча министр обороны страны вопрос решение соглашение "
        "стороны обсудили границы обмен пленными город область власти сообщил представитель правительства санкции "
        "экономика рынок цена нефти газа поставки союз совет парламент закон депутаты голосование выборы партия"
    ),
    "uk": (
        "президент повідомив журналістам перемовини делегація зустріч міністр оборони країни питання рішення угода "
        "сторони обговорили кордони обмін полоненими місто область влада сказав речник уряду санкції економіка ринок "
        "ціна нафти газу постачання союз рада парламент закон депутати голосування вибори партія"
    ),
    "tr": (
        "cumhurbaşkanı gazetecilere açıkladı görüşmeler heyet toplantı bakan savunma ülke sorun karar anlaşma taraflar "
        "sınır esir takası şehir bölge yetkililer sözcü hükümet yaptırımlar ekonomi piyasa fiyat petrol gaz sevkiyat "
        "birlik konsey meclis yasa milletvekilleri oylama seçim parti"
    ),
    "en": (
        "president told reporters talks delegation meeting minister defence country question decision agreement sides "
        "discussed borders exchange prisoners city region authorities spokesman government sanctions economy market "
        "price oil gas supply union council parliament law members vote election party"
    ),
}
LANGUAGES = tuple(WORDS)
_CHARSETS = {"ru": "windows-1251", "uk": "windows-1251", "tr": "iso-8859-9", "en": "iso-8859-1"}
_NAMESPACES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'"
)


class Story(NamedTuple):
    """What one entry tells, in plain text."""

    site: str
    address: str
    title: str
    author: str
    tags: tuple[str, ...]
    at: datetime
    paragraphs: tuple[str, ...]


class Kind(NamedTuple):
    """A kind of feed: its entry, what stands around all of them, how many paragraphs a story has, its charset."""

    entry: Callable[[Story], str]
    around: Callable[[str, str, str], str]
    paragraphs: int = 1
    utf8: bool = True


def sentence(chance: random.Random, words: Sequence[str], count: int) -> str:
    """Return `count` random words as a sentence, every other one with a comma and a number or a quotation."""
    chosen = chance.choices(words, k=count)
    if chance.random() < 0.5:
        chosen[count // 2] = f"{chosen[count // 2]}, {chance.randrange(2, 2000)}"
    elif chance.random() < 0.5:
        chosen[1], chosen[-1] = f"«{chosen[1]}", f"{chosen[-1]}»"
    return " ".join(chosen).capitalize() + "."


def story(number: int, serial: int) -> Story:
    """Return what an entry of a feed tells: the same numbers tell the same."""
    chance = random.Random(number * 100_003 + serial)
    words = WORDS[language_of(number)].split()
    site = f"http://{host(number)}"
    most = kind_of(number).paragraphs
    return Story(
        site,
        f"{site}/news/{number}/{serial}-{chance.randrange(10**9)}",
        sentence(chance, words, 9),
        " ".join(chance.choices(words, k=2)).title(),
        tuple(chance.choices(words, k=4)),
        STARTED - timedelta(minutes=7 * (ENTRIES - serial)),
        tuple(sentence(chance, words, chance.randrange(16, 30)) for _ in range(chance.randrange(most, 2 * most))),
    )


def plain(one: Story) -> str:
    """An item of RSS with a sentence or two."""
    return (
        f"<item>\n<title><![CDATA[{one.title}]]></title>\n<link>{one.address}</link>\n"
        f"<guid isPermaLink='true'>{one.address}</guid>\n<description>{one.paragraphs[0]}</description>\n"
        f"<pubDate>{format_datetime(one.at)}</pubDate>\n<category>{one.tags[0]}</category>\n</item>"
    )


def escaped(one: Story) -> str:
    """An item of RSS with escaped HTML in its summary, a category for each tag, and pictures."""
    html = "".join(f"<p>{words}</p>" for words in one.paragraphs)
    html += f' <a href="{one.address}">Continue reading&hellip;</a>'
    tags = "".join(f"<category domain='{one.site}/tag/{at}'>{tag}</category>\n" for at, tag in enumerate(one.tags))
    return (
        f"<item>\n<title>{one.title}</title>\n<link>{one.address}</link>\n<description>{escape(html)}</description>\n{tags}"
        f"<pubDate>{format_datetime(one.at, usegmt=True)}</pubDate>\n<guid>{one.address}</guid>\n"
        f"<media:content width='140' url='{one.site}/img/140.jpg'><media:credit>Photograph: {one.author}</media:credit>"
        f"</media:content>\n<media:content width='460' url='{one.site}/img/460.jpg'/>\n"
        f"<dc:creator>{one.author}</dc:creator>\n<dc:date>{one.at.isoformat()}</dc:date>\n</item>"
    )


def pictured(one: Story) -> str:
    """An item of RSS with a picture and HTML in its summary, in CDATA."""
    html = (
        f'<div class="thumb"><a href="{one.address}"><img src="{one.site}/img/320.jpg" alt="" width="320" '
        f'height="180" /></a></div>{"<br /><br />".join(one.paragraphs)}&nbsp;<br clear="all" />'
    )
    return (
        f"<item>\n<title>{one.title}</title>\n<link>{one.address}</link>\n<guid isPermaLink='false'>{one.address[-9:]}"
        f"</guid>\n<description><![CDATA[{html}]]></description>\n<pubDate>{format_datetime(one.at)}</pubDate>\n"
        f"<enclosure url='{one.site}/img/320.jpg' length='31337' type='image/jpeg'/>\n</item>"
    )


def with_link(words: str, address: str) -> str:
    """Return a paragraph with a link from its first comma on."""
    before, comma, after = words.partition(", ")
    return f'{before},&nbsp;<a href="{address}" rel="noopener">{after}</a>' if comma else words


def body_of(one: Story) -> str:
    """Return a whole article as editors' systems write it: a figure, paragraphs with links, a heading, a quotation."""
    parts = [f"<p>{with_link(words, f'{one.site}/tag/{at}')}</p>" for at, words in enumerate(one.paragraphs)]
    figure = (
        f'<figure class="wp-block-image"><img loading="lazy" src="{one.site}/img/1024.jpg" alt="{one.title}" '
        f'width="1024" height="683"/><figcaption>{one.author} &#8211; {one.tags[0]}</figcaption></figure>'
    )
    middle = len(parts) // 2
    parts[middle] = f"<h2><strong>{one.title}</strong></h2>\n<blockquote>{parts[middle]}</blockquote>"
    return "\n".join([figure, *parts]).replace("«", "&#8220;").replace("»", "&#8221;")


def whole(one: Story) -> str:
    """An item of RSS with its whole article, as WordPress writes it."""
    more = f'<p>The post <a href="{one.address}">{one.title}</a> appeared first on <a href="{one.site}">Us</a>.</p>'
    tags = "".join(f"\t\t<category><![CDATA[{tag}]]></category>\n" for tag in one.tags)
    return (
        f"<item>\n\t\t<title>{one.title}</title>\n\t\t<link>{one.address}/</link>\n\t\t<dc:creator><![CDATA[{one.author}]]>"
        f"</dc:creator>\n\t\t<pubDate>{format_datetime(one.at)}</pubDate>\n{tags}"
        f"\t\t<guid isPermaLink='false'>{one.site}/?p={one.address[-9:]}</guid>\n"
        f"\t\t<description><![CDATA[<p>{one.paragraphs[0][:-1]} [&#8230;]</p>\n{more}]]></description>\n"
        f"\t\t<content:encoded><![CDATA[{body_of(one)}\n{more}]]></content:encoded>\n</item>"
    )


def atom(one: Story, summary: str, content: str) -> str:
    """An entry of Atom with a summary and these contents."""
    tags = "".join(f"<category term='{tag}'/>" for tag in one.tags)
    return (
        f"<entry>\n<id>tag:{host(0)},2026:{one.address[-20:]}</id>\n<title type='html'>{one.title}</title>\n"
        f"<link rel='alternate' type='text/html' href='{one.address}'/>\n<published>{one.at.isoformat()}</published>\n"
        f"<updated>{one.at.isoformat()}</updated>\n<author><name>{one.author}</name></author>{tags}\n"
        f"{summary}{content}</entry>"
    )


def atom_html(one: Story) -> str:
    """An entry of Atom with its whole article as escaped HTML."""
    return atom(
        one, f"<summary>{one.paragraphs[0]}</summary>", f"<content type='html'>{escape(body_of(one))}</content>"
    )


def atom_xhtml(one: Story) -> str:
    """An entry of Atom with its whole article as XHTML."""
    html = body_of(one).replace("&nbsp;", "&#160;")
    return atom(one, "", f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{html}</div></content>")


def rdf_item(one: Story) -> str:
    """An item of RSS 1.0."""
    return (
        f"<item rdf:about='{one.address}'>\n<title><![CDATA[{one.title}]]></title>\n<link>{one.address}</link>\n"
        f"<description><![CDATA[{' '.join(one.paragraphs)}]]></description>\n<dc:creator>{one.author}</dc:creator>\n"
        f"<dc:date>{one.at.isoformat()}</dc:date>\n<dc:subject>{one.tags[0]}</dc:subject>\n</item>"
    )


def rss(head: str, language: str, items: str) -> str:
    """What stands around the items of RSS 2.0; `head` has the feed's title and link."""
    return (
        f"<rss version='2.0' {_NAMESPACES}>\n<channel>\n{head}<description>News</description><language>{language}"
        f"</language><image><url>/logo.png</url>{head}</image>\n{items}\n</channel>\n</rss>"
    )


def feed(head: str, language: str, entries: str) -> str:
    """What stands around the entries of Atom."""
    link = head.replace("<link>", "<link rel='alternate' href='").replace("</link>", "'/>")
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='{language}'>\n{link}\n{entries}\n</feed>"


def rdf(head: str, language: str, items: str) -> str:
    """What stands around the items of RSS 1.0."""
    return (
        f"<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        f"{_NAMESPACES}>\n<channel>{head}<dc:language>{language}</dc:language></channel>\n{items}\n</rdf:RDF>"
    )


KINDS = (
    *[Kind(plain, rss)] * 8,
    Kind(plain, rss, utf8=False),
    *[Kind(escaped, rss, 3)] * 3,
    *[Kind(pictured, rss, 2)] * 2,
    *[Kind(whole, rss, 10)] * 3,
    Kind(atom_html, feed, 8),
    Kind(atom_xhtml, feed, 8),
    Kind(rdf_item, rdf, 3),
)
"""The kinds of twenty feeds that follow each other."""


def kind_of(number: int) -> Kind:
    """Return the kind of a feed."""
    return KINDS[number % len(KINDS)]


def language_of(number: int) -> str:
    """Return the language of a feed: each kind comes in each language."""
    return LANGUAGES[number // len(KINDS) % len(LANGUAGES)]


def sample(first: int, count: int) -> Sequence[int]:
    """Return every 21st of `count` feeds from `first` on: as many of each kind, where there are as many as kinds."""
    numbers = range(first, count, len(KINDS) + 1)
    return numbers[: len(numbers) // len(KINDS) * len(KINDS) or None]


def document(number: int, newest: int) -> bytes:
    """Return feed `number` whose newest entry has the serial `newest`."""
    kind, language = kind_of(number), language_of(number)
    charset = "utf-8" if kind.utf8 else _CHARSETS[language]
    head = f"<title>Feed {number}</title><link>http://{host(number)}/</link>"
    entries = "\n".join(kind.entry(story(number, serial)) for serial in range(newest, newest - ENTRIES, -1))
    text = f"<?xml version='1.0' encoding='{charset}'?>\n{kind.around(head, language, entries)}\n"
    return text.encode(charset, "xmlcharrefreplace")


def host(number: int) -> str:
    """Return the loopback address that serves feed `number`."""
    return f"127.1.{number % HOSTS // 100}.{number % HOSTS % 100 + 1}"
