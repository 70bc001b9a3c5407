"""Tell HTML tags from text in angle brackets, and say what replaces a tag in plain text."""

from __future__ import annotations

import re
from functools import lru_cache

# The index of elements of the HTML standard and its list of obsolete ones; `noindex` is what Russian outlets write for
# search engines.
_NAMES = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body "
    "br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu "
    "menuitem meta meter nav nobr noembed noframes noindex noscript object ol optgroup option output p param picture "
    "plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small source spacer span "
    "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u "
    "ul var video wbr xml xmp"
)
_ELEMENTS = frozenset(_NAMES.split())
# Attributes that may have no value; any other word in a tag without `=` shows that it is not a tag.
_VALUELESS_NAMES = (
    "allowfullscreen alt async autofocus autoplay checked class clear compact controls default defer disabled download "
    "hidden href id inert ismap itemscope loop multiple muted nohref nomodule noresize noshade novalidate nowrap open "
    "playsinline readonly rel required reversed selected src style target title"
)
_VALUELESS = frozenset(_VALUELESS_NAMES.split())
_BREAKS = (
    "br p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr table blockquote section article header footer aside figure "
    "figcaption pre hr form nav main address details summary center caption dialog dir fieldset hgroup legend listing "
    "menu thead tbody tfoot xmp"
)
_SPACES = (
    "td th button option optgroup img image input label meter progress output video audio object embed canvas picture"
)
_REPLACEMENTS = {**dict.fromkeys(_BREAKS.split(), "\n"), **dict.fromkeys(_SPACES.split(), " ")}

TAG = re.compile(r"<(/?[A-Za-z][^<>]*|[!?][^<>]*)>")
_UNCLOSED = re.compile(r"<(/?[A-Za-z][^<>]*)(?=<|\Z)")
_NAME = re.compile(r"/?([^\s/]*)")
_ATTRIBUTE = re.compile(r"\s[\w:.@-]+=")
# A custom element, or one of another vocabulary: <amp-img>, <o:p>.
_CUSTOM_ELEMENT = re.compile(r"[a-z][a-z0-9]*[-:][a-z0-9._:-]+")


@lru_cache(maxsize=2048)
def replacement_of(tag: str) -> str | None:
    """Return what replaces a tag in plain text (line feed, space or nothing); None if it is not an HTML element.

    The first 24 characters of the tag are enough.
    """
    name = _name_of(tag)
    return _REPLACEMENTS.get(name, "") if name in _ELEMENTS or tag[0] in "!?" else None


def is_tag(tag: str) -> bool:
    """Tell whether the text between `<` and `>` is a tag, as `b` or `br /` and not `Peskov` or `b as we saw`."""
    if "=" in tag:
        return replacement_of(tag[:24]) is not None or _ATTRIBUTE.search(tag) is not None
    return _is_tag_without_values(tag[:100])


@lru_cache(maxsize=2048)
def _is_tag_without_values(tag: str) -> bool:
    if tag[0] in "!?":
        return True
    if _name_of(tag) in _ELEMENTS:
        attributes = [word for word in tag.lower().split()[1:] if word.strip("/")]
        return all(word.strip("/") in _VALUELESS or word.startswith(("data-", "aria-")) for word in attributes)
    return _CUSTOM_ELEMENT.fullmatch(tag.strip("/ ")) is not None


def escape_non_tags(html: str) -> str:
    """Escape each `<` that begins no tag: <Peskov> is a word, unless </Peskov> closes it."""
    tags = TAG.findall(html)
    if len(tags) != html.count("<"):
        html = _UNCLOSED.sub(_escape_unclosed, html)
    if all(is_tag(tag) for tag in tags):
        return html
    opened, closed = ({_name_of(tag) for tag in tags if (tag[0] == "/") is closing} for closing in (False, True))
    paired = (opened & closed) - _ELEMENTS

    def escape_word(match: re.Match[str]) -> str:
        is_markup = is_tag(match[1]) or _name_of(match[1]) in paired
        return match[0] if is_markup else f"&lt;{match[0][1:]}"

    return TAG.sub(escape_word, html)


def _escape_unclosed(match: re.Match[str]) -> str:
    """Escape a `<` without its `>`, unless the beginning of a truncated tag follows it."""
    words = match[1].lower().split()
    name = _name_of(match[1])
    if len(words) == 1 and match[1][-1].isalnum():
        is_truncated_tag = any(element.startswith(name) for element in _ELEMENTS)
    else:
        is_truncated_tag = is_tag(match[1]) or (name in _ELEMENTS and len(words) <= 2)
    return match[0] if is_truncated_tag else f"&lt;{match[1]}"


def _name_of(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1].lower() if match else ""
