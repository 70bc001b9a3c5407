"""Tell the boxes beside the articles of a page, by their elements, class names and titles: menus, footers, most read.

Own tables, for Russian, Ukrainian, Turkish, Arabic, English, German and French.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TAGS = frozenset({"nav", "footer", "aside", "form", "dialog", "menu"})
# Parts of pages whose classes describe the article or the whole page: `post tag-harbour`, `with-sidebar`.
_DESCRIBED = frozenset({"article", "main", "body", "html"})
_WORDS = frozenset(
    """
    nav navbar navigation menu submenu topmenu footer sidebar aside breadcrumb breadcrumbs crumbs pager pagination
    paging popular mostread mostviewed trending trends related recommended recommendations readmore alsoread share
    sharing social socials tags tagcloud keywords comments widget calendar banner banners ads advert advertisement adv
    promo sponsored cookie cookies consent login subscribe newsletter okunan okunanlar populer etiketler meistgelesen
    beliebt schlagworte populaire populaires populyarnoe topread toread
    """.split()  # noqa: SIM905 - quotes around sixty words would hide the words
)
_PAIRS = re.compile(
    r"most[-_]?(?:read|viewed|popular|commented|watched|shared)|(?:top|best|also)[-_]?(?:read|week|month)|cok[-_]?okunan",
    re.I,
)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_TITLE = re.compile(
    r"most \w+|top (?:read|stories)|popular|trending|read (?:also|more)|related|recommended"
    r"|editor.{0,2} (?:pick|choice)"
    r"|сам(?:ое|ые) (?:читаем|популярн|обсуждаем)|популярн|читают сейчас|читайте также|лучшее за"
    r"|найпопулярніш|найчитаніш|читайте також|популярне"
    r"|(?:en )?çok okunan|popüler|öne çıkanlar|ilgili haberler|bunlar da ilginizi"
    r"|ال[أا]كثر (?:قراءة|مشاهدة|شعبية|تداولا)|مواضيع ذات صلة|اقر[أا] [أا]يضا"
    r"|meist ?gelesen|beliebt|lesen sie auch|das könnte sie|mehr zum thema"
    r"|(?:les )?plus (?:lus|lues|populaires|partagés)|à lire aussi|populaires?|sur le même sujet",
    re.I,
)
_LONGEST_TITLE = 60  # characters


def is_beside(node: LexborNode) -> bool:
    """Whether an element is a box beside the articles, or holds one's title and little else."""
    if node.tag in _TAGS:
        return True
    if node.tag not in _DESCRIBED and is_named_beside(
        f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    ):
        return True
    return any(_TITLE.match(title) for title in _titles(node))


def is_named_beside(names: str) -> bool:
    """Whether a name, as of a class, is one that sites give to such a box."""
    return bool(_PAIRS.search(names)) or not _WORDS.isdisjoint(word.lower() for word in _PARTS.findall(names))


def _titles(node: LexborNode) -> Iterator[str]:
    """Yield the own text of what stands directly before an element and of what it begins with."""
    first = _element(node.child)
    for found in (_element_before(node), first, _element(first.child) if first else None):
        text = found.text(deep=False, strip=True) if found else ""
        if 0 < len(text) <= _LONGEST_TITLE:
            yield text


def _element(node: LexborNode | None) -> LexborNode | None:
    """Return the first element from a node on among its siblings."""
    while node is not None and not node.is_element_node:
        node = node.next
    return node


def _element_before(node: LexborNode) -> LexborNode | None:
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before
