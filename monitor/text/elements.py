"""What looks like a tag in; whether HTML has such an element, and what stands in a text in its place, out."""

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
# Attributes that stand without a value; any other word in a tag without `=` says that it is no tag.
_BARE_ATTRIBUTES = (
    "allowfullscreen alt async autofocus autoplay checked class clear compact controls default defer disabled download "
    "hidden href id inert ismap itemscope loop multiple muted nohref nomodule noresize noshade novalidate nowrap open "
    "playsinline readonly rel required reversed selected src style target title"
)
_BARE = frozenset(_BARE_ATTRIBUTES.split())
_BREAKS = (
    "br p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr table blockquote section article header footer aside figure "
    "figcaption pre hr form nav main address details summary center caption dialog dir fieldset hgroup legend listing "
    "menu thead tbody tfoot xmp"
)
_SPACES = (
    "td th button option optgroup img image input label meter progress output video audio object embed canvas picture"
)
_GAPS = {**dict.fromkeys(_BREAKS.split(), "\n"), **dict.fromkeys(_SPACES.split(), " ")}

TAG = re.compile(r"<(/?[A-Za-z][^<>]*|[!?][^<>]*)>")
_UNCLOSED = re.compile(r"<(/?[A-Za-z][^<>]*)(?=<|\Z)")
_NAME = re.compile(r"/?([^\s/]*)")
_ATTRIBUTE = re.compile(r"\s[\w:.@-]+=")
# A custom element, or one of another vocabulary: <amp-img>, <o:p>.
_EXTENDED = re.compile(r"[a-z][a-z0-9]*[-:][a-z0-9._:-]+")


@lru_cache(maxsize=2048)
def gap_of(tag: str) -> str | None:
    """What stands in a text where a tag stood, by its beginning; None where HTML has no element of that name."""
    name = _name_of(tag)
    return _GAPS.get(name, "") if name in _ELEMENTS or tag[0] in "!?" else None


def is_tag(tag: str) -> bool:
    """Whether what stands between `<` and `>` is markup: `b` or `br /`, and neither `Peskov` nor `b as we saw`."""
    if "=" in tag:
        return gap_of(tag[:24]) is not None or _ATTRIBUTE.search(tag) is not None
    return _is_tag_without_values(tag[:100])


@lru_cache(maxsize=2048)
def _is_tag_without_values(tag: str) -> bool:
    if tag[0] in "!?":
        return True
    if _name_of(tag) in _ELEMENTS:
        return all(_is_bare(word) for word in tag.lower().split()[1:])
    return _EXTENDED.fullmatch(tag.strip("/ ")) is not None


def shielded(html: str) -> str:
    """The HTML with `<` as `&lt;` where it begins no tag: <Peskov> is a word, unless </Peskov> closes it."""
    tags = TAG.findall(html)
    if len(tags) != html.count("<"):
        html = _UNCLOSED.sub(_unclosed_shielded, html)
    if all(is_tag(tag) for tag in tags):
        return html
    opened, closed = ({_name_of(tag) for tag in tags if (tag[0] == "/") is closing} for closing in (False, True))
    paired = (opened & closed) - _ELEMENTS

    def checked(match: re.Match[str]) -> str:
        is_one = is_tag(match[1]) or _name_of(match[1]) in paired
        return match[0] if is_one else f"&lt;{match[0][1:]}"

    return TAG.sub(checked, html)


def _unclosed_shielded(match: re.Match[str]) -> str:
    """What stands after a `<` that no `>` follows: the beginning of a tag that was cut, or words."""
    words = match[1].lower().split()
    name = _name_of(match[1])
    if len(words) == 1 and match[1][-1].isalnum():
        cut = any(element.startswith(name) for element in _ELEMENTS)
    else:
        cut = is_tag(match[1]) or (name in _ELEMENTS and len(words) <= 2)
    return match[0] if cut else f"&lt;{match[1]}"


def _name_of(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1].lower() if match else ""


def _is_bare(word: str) -> bool:
    return not word.strip("/") or word.strip("/") in _BARE or word.startswith(("data-", "aria-"))
