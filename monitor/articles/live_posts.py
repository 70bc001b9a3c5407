"""Find the part of a page that the fragment of an address names: of a live page each post has its own.

Own heuristic. Posts are told by ids of one shape (`post-17`, `post-18`), whether these stand at the post itself, at
its heading, or at an empty anchor before it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.text import to_text

_NUMBER = re.compile(r"[0-9a-f]*[0-9][0-9a-f]*", re.I)
"""A decimal or hexadecimal number within an id."""
_LEAST = 15
"""Words of a post; where the element that has the id holds fewer, it is a heading or an anchor before the post."""


def named_part(html: str, url: str) -> str:
    """Return the text of the one among several posts of a page that an address names; empty where it names none."""
    fragment = urlsplit(url).fragment
    if not _NUMBER.search(fragment) or fragment not in html:
        return ""
    marks = _marks(LexborHTMLParser(html), _NUMBER.sub("#", fragment))
    mark = next((one for one in marks if fragment in _names(one)), None)
    if mark is None or len(marks) < 2:
        return ""
    others = {one.mem_id for one in marks} - {mark.mem_id}
    top = mark
    while top.parent is not None and not _holds(top.parent, others):
        top = top.parent
    text = to_text(top.html or "")
    return text if len(text.split()) >= _LEAST else to_text((top.html or "") + _until_next(top, others))


def _marks(page: LexborHTMLParser, shape: str) -> list[LexborNode]:
    """Return the elements whose id or name is of this shape."""
    return [one for one in page.css("[id], a[name]") if any(_NUMBER.sub("#", name) == shape for name in _names(one))]


def _names(node: LexborNode) -> list[str]:
    return [name for key in ("id", "name") if (name := node.attributes.get(key))]


def _holds(node: LexborNode, others: set[int]) -> bool:
    return any(one.mem_id in others for one in node.css("[id], a[name]"))


def _until_next(top: LexborNode, others: set[int]) -> str:
    """Return the HTML of what follows an element up to the next post."""
    found = []
    following = top.next
    while following is not None and not _holds(following, others):
        found.append(following.html or "")
        following = following.next
    return "".join(found)
