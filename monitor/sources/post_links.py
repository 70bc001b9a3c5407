"""Find the addresses that a post leads to without showing them: its words are links, or it has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.sources.links import absolute

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_LINKS = 10
"""Addresses of one post that are kept."""
_MOST_SEEN, _LONGEST = 100, 500
_NOT_SHOWN = re.compile(r"\Ahttps?://(?:www\.)?|/\Z", re.I)
# What posts end with: where else the channel can be followed.
_PROFILE_HOST_NAMES = (
    "boosty.to discord.gg dzen.ru facebook.com instagram.com linktr.ee max.ru ok.ru patreon.com pinterest.com"
    " rutube.ru threads.net tiktok.com twitter.com viber.com vk.com vk.me whatsapp.com x.com youtube.com"
)
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")
_PROFILE_HOSTS = frozenset(_PROFILE_HOST_NAMES.split())


def linked_addresses(links: Iterable[LexborNode], base: str, is_post: Callable[[str], bool], shown: str) -> list[str]:
    """Return the addresses of links that a text does not show, each once, in their order.

    Those of the site at `base` count only where they are posts. Left out are front pages and accounts at other
    networks, which a channel's every post ends with.
    """
    stated = (absolute(link.attributes.get("href") or "", base) for link in islice(links, _MOST_SEEN))
    addresses = dict.fromkeys(address for address in stated if 0 < len(address) <= _LONGEST)
    folded = shown.casefold()
    hidden = (one for one in addresses if _NOT_SHOWN.sub("", one).casefold() not in folded)
    sites = {*_TELEGRAM, _host(base)}
    told = (one for one in hidden if (is_post(one) if _host(one) in sites else not _is_of_everything(one)))
    return list(islice(told, MOST_LINKS))


def _is_of_everything(address: str) -> bool:
    """Tell whether an address is that of a whole site or account, or of nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    path = parts.path.strip("/")
    return not path or ("/" not in path and not parts.query and _host(address) in _PROFILE_HOSTS)


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].lower().removeprefix("www.").removeprefix("m.")
