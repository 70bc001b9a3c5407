"""Write the CSS that selects given elements of a page and nothing else that is not wanted; own heuristic."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from monitor.sources.listing_items import shallow

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

IsWanted = Callable[["LexborNode"], bool]
"""Whether an element may be selected, too."""

_MOST_CLASSES = 2  # of one element
_MOST_LAYOUTS = 6  # of one block
_LEVELS = 4  # elements that a selector names at most
_DEEPEST = 40  # elements around one that are looked at
_CHECKED = 300  # elements that are looked at for unwanted ones
_NAME = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
# `Card_title__k2J0s`: what CSS modules add to a name changes with each release of the site, the rest does not.
_MODULE = re.compile(r"([A-Za-z][\w-]*__)(?=[\w-]*[A-Z0-9])[\w-]{5,}", re.ASCII)
# Names that are nothing but such a code (`sc-bdVaJa`, `css-1q2w3e`, `kqzPQx`), or hold an id (`post-880`).
_CODE = re.compile(
    r"(?:sc|css|jsx|emotion|svelte)-\w+|(?=\w*[a-z][A-Z])(?=\w*[A-Z]\w*[A-Z])\w{5,8}|.*\d{3}.*", re.ASCII
)


def item_selectors(tree: LexborHTMLParser, nodes: list[LexborNode], is_wanted: IsWanted) -> list[str]:
    """Return the shortest selectors for the elements that select no other but wanted ones, as far as there are such.

    Class names that change with each release of a site are used only where others do not tell the elements apart.
    """
    for with_codes in (False, True):
        if selector := _clean_selector(tree, nodes, is_wanted, with_codes):
            return [selector]
    layouts: dict[tuple[str | None, str], list[LexborNode]] = defaultdict(list)
    for node in nodes:
        layouts[node.tag, (node.attributes.get("class") or "").partition(" ")[0]].append(node)
    if 1 < len(layouts) <= _MOST_LAYOUTS:
        return [one for layout in layouts.values() for one in item_selectors(tree, layout, is_wanted)]
    return [_by_content(tree, nodes, is_wanted)]


def _clean_selector(tree: LexborHTMLParser, nodes: list[LexborNode], is_wanted: IsWanted, with_codes: bool) -> str:
    """Return a selector by the elements' names and classes and those around them; empty if all select unwanted ones."""
    wanted = {node.mem_id for node in nodes}
    level, selector = list(nodes), ""
    for _ in range(_LEVELS):
        own = _selector_of(level, with_codes)
        selector = f"{own} > {selector}" if selector else own
        if own == "*":
            break
        found = {node.mem_id: node for node in tree.css(selector)[:_CHECKED]}
        # An element around the items would be read as one, with the first of its articles.
        is_around = any(node.parent is not None and _has_above(node.parent, found) for node in nodes)
        others = (node for one, node in found.items() if one not in wanted)
        if not is_around and all(map(is_wanted, shallow(others))):
            return selector
        level = [node.parent for node in level if node.parent is not None and node.parent.is_element_node]
        if not level:
            break
    return ""


def _has_above(node: LexborNode, found: Mapping[int, LexborNode]) -> bool:
    """Whether an element or one of the 40 around it is among those found."""
    above: LexborNode | None = node
    for _ in range(_DEEPEST):
        if above is None:
            return False
        if above.mem_id in found:
            return True
        above = above.parent
    return False


def _by_content(tree: LexborHTMLParser, nodes: list[LexborNode], is_wanted: IsWanted) -> str:
    """Return a selector for elements of one layout by an element that each of them holds and no unwanted one does."""
    selector = _selector_of(nodes, with_codes=True)
    wanted = {node.mem_id for node in nodes}
    unwanted = [
        node for node in shallow(tree.css(selector)[:_CHECKED]) if node.mem_id not in wanted and not is_wanted(node)
    ]
    shared = set.intersection(*map(_tags_inside, nodes)) - set().union(*map(_tags_inside, unwanted))
    return f"{selector}:has({min(shared)})" if shared else selector


def _tags_inside(node: LexborNode) -> set[str]:
    return {inside.tag for inside in node.css("*")[:_CHECKED] if inside.tag and inside.mem_id != node.mem_id}


def _selector_of(nodes: list[LexborNode], with_codes: bool) -> str:
    """Return the selector of what elements have in common: their name and classes; `*` if that is nothing."""
    tags = {node.tag for node in nodes}
    if len(tags) > 1:
        return "*"
    shared = set.intersection(*(set((node.attributes.get("class") or "").split()) for node in nodes))
    # In the order of the first element's classes.
    ordered = [name for name in (nodes[0].attributes.get("class") or "").split() if name in shared]
    classes = [css for name in ordered if (css := _class_selector(name, with_codes))]
    return (tags.pop() or "*") + "".join(dict.fromkeys(classes[:_MOST_CLASSES]))


def _class_selector(name: str, with_codes: bool) -> str:
    if with_codes:
        return f".{name}" if _NAME.fullmatch(name) else ""
    if module := _MODULE.fullmatch(name):
        return f'[class*="{module[1]}"]'
    return f".{name}" if _NAME.fullmatch(name) and not _CODE.fullmatch(name) else ""
