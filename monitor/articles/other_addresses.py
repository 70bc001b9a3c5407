"""Find the one address of what others name in their own way: copies, redirects and the addresses of three platforms.

Own tables. Nothing is fetched: where the address does not hold the other one (Google News, FeedBurner, short links), it
stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

# The parameters of redirect pages that hold the address to which they lead. Sites' own (`/url?url=…&id=2`) are no such.
_REDIRECTS = {
    r"google\.[a-z.]{2,6}/url": "url|q",
    r"bing\.com/news/apiclick\.aspx": "url",
    r"(?:facebook|messenger)\.com/l\.php": "u",
    r"l\.instagram\.com/?": "u",
    r"vk\.com/away\.php": "to",
    r"t\.me/iv": "url",
    r"linkedin\.com/redir/redirect": "url",
    r"youtube\.com/redirect": "q",
}
_REDIRECT = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)*(?:"
    + "|".join(rf"{page}\?(?:[^#]*?&)?(?:{names})=" for page, names in _REDIRECTS.items())
    + r")(https?(?::|%3a)(?:/|%2f){2}[^&#]+).*",
    re.IGNORECASE | re.DOTALL,
)
_URL_CHARACTERS = ":/?#[]@!$&'()*+,;=%~"  # RFC 3986: reserved ones, and those that are percent-encoded already
# Copies have the original's host and path in their path. Folding makes one of two slashes.
_COPIES = tuple(
    re.compile(rf"(?:https?:)?//{copy}", re.IGNORECASE | re.DOTALL)
    for copy in (
        r"(?:(?:[\w-]+\.)?cdn\.ampproject\.org/[cv]|(?:www\.)?google\.[a-z.]{2,6}/amp)/(?:s/)?([^/?#]+\.[^/?#]+/.*)",
        r"web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?:https?:/{1,2})?([^/?#]+\.[^/?#]+/.*)",
        r"(?:www\.)?yandex\.[a-z.]{2,6}/turbo/(?:s/)?([^/?#]+\.[^/?#]+/)(?:s/)?(.*)",
    )
)
# Google Translate writes the dots of the original's host as dashes, and its dashes twice.
_TRANSLATED = re.compile(r"(?:https?:)?//([\w-]+)\.translate\.goog(/.*)", re.IGNORECASE | re.DOTALL)
_SINGLE_DASH = re.compile("(?<!-)-(?!-)")
# Nearly no address is at one of these hosts.
_HOST = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)*?"
    r"(?:ampproject|archive|bing|facebook|google|instagram|linkedin|messenger|t|translate|vk|yandex|youtube)\.",
    re.IGNORECASE,
)

# The hosts of the platforms, folded, and every form of address that each has for one post.
_PLATFORM_HOSTS = ("https://t.me/", "https://telegram.", "https://youtu", "https://twitter.com/", "https://x.com/")
_PLATFORMS = (
    # A post, also of an album (`?single`) or in its preview (`/s/`) or embedded; not a comment below it.
    (
        re.compile(r"https://(?:t\.me|telegram\.(?:me|dog))/(?:s/)?(\w{4,}/\d+)(?:\?(?!.*(?:comment|thread)=).*)?"),
        r"https://t.me/\1",
    ),
    (
        re.compile(
            r"https://(?:youtu\.be/|youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/|embed/))([\w-]{11})(?:[?&].*)?"
        ),
        r"https://youtube.com/watch?v=\1",
    ),
    (re.compile(r"https://(?:twitter|x)\.com/(\w+)/status/(\d+)(?:[/?].*)?"), r"https://x.com/\1/status/\2"),
)


def original_url(url: str) -> str:
    """Return the shorter address that a copy's or redirect's address holds; empty where it holds none."""
    if not is_at_known_host(url):
        return ""
    if target := redirect_target(url):
        return target
    if found := _TRANSLATED.fullmatch(url):
        host = _SINGLE_DASH.sub(".", found[1]).replace("--", "-")
        return f"https://{host}{found[2]}"
    found = next(filter(None, (copy.fullmatch(url) for copy in _COPIES)), None)
    return f"https://{''.join(found.groups())}" if found else ""


def is_at_known_host(url: str) -> bool:
    """Tell whether an address is at a host that may hold others; the addresses of a feed share a few hosts."""
    return _names_known_host(url[: url.find("/", 8) + 1 or None])


@lru_cache(maxsize=512)
def _names_known_host(beginning: str) -> bool:
    return _HOST.match(beginning) is not None


def redirect_target(url: str) -> str:
    """Return the address to which a redirect page leads that states it; empty for any other."""
    found = _REDIRECT.fullmatch(url) if is_at_known_host(url) else None
    # Bytes that are no UTF-8 stay what they are: two letters of another encoding must not become one.
    return quote(unquote_to_bytes(found[1].encode("utf-8", "surrogatepass")), safe=_URL_CHARACTERS) if found else ""


def platform_url(folded: str) -> str:
    """Return the one folded address of a post that Telegram, YouTube or X has under several; any other as it is."""
    if is_at_platform(folded):
        for pattern, one in _PLATFORMS:
            if found := pattern.fullmatch(folded):
                return found.expand(one)
    return folded


def is_at_platform(folded: str) -> bool:
    """Tell whether a folded address is at one of the platforms whose posts have several."""
    return folded.startswith(_PLATFORM_HOSTS)
