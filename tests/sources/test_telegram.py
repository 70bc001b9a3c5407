"""Preview pages of public Telegram channels, in the markup of t.me/s."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Entry, Page, Parsed
from monitor.sources import parse
from monitor.sources.telegram import channel_address, channel_name
from tests.peers.telegram import no_preview, post, preview, text

ADDRESS = "https://t.me/s/harbour"
REPLY = (
    '<a class="tgme_widget_message_reply user-color-12" href="https://t.me/harbour/3">'
    '<div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name" dir="auto">'
    'Harbour</span></div><div class="tgme_widget_message_text js-message_reply_text" dir="auto">Quoted words</div></a>'
)
FORWARDED = (
    '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from '
    '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/port/7"><span dir="auto">Порт сегодня</span>'
    '</a> (<span class="tgme_widget_message_forwarded_from_author" dir="auto">Olga</span>)</div>'
)
PHOTO = (
    '<a class="tgme_widget_message_photo_wrap 52 blured js-message_photo" href="https://t.me/harbour/5"'
    " style=\"width:800px;background-image:url('https://cdn4.telesco.pe/file/a.jpg')\">"
    '<div class="tgme_widget_message_photo" style="padding-top:56.25%"></div></a>'
)
VIDEO = (
    '<a class="tgme_widget_message_video_player blured js-message_video_player" href="https://t.me/harbour/5">'
    '<i class="tgme_widget_message_video_thumb"></i><time class="message_video_duration js-message_video_duration">0:42'
    "</time></a>"
)
TOO_BIG = (
    '<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">'
    '<div class="message_media_not_supported_label">Please open Telegram to view this post</div>'
    '<span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span></div></div>'
)
DOCUMENT = (
    '<a class="tgme_widget_message_document_wrap" href="https://t.me/harbour/5">'
    '<div class="tgme_widget_message_document_icon"></div><div class="tgme_widget_message_document">'
    '<div class="tgme_widget_message_document_title accent_color" dir="auto">Budget of the port.pdf</div>'
    '<div class="tgme_widget_message_document_extra" dir="auto">1.2 MB</div></div></a>'
)
POLL = (
    '<div class="tgme_widget_message_poll js-poll"><div class="tgme_widget_message_poll_question">Close the port?</div>'
    '<div class="tgme_widget_message_poll_type">Anonymous Poll</div><div class="tgme_widget_message_poll_options">'
    '<div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">71%</div>'
    '<div class="tgme_widget_message_poll_option_value">'
    '<div class="tgme_widget_message_poll_option_text">Yes, now</div></div></div>'
    '<div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">29%'
    '</div><div class="tgme_widget_message_poll_option_text">Never</div></div></div></div>'
)
LINK_PREVIEW = (
    '<a class="tgme_widget_message_link_preview" href="https://news.test/1">'
    '<div class="link_preview_site_name accent_color" dir="auto">News</div><i class="link_preview_image"></i>'
    '<div class="link_preview_title" dir="auto">Strike at the docks</div>'
    '<div class="link_preview_description" dir="auto">The union of the crane drivers calls it.</div></a>'
)
PREVIEWED = "Strike at the docks\nThe union of the crane drivers calls it."
UNTITLED_PREVIEW = (
    '<a class="tgme_widget_message_link_preview" href="https://news.test/1"><i class="link_preview_image"></i></a>'
)
LOCATION = (
    '<a class="tgme_widget_message_location_wrap" href="https://maps.google.com/maps?q=1,2">'
    '<div class="tgme_widget_message_location"></div><div class="tgme_widget_message_location_info">'
    '<div class="tgme_widget_message_location_title">Pier 4</div>'
    '<div class="tgme_widget_message_location_address">Odesa</div></div></a>'
)
STICKER = (
    '<div class="tgme_widget_message_sticker_wrap"><i class="tgme_widget_message_sticker js-sticker_image"></i></div>'
)
EMOJI = '<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/E29AA1.png\')"><b>⚡️</b></i>'


NO_POSTS = (
    '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message"><div class="tme_no_messages_found">'
    "No posts found</div></div></div>"
)


def channel(*posts: str, older: int | None = None) -> Parsed:
    return parse("telegram", Page(ADDRESS, 200, {}, preview("harbour", *posts, title="Гавань", older=older).encode()))


def only(*parts: str, **more: str) -> Entry:
    (entry,) = channel(post("harbour/5", *parts, **more)).entries
    return entry


def test_posts_are_entries_the_newest_first() -> None:
    parsed = channel(
        post("Harbour/4", text("First ship"), at="2026-11-29T10:00:00+00:00"), post("Harbour/5", text("Second"))
    )
    assert (parsed.title, parsed.link, parsed.notes, parsed.lost) == ("Гавань", "https://t.me/harbour", (), 0)
    assert [(one.title, one.link, one.id) for one in parsed.entries] == [
        ("Second", "https://t.me/Harbour/5", "Harbour/5"),
        ("First ship", "https://t.me/Harbour/4", "Harbour/4"),
    ]
    assert parsed.entries[1].published == datetime(2026, 11, 29, 10, tzinfo=UTC)
    assert parsed.entries[1].published_text == "2026-11-29T10:00:00+00:00"


def test_a_text_keeps_lines_links_hashtags_and_emoji_as_characters() -> None:
    entry = only(
        text(
            f'{EMOJI} <b>Порт закрыт</b><br/><br/>Пишет <a href="https://n.test/1" target="_blank">газета '
            '&quot;Юг&quot;</a> <a href="?q=%23порт">#порт</a><br/><tg-spoiler>1 &lt; 2</tg-spoiler>'
            '<tg-emoji emoji-id="5"><i class="emoji"><b>😀</b></i></tg-emoji>'
        )
    )
    assert entry.title == "⚡️ Порт закрыт"
    assert entry.content == '⚡️ Порт закрыт\nПишет газета "Юг" #порт\n1 < 2😀\n→ https://n.test/1'


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("‼️‼️<br/>The port is shut.<br/>More follows.", "The port is shut."),
        (f"The port is shut. {'Nobody knows why it is so. ' * 9}", "The port is shut."),
        (f"{'word ' * 60}", f"{'word ' * 39}word…"),
        ("x" * 300, f"{'x' * 200}…"),
        ("!!!", "!!!"),
    ],
)
def test_the_title_is_the_first_line_or_its_first_sentence(written: str, title: str) -> None:
    entry = only(text(written))
    assert entry.title == title
    assert entry.title.rstrip("…") in entry.content


def test_a_quotation_in_a_reply_is_not_the_posts_own_text() -> None:
    assert only(REPLY, text("My own words")).content == "My own words"
    assert only(REPLY, PHOTO).title == "Photo"
    bare = REPLY.replace(" js-message_reply_text", "")
    assert only(bare, text("My own words")).content == "My own words"


def test_whose_words_they_are_stands_among_the_authors() -> None:
    entry = only(FORWARDED, text("Shut"), signature="Ivan")
    assert (entry.authors, entry.content) == (("Порт сегодня", "Olga", "Ivan"), "Shut")
    hidden = '<span class="tgme_widget_message_forwarded_from_name"><span dir="auto">Somebody</span></span>'
    assert only(hidden, text("Shut")).authors == ("Somebody",)


@pytest.mark.parametrize(
    ("parts", "title", "content"),
    [
        ((DOCUMENT, text("The budget is out")), "The budget is out", "The budget is out\nBudget of the port.pdf"),
        ((DOCUMENT,), "Budget of the port.pdf", ""),
        ((POLL,), "Close the port?", "Yes, now\nNever"),
        ((text("Read"), LINK_PREVIEW), "Read", f"Read\n{PREVIEWED}\n→ https://news.test/1"),
        (
            (text("Read https://news.test/1"), LINK_PREVIEW),
            "Read https://news.test/1",
            f"Read https://news.test/1\n{PREVIEWED}",
        ),
        ((PHOTO, text('<a href="https://cdn.test/1.jpg">&#8203;</a>')), "Photo", "→ https://cdn.test/1.jpg"),
        ((text('<a href="https://n.test/1">&#8203;</a>'),), "Link", "→ https://n.test/1"),
        ((text('<a href="https://n.test/1">https://n.test/1</a>'),), "https://n.test/1", "https://n.test/1"),
        ((UNTITLED_PREVIEW,), "Link", "→ https://news.test/1"),
        ((text("A crane"), UNTITLED_PREVIEW), "A crane", "A crane"),
        ((LOCATION,), "Pier 4", "Odesa"),
        ((PHOTO, text("A crane")), "A crane", "A crane"),
        ((PHOTO, PHOTO), "Photo", ""),
        ((VIDEO,), "Video", ""),
        ((TOO_BIG,), "Post that only Telegram shows", ""),
        ((f'<div class="media_supported_cont">{PHOTO}{text("A crane")}</div>', TOO_BIG), "A crane", "A crane"),
    ],
)
def test_what_stands_beside_the_text_is_added(parts: tuple[str, ...], title: str, content: str) -> None:
    entry = only(*parts)
    assert (entry.title, entry.content) == (title, content)
    assert entry.published == datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_a_text_inside_a_text_counts_once() -> None:
    assert only(text(text("Good morning"))).content == "Good morning"


def test_notices_and_stickers_are_left_out() -> None:
    notice = post("harbour/1", text("Channel created"), kind="service_message")
    parsed = channel(notice, post("harbour/2", STICKER), post("harbour/3", text("News"), STICKER))
    assert [one.id for one in parsed.entries] == ["harbour/3"]
    assert parsed.lost == 0


def test_an_edited_post_is_the_same_entry_in_other_words() -> None:
    before, after = only(text("The port is open")), only(text("The port is shut"), edited="edited ")
    assert (before.id, before.link, before.published) == (after.id, after.link, after.published)
    assert after.content == "The port is shut"


def test_a_post_without_its_number_costs_itself_alone() -> None:
    parsed = channel(post("../../etc", text("Bad")), post("harbour/6", text("Good")))
    assert [one.title for one in parsed.entries] == ["Good"]
    assert (parsed.lost, parsed.notes) == (1, ("1 post could not be read",))


def test_older_posts_are_the_next_page() -> None:
    assert channel(post("harbour/5", text("A")), older=4).next_page == "https://t.me/s/harbour?before=4"
    assert channel(post("harbour/5", text("A"))).next_page is None
    newer = '<a href="/s/harbour?after=9" class="tme_messages_more js-messages_more" data-after="9"></a>'
    assert channel(post("harbour/5", text("A")), newer).next_page is None
    button = '<a href="/s/harbour?before=4" class="tme_messages_more js-messages_more" data-before="4"></a>'
    assert channel(button, post("harbour/5", text("A"))).next_page == "https://t.me/s/harbour?before=4"


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (preview("harbour", title="Гавань"), "nothing found: the channel's page shows no posts"),
        (preview("harbour", NO_POSTS), "nothing found: the channel's page shows no posts"),
        (no_preview("Гавань", "12 345 subscribers"), "no preview: Гавань: the channel shows its posts in the app only"),
        (no_preview("Chat", "15 848 members, 3 465 online"), "no preview: Chat: a group"),
        (no_preview("Ann", "@harbour"), "no channel: it was renamed or deleted"),
        (no_preview("", ""), "see https://t.me/harbour in a browser"),
        ("<html><title>Just a moment</title></html>", "captcha: Just a moment"),
        ("<html><title>Telegram</title></html>", "html page: Telegram"),
        (f"<html>{'<div>' * 1_000}", "unreadable: elements nested"),
        ("x" * 5_000_000, "too large"),
        ("", "empty"),
    ],
)
def test_what_shows_no_channel_says_why(html: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse("telegram", Page(ADDRESS, 200, {}, html.encode()))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "html",
    [
        preview("harbour", *(post("harbour/5", text("word")) for _ in range(3_000))),
        preview("harbour", *[f'<div class="tgme_widget_message" data-post="harbour/5">{text("w")}'] * 190),
        preview("harbour", post("harbour/5", *[text(f"word {at}") for at in range(30_000)])),
        preview("harbour", post("harbour/5", f'<div class="tgme_widget_message_text">{"w " * 1_900_000}')),
    ],
    ids=["many posts", "nested posts", "many texts", "long text"],
)
def test_pages_out_of_proportion_are_bounded(html: str) -> None:
    parsed = parse("telegram", Page(ADDRESS, 200, {}, html.encode()))
    assert 0 < len(parsed.entries) <= 100
    assert all(len(one.content) <= 210_000 for one in parsed.entries)


def test_scripts_are_no_text() -> None:
    entry = only(text('Shut<script>alert(1)</script><style>b{}</style> <a href="javascript:x">now</a>'))
    assert (entry.title, entry.link) == ("Shut now", "https://t.me/harbour/5")


PIECES = st.sampled_from(
    [
        *(
            "<div ",
            "</div>",
            ">",
            '"',
            "<a ",
            "</a>",
            "<br/>",
            "<time datetime=",
            "2026-13-45T99:00",
            "\x00",
            "я",
            "&#x0;",
        ),
        *('class="tgme_widget_message"', ' data-post="harbour/5"', "<!--", "<script>", "href=", "//[", "http://"),
        *(REPLY, FORWARDED, PHOTO, POLL, LINK_PREVIEW, STICKER, text("News"), post("harbour/7", text("A"))),
        *('<link rel="prev" href="', 'class="tgme_channel_history"', "tgme_page_extra"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_nothing_is_raised_but_a_parse_error(html: str) -> None:
    try:
        parsed = parse("telegram", Page(ADDRESS, 200, {}, html.encode("utf-8", "replace")))
    except ParseError:
        return
    for entry in parsed.entries:
        assert entry.title
        assert entry.link.startswith("https://t.me/")


@pytest.mark.parametrize(
    "written",
    [
        *(
            "kremlinprishla",
            "@kremlinprishla",
            "KremlinPrishla",
            "https://t.me/kremlinprishla",
            "t.me/s/kremlinprishla",
        ),
        *(
            "http://www.t.me/kremlinprishla/",
            "https://telegram.me/s/KremlinPrishla?before=12",
            "t.me/kremlinprishla/345",
        ),
    ],
)
def test_a_channel_is_known_by_each_way_to_write_it(written: str) -> None:
    assert channel_address(written) == "https://t.me/s/kremlinprishla"
    assert channel_name(channel_address(written)) == "kremlinprishla"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("kremlin-prishla", "is not the name of a Telegram channel", "did you mean kremlin_prishla?"),
        ("@@kremlin prishla", "is not the name", "did you mean kremlinprishla?"),
        ("https://t.me/+AbCdEf", "leads to a private channel", "only public channels"),
        ("t.me/joinchat/AbCdEf", "leads to a private channel", "only public channels"),
        ("https://t.me/c/1234567/89", "leads to a private channel", "only public channels"),
        ("https://news.example.org/rss", "is not the name", "write it like"),
        ("кремль", "is not the name", "write it like"),
        ("abc", "is not the name", "write it like"),
        ("a" * 33, "is not the name", "write it like"),
        ("", "is not the name", "write it like"),
    ],
)
def test_what_is_no_channel_is_said_with_a_hint(written: str, message: str, hint: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        channel_address(written)
    assert hint in caught.value.args[1]
