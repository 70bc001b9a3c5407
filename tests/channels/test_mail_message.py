"""The mail: what it says, and that nobody's text but ours has a say in what it is."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from monitor.alerts import AlertContent, message_id, sample_alert
from monitor.errors import RenderError
from monitor.model import Article, Item, Kind, Match, Outlet, Span
from tests.alerts.letters import ARTICLES, NOW, READER, bodies, item, letter, of, read, render

ALERT = letter(item(1, "Istanbul talks", "Peskov"), operator=("it@example.org",), files={"Peskov": "who.yaml"})
AUTOMATIC = ["Auto-Submitted", "X-Auto-Response-Suppress"]
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", *AUTOMATIC, "List-Id"]


def test_the_headers_are_ours_and_no_others() -> None:
    mail = read(render(ALERT))
    assert mail.keys() == [
        *HEADERS,
        "Reply-To",
        "X-Monitor-Rule",
        "X-Monitor-Rule",
        "X-Monitor-Outlet",
        "MIME-Version",
        "Content-Type",
    ]
    assert mail["From"] == "Istanbul talks, Peskov · TASS <monitor@example.org>" or (
        mail["From"].addresses[0].display_name == "Istanbul talks, Peskov · TASS"
    )
    assert mail["From"].addresses[0].addr_spec == "monitor@example.org"
    assert mail["To"] == READER
    assert mail["Subject"] == "Песков: переговоры в Стамбуле продолжатся"
    assert mail["Date"].datetime == NOW
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert mail["List-Id"] == '"News monitor" <monitor.example.org>'
    assert mail["Reply-To"] == "it@example.org"
    assert mail.get_all("X-Monitor-Rule") == ["Istanbul talks", "Peskov"]
    assert mail.get_all("X-Monitor-Outlet") == ["tass"]


def test_the_message_id_comes_from_the_key_alone() -> None:
    changed = replace(ALERT, now=NOW + timedelta(days=1), articles={1: ARTICLES[1]._replace(title="Другое")})
    assert message_id(changed) == message_id(ALERT) == read(render(changed))["Message-ID"]
    for field, value in (("recipient", "b@example.org"), ("thread", "story:2"), ("sequence", 1)):
        other = replace(ALERT, alert=replace(ALERT.alert, **{field: value}))  # type: ignore[arg-type]
        assert message_id(other) != message_id(ALERT)
    assert message_id(replace(ALERT, installation="another database")) != message_id(ALERT)
    assert message_id(replace(ALERT, domain="news.example.net")).endswith("@news.example.net>")


def test_the_same_letter_is_the_same_bytes() -> None:
    assert render(ALERT).raw == render(ALERT).raw


def test_the_text_part_says_it_all() -> None:
    text, _ = bodies(render(ALERT))
    assert text.startswith(
        "*Песков*: *переговоры в Стамбуле* продолжатся\n\n"
        "TASS · Mon 23 November 2026, 14:05 Europe/Istanbul (+03)\n\n"
        "Дмитрий *Песков* сказал, что *переговоры в Стамбуле* пойдут дальше.\n\n"
        "https://tass.example.org/2026/0\n"
    )
    assert "Istanbul talks in rules.yaml\n" in text
    assert '"Istanbul talks" OR @talks' in text
    assert "Peskov in who.yaml\n" in text
    assert "it@example.org" in text


def test_the_html_part_says_it_all() -> None:
    _, html = bodies(render(ALERT))
    page = lxml_html.document_fromstring(html)
    assert [mark.text for mark in page.iter("mark")] == ["Песков", "переговоры в Стамбуле"] * 2
    assert page.xpath("//h1/@lang") == ["ru"]
    links = {link.get("href") for link in page.iter("a")}
    assert {link for link in links if not link.startswith("mailto:it@example.org?")} == {
        "https://tass.example.org/2026/0"
    }
    preview = page.xpath("//div[@class='preview']")[0]
    assert preview.text == "Дмитрий Песков сказал, что переговоры в Стамбуле пойдут дальше."
    assert "display: none" in preview.get("style")
    words = page.text_content()
    assert "14:05 Europe/Istanbul (+03)" in words
    assert "who.yaml" in words


@pytest.mark.parametrize(("number", "expected"), [(1, ("ru", "ltr")), (2, ("ar", "rtl")), (3, ("tr", "ltr"))])
def test_each_quotation_has_its_language_and_direction(number: int, expected: tuple[str, str]) -> None:
    _, html = bodies(render(letter(item(number, "Peskov", "Istanbul talks"))))
    for quote in lxml_html.document_fromstring(html).xpath("//h1 | //p[contains(@class, 'quote')]"):
        assert (quote.get("lang"), quote.get("dir")) == expected


def test_styles_serve_dark_mode_and_phones() -> None:
    _, html = bodies(render(ALERT))
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html
    assert "max-width: 480px" in html
    assert "width=device-width" in html


def test_a_story_at_several_outlets_is_one_mail_that_names_them() -> None:
    text, html = bodies(render(letter(item(1, "Peskov", story=1), item(4, "Peskov", story=1))))
    assert "Also published by\n- The Courier, 23 Nov 13:25\n  No date yet\n" in text
    assert "https://courier.example.org/2026/40" in html


def test_a_time_that_the_outlet_does_not_give_is_when_we_saw_it() -> None:
    text, _ = bodies(render(of(ARTICLES[1]._replace(published=None, seen=NOW))))
    assert "TASS · seen Mon 23 November 2026, 14:05 Europe/Istanbul (+03)" in text


def test_a_title_alone_is_enough() -> None:
    text, _ = bodies(render(of(Article("tass", "", "Песков"), Match("Peskov", (Span("title", 0, 6, "x"),)))))
    assert text.startswith("*Песков*\n")


def test_an_article_without_a_title_is_named_by_its_address() -> None:
    message = render(of(Article("tass", "https://tass.example.org/1", " \n ", body="Текст.")))
    assert message.subject == "https://tass.example.org/1"


# --- digests and notices


def digest(count: int = 6, kind: Kind = Kind.DIGEST, thread: str = "digest:2026-11-23T12:00Z") -> AlertContent:
    return letter(*(item(number, "Peskov") for number in range(1, count + 1)), kind=kind, thread=thread)


@pytest.mark.parametrize(
    ("kind", "thread", "subject", "words"),
    [
        (Kind.DIGEST, "digest:x", "6 stories: Peskov 6", "6 stories since the last digest."),
        (Kind.DIGEST, "overflow:x", "6 stories: Peskov 6", "hourly limit"),
        (Kind.SUMMARY, "summary:1", "6 stories of the last 24 hours: Peskov 6", "the last 24 hours hold: 6 stories."),
        (Kind.CATCH_UP, "catch-up:x", "6 stories that waited: Peskov 6", "No mail could be sent for a while."),
    ],
)
def test_collections_say_what_they_are(kind: Kind, thread: str, subject: str, words: str) -> None:
    message = render(digest(kind=kind, thread=thread))
    text, html = bodies(message)
    assert message.subject == subject
    assert words in text
    assert words in html
    assert read(message)["From"].addresses[0].display_name == "News monitor"


def test_copies_that_the_mail_does_not_tell_are_named_once_an_outlet() -> None:
    told = letter(item(1, "Peskov", story=1), copies={1: [ARTICLES[n] for n in (4, 4, 3, 1)], 2: [ARTICLES[5]]})
    mail = render(told)
    text, html = bodies(mail)
    assert text.count("The Courier") == 1
    assert text.index("The Courier") < text.index("Sahil Gazetesi")
    assert "TASS" not in text[text.index("Also published by") :]
    assert "Abendpost" not in text + html
    assert "Sahil Gazetesi" in html
    assert read(mail).get_all("X-Monitor-Outlet") == ["tass", "courier", "sahil"]


def test_a_digest_lists_the_newest_first_under_the_most_frequent_rule() -> None:
    several = letter(
        item(4, "Peskov", "Istanbul talks"),
        item(1, "Peskov"),
        item(3, "Istanbul talks"),
        item(5, "Peskov"),
        kind=Kind.DIGEST,
    )
    text, _ = bodies(render(several))
    titles = re.findall(r"^(== .* ==|\*?Песков.*|No date yet|\*İstanbul.*|Vor .*)$", text, re.MULTILINE)
    assert titles == [
        "== Peskov (3) ==",
        "*Песков*: переговоры в Стамбуле продолжатся",
        "No date yet",
        "Vor der vierten Runde",
        "== Istanbul talks (1) ==",
        "*İstanbul görüşmeleri* sürüyor",
        "*İstanbul görüşmeleri* sürüyor.",
    ]
    assert "The Courier · 23 Nov 13:25 · also Istanbul talks" in text


def test_a_digest_of_thousands_counts_all_and_shows_some() -> None:
    body = "Слова, которых много. " * 20 + "Дмитрий Песков сказал. " + "И ещё. " * 50
    span = Span("body", body.index("Песков"), body.index("Песков") + 6, "Песков")
    many = {
        number: ARTICLES[1]._replace(
            title=f"Заголовок {number} " + "о важном " * 12,
            body=body,
            url=f"https://tass.example.org/{number}",
        )
        for number in range(5000)
    }
    items = tuple(Item(number, number, (Match("Peskov", (span,)),)) for number in many)
    started = time.process_time()
    message = render(replace(letter(*items, kind=Kind.DIGEST), articles=many))
    assert time.process_time() - started < 5
    assert message.subject == "5,000 stories: Peskov 5,000"
    text, html = bodies(message)
    assert "4,950 more stories" in text
    assert len(html.encode()) < 100_000, "Gmail cuts what is longer"
    assert len(message.raw) < 400_000


def test_a_story_whose_article_is_gone_is_left_out_and_a_mail_of_nothing_is_refused() -> None:
    partly = replace(digest(2), articles={1: ARTICLES[1]})
    assert render(partly).subject == "1 story: Peskov 1"
    with pytest.raises(RenderError) as caught:
        render(replace(digest(2), articles={}))
    assert caught.value.key == (READER, "digest:2026-11-23T12:00Z", 0)
    assert READER in str(caught.value)


def test_a_notice_is_the_operators_text() -> None:
    notice = replace(
        letter(kind=Kind.NOTICE, thread="notice:1").alert, subject="Disk <full>", text="One\nline\n\nTwo & three"
    )
    text, html = bodies(render(replace(letter(), alert=notice)))
    assert text.startswith("Disk <full>\n\nOne\nline\n\nTwo & three\n")
    assert "<h1" in html
    assert "Disk &lt;full&gt;" in html


def test_the_specimen_renders_and_says_what_it_is() -> None:
    text, _ = bodies(render(sample_alert("monitor@example.org", READER, NOW)))
    assert "test message" in text


@pytest.mark.parametrize("recipient", ["nobody", "a@b@c", "a b@example.org", "a@example.org\r\nBcc: e@example.org", ""])
def test_a_recipient_that_is_no_address_is_refused_by_name(recipient: str) -> None:
    with pytest.raises(RenderError) as caught:
        render(replace(ALERT, alert=replace(ALERT.alert, recipient=recipient)))
    assert caught.value.key[0] == recipient


@pytest.mark.parametrize(
    "name", ["O'Neil @ work", "Team a@b.example", "ACME: News", "News [EU]; desk, 2", 'Ann "A" Bee']
)
def test_whatever_the_senders_name_holds_the_address_is_what_stands_behind_it(name: str) -> None:
    made = render(replace(digest(), sender=f"{name} <monitor@example.org>"))
    assert made.sender == "monitor@example.org"
    [mailbox] = read(made)["From"].addresses
    assert (mailbox.display_name, mailbox.addr_spec) == (name, "monitor@example.org")


def test_international_addresses() -> None:
    idn = render(replace(ALERT, alert=replace(ALERT.alert, recipient="a@пример.example")))
    assert read(idn)["To"] == "a@xn--e1afmkfd.example"
    sharp = render(replace(ALERT, sender="News <m@straße.example>", operator=("it@faß.example",)))
    assert (sharp.sender, sharp.message_id.rpartition("@")[2]) == ("m@xn--strae-oqa.example", "xn--strae-oqa.example>")
    assert read(sharp)["From"].endswith("<m@xn--strae-oqa.example>")
    assert read(sharp)["Reply-To"] == "it@xn--fa-hia.example"
    local = render(replace(ALERT, alert=replace(ALERT.alert, recipient="пётр@example.org")))
    assert "To: <пётр@example.org>\r\n".encode() in local.raw


# --- hostile text

HOSTILE = [
    "=?UTF-8?Q?=0A?=Bcc: evil@example.org",
    "=?utf-8?B?DQpCY2M6IGV2aWxAZXhhbXBsZS5vcmcNCg==?=",
    "x\r\nBcc: evil@example.org\r\n\r\n<script>alert(1)</script>",
    "x\nSubject: other",
    "\u202egnp.exe\u2066",
    "<img src=https://evil.example.org/t.gif><script src=//evil.example.org></script>",
    '"><style>@import url(https://evil.example.org)</style><a href="javascript:x">',
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "a" * 1_000_000,
    "\ud800\udfff\ufffe\x00\x1b[31m",
    "é" + "\u0301" * 500,
    "👩‍👩‍👧‍👦 " * 80,
    ".\r\n.\r\nMAIL FROM:<x>",
    "--=_boundary--",
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_changes_nothing_of_what_a_mail_is(text: str) -> None:
    found = Article("tass", text, text, text, text, text[:40], seen=NOW)
    spans = tuple(Span(field, 0, len(text), text[:40]) for field in ("title", "lead", "body"))
    check(of(found, Match("Peskov", spans)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_text_in_any_field_is_a_mail_with_our_headers_to_one_reader(data: st.DataObject) -> None:
    pieces = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE[:8] + HOSTILE[9:]), st.characters())
    words = st.lists(pieces, max_size=4).map("".join)
    name, url, title, lead, body, rule, outlet = (data.draw(words) for _ in range(7))
    place = st.integers(-3, 200)
    spans = data.draw(st.lists(st.builds(Span, st.sampled_from(["title", "lead", "body", "url"]), place, place, words)))
    found = Article(name, url, title, lead, body, data.draw(words), seen=NOW)
    made = of(found, Match(rule or "r", tuple(spans)))
    made = replace(made, outlets={name: Outlet(name, outlet, ())}, queries={rule: body}, files={rule: "rules.yaml"})
    for kind in (Kind.ALERT, Kind.DIGEST):
        check(replace(made, alert=replace(made.alert, kind=kind)))


def check(made: AlertContent) -> None:
    message = render(made)
    mail = read(message)
    assert mail.keys() == [*HEADERS, "X-Monitor-Rule", "X-Monitor-Outlet", "MIME-Version", "Content-Type"]
    assert [address.addr_spec for address in mail["To"].addresses] == [READER]
    assert mail["From"].addresses[0].addr_spec == "monitor@example.org"
    assert not any(part.defects for part in mail.walk())
    assert len(mail["Subject"]) <= 200
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x1f\x7f]", mail["Subject"])
    assert len(message.raw) < 60_000
    assert all(len(line) <= 998 for line in message.raw.split(b"\r\n"))
    assert message.raw.replace(b"\r\n", b"").find(b"\n") == -1
    loads_nothing(bodies(message)[1])


def loads_nothing(html: str) -> None:
    page = lxml_html.document_fromstring(html)
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img", "iframe", "link", "object", "embed", "form", "base", "svg", "video", "audio"}
    for element in page.iter():
        assert not {"src", "srcset", "background", "action"} & set(element.attrib)
        assert not any(name.startswith("on") for name in element.attrib)
        assert "url(" not in element.get("style", "")
        if element.tag == "a":
            assert re.match(r"https?://[\x21-\x7e]+$", element.get("href", ""))
    assert all("url(" not in (style.text or "") and "@import" not in (style.text or "") for style in page.iter("style"))


def test_every_operator_is_answered_to() -> None:
    people = ("ops@example.org", "night@bücher.example", "third@example.org")
    message = render(replace(ALERT, operator=people))
    found = [address.addr_spec for address in read(message)["Reply-To"].addresses]
    assert found == ["ops@example.org", "night@xn--bcher-kva.example", "third@example.org"]
    assert all(", ".join(people) in text for text in bodies(message))
