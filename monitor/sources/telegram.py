"""Read the posts of a public Telegram channel from its preview page, https://t.me/s/NAME, which needs no account.

The page shows about 20 posts and links to the page with the older ones. Its markup is not documented: the class names
are those of the pages themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.errors import ParseError
from monitor.model import Entry, Parsed
from monitor.sources.date_parser import parse_date
from monitor.sources.detect_format import no_feed
from monitor.sources.element_text import distinct, shortened
from monitor.sources.entry_texts import EntryTexts, with_further
from monitor.sources.html_tree import parse_html
from monitor.sources.links import absolute
from monitor.sources.post_links import linked_addresses
from monitor.sources.source_input import Source, SourceInput
from monitor.text import counted, to_text
from monitor.text.link_lines import with_link_lines
from monitor.text.sentences import sentences

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SITE = "https://t.me/"
# Telegram's own rule is 5 to 32 letters, digits and underscores; names that were sold at auction have 4.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_HOSTS = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?", re.I)
_PRIVATE = re.compile(r"(?:\+|joinchat/|c/\d).*", re.I)
_POST_ADDRESS = re.compile(rf"https?://(?:www\.)?(?:t|telegram)\.me/(?:s/)?({_NAME.pattern})/([0-9]{{1,18}})/?", re.I)
_POST = re.compile(r"[A-Za-z0-9_]{1,64}/[0-9]{1,18}")
_MOST_POSTS = 100
_MOST_PARTS = 20  # texts of one kind in a post
_LONGEST_TITLE = 200

_OWN = ":not(.tgme_widget_message_reply *)"  # not in the quotation of the post that this one answers
_TEXT = f".tgme_widget_message_text{_OWN}"
# What a post says outside its text, in the order in which it is added to the text.
_FURTHER = (
    ".tgme_widget_message_poll_question",
    ".tgme_widget_message_poll_option_text",
    ".tgme_widget_message_document_title",
    ".tgme_widget_message_location_title",
    ".tgme_widget_message_location_address",
    ".tgme_widget_message_contact_name",
    ".link_preview_title",
    ".link_preview_description",
)
_AUTHORS = (
    ".tgme_widget_message_forwarded_from_name",
    ".tgme_widget_message_forwarded_from_author",
    ".tgme_widget_message_from_author",
)
_STICKERS = (
    ".tgme_widget_message_sticker_wrap, .tgme_widget_message_sticker, .tgme_widget_message_tgsticker,"
    " .tgme_widget_message_videosticker"
)
# The titles of posts without a word.
_MEDIA = {
    ".tgme_widget_message_photo_wrap": "Photo",
    ".tgme_widget_message_video_player, .tgme_widget_message_video": "Video",
    ".tgme_widget_message_roundvideo_player, .tgme_widget_message_roundvideo": "Video message",
    ".tgme_widget_message_voice_player, .tgme_widget_message_voice": "Voice message",
}
_OTHER_MEDIA = "Post that only Telegram shows"
_LINK = "Link"
_PREVIEW = "a.tgme_widget_message_link_preview[href]"


def channel_address(written: str) -> str:
    """Return the preview page of a channel given as `name`, `@name` or an address of it or of a post.

    Raises ValueError(message, hint) for what is no name of a public channel.
    """
    name = _HOSTS.sub("", written, count=1).removeprefix("@").split("?")[0].rstrip("/")
    name = re.sub(r"/[0-9]+\Z", "", name)
    if _NAME.fullmatch(name):
        return f"{_SITE}s/{name.lower()}"
    if _PRIVATE.fullmatch(name):
        raise ValueError(
            "leads to a private channel", "only public channels can be read, which have a name: bbcrussian"
        )
    meant = re.sub(r"\W", "", name.replace("-", "_"), flags=re.ASCII)
    hint = f"did you mean {meant.lower()}?" if _NAME.fullmatch(meant) and "/" not in name else _EXAMPLES
    raise ValueError("is not the name of a Telegram channel", hint)


_EXAMPLES = 'write it like bbcrussian, "@bbcrussian" or https://t.me/bbcrussian: 4 to 32 letters, digits and _'


def channel_name(address: str) -> str:
    """Return the name of the channel whose preview page is at this address."""
    return urlsplit(address).path.rstrip("/").rpartition("/")[2]


def preview_of(address: str) -> tuple[str, str]:
    """Return the preview page that shows a post, and the post's link there; both empty for any other address.

    The page of the post itself (t.me/NAME/N) is made for browsers, which run its scripts, and is never read.
    """
    found = _POST_ADDRESS.fullmatch(address.partition("?")[0])
    if not found:
        return "", ""
    name, number = found[1].lower(), int(found[2])
    return f"{_SITE}s/{name}?before={number + 1}", f"{_SITE}{name}/{number}"


def parse_channel(source: SourceInput) -> Parsed:
    """Parse a channel's preview page into its posts, newest first. Raises ParseError if it shows no channel."""
    tree = parse_html(source.text)
    posts = tree.css(".tgme_widget_message[data-post]")[-_MOST_POSTS:]
    if not posts:
        raise _no_posts(tree, source)
    found = [_entry(post) for post in reversed(posts) if not _is_left_out(post)]
    entries = tuple(filter(None, found))
    lost = len(found) - len(entries)
    notes = (f"{counted(lost, 'post')} could not be read",) if lost else ()
    older = tree.css_first("link[rel=prev][href]") or tree.css_first("a.tme_messages_more[data-before][href]")
    return Parsed(
        title=_line(tree, ".tgme_channel_info_header_title"),
        link=f"{_SITE}{channel_name(source.url)}",
        entries=entries,
        notes=(*source.notes, *notes),
        lost=lost,
        next_page=absolute(older.attributes.get("href") or "", source.url) or None if older else None,
    )


def _no_posts(tree: LexborHTMLParser, source: SourceInput) -> ParseError:
    """Return the error for a page without posts; where there is no preview, t.me redirects to t.me/NAME."""
    if tree.css_first(".tgme_channel_history, .tgme_channel_info"):
        return ParseError("nothing found", "the channel's page shows no posts")
    members = _line(tree, ".tgme_page_extra").casefold()
    title = _line(tree, ".tgme_page_title")
    if "subscriber" in members:
        detail = (
            "the channel shows its posts in the app only: it is private, restricted, or has switched its preview off"
        )
        return ParseError("no preview", f"{title}: {detail}; follow another channel or page of this outlet")
    if "member" in members:
        return ParseError("no preview", f"{title}: a group, and only channels have a page that can be read")
    if tree.css_first(".tgme_page"):
        page = f"{_SITE}{channel_name(source.url)}"
        return ParseError(
            "no channel",
            "it was renamed or deleted, the name is a person's or a bot's, or t.me answers too many requests like this:"
            f" see {page} in a browser and correct the name",
        )
    return no_feed(source.text, source.url)


def _is_left_out(post: LexborNode) -> bool:
    """Tell whether it is a notice (“Channel photo updated”), or a sticker without a word."""
    is_notice = "service_message" in (post.attributes.get("class") or "").split()
    return is_notice or (post.css_first(_STICKERS) is not None and post.css_first(_TEXT) is None)


def _entry(post: LexborNode) -> Entry | None:
    number = (post.attributes.get("data-post") or "").strip()
    if not _POST.fullmatch(number):
        return None
    # A wrapper may repeat its text in an inner element of the same class.
    text = "\n".join(dict.fromkeys(_texts(post, _TEXT)))
    further = [one for selector in _FURTHER for one in _texts(post, selector)]
    links = _links(post, text, has_words=bool(text or further))
    title = _title(text or "\n".join(further)) or _media(post) or (_LINK if links else _OTHER_MEDIA)
    texts = with_further(EntryTexts(content=text), title, further)
    time = post.css_first("time[datetime]")
    written = ((time.attributes.get("datetime") or "") if time else "")[:100]
    return Entry(
        title=title,
        link=f"{_SITE}{number}",
        id=number,
        published=parse_date(written),
        published_text=written,
        content=with_link_lines(texts.content, links),
        authors=distinct([one for selector in _AUTHORS for one in _texts(post, selector)]),
    )


def _texts(post: LexborNode, selector: str) -> list[str]:
    texts = (to_text(node.html or "") for node in post.css(selector)[:_MOST_PARTS])
    # A post that carries nothing but a picture may have a link of no width.
    return [text for text in texts if any(map(str.isprintable, text.replace(" ", "").replace("\n", "")))]


def _title(text: str) -> str:
    """Return the first line that has a letter or digit, or its first sentence where the line is long."""
    line = next((line for line in text.split("\n") if any(map(str.isalnum, line))), text.partition("\n")[0])
    if len(line) <= _LONGEST_TITLE:
        return line
    start, end = sentences(line[:2_000])[0]
    if end - start <= _LONGEST_TITLE:
        return line[start:end]
    return f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:_LONGEST_TITLE]}…"


def _media(post: LexborNode) -> str:
    return next((title for selector, title in _MEDIA.items() if post.css_first(selector)), "")


def _links(post: LexborNode, text: str, *, has_words: bool) -> list[str]:
    """Return the addresses that words of a post lead to; all of them where it has no words at all.

    A link without a word carries a picture, and so does a preview without a title.
    """
    found = post.css(f"{_TEXT} a[href]")
    if previewed := post.css_first(_PREVIEW):
        found.append(previewed)
    if has_words:
        found = [link for link in found if any(map(str.isalnum, to_text(_label(link))))]
    return linked_addresses(found, _SITE, lambda address: bool(preview_of(address)[0]), text)


def _label(link: LexborNode) -> str:
    titled = link.css_first(".link_preview_title") if link.css_matches(_PREVIEW) else link
    return (titled.html or "")[:10_000] if titled else ""


def _line(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return shortened(to_text((node.html or "")[:10_000])) if node else ""


SOURCE = Source(
    "telegram",
    "a public Telegram channel by its name, read from its preview page at t.me",
    parse_channel,
    address=channel_address,
    outlet_name=channel_name,
    has_whole_texts=True,
)
