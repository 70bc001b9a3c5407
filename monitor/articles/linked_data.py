"""Read what a page says of its article as JSON-LD, in schema.org's vocabulary (https://schema.org/NewsArticle)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

_SCRIPT = re.compile(
    r"<script\b(?=[^<>]{0,300}application/ld\+json)[^<>]{0,300}>\s*(?:<!\[CDATA\[|<!--)?(.*?)(?:-->|\]\]>)?\s*</script",
    re.I | re.S,
)
_ARTICLE_TYPES = ("Article", "NewsArticle", "BlogPosting", "Report", "LiveBlogPosting", "ClaimReview")
# What holds a page's own article. Lists of other articles (`itemListElement`, `hasPart`…) are not followed.
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
# Scripts of a page that are read, and nodes of them.
_SCRIPTS, _NODES = 20, 200


def linked_article(html: str) -> dict[str, Any]:
    """Return the JSON-LD object that describes a page's article, the first of several; empty if there is none."""
    return next((node for node in _nodes(html) if _is_article(node)), {})


def _nodes(html: str) -> Iterator[dict[str, Any]]:
    waiting = [value for script in _SCRIPT.findall(html)[:_SCRIPTS] for value in _parsed(script)]
    for _ in range(_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting = value + waiting
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in _HOLDERS if key in value)


def _parsed(script: str) -> list[object]:
    """Return the value that a script holds; nothing if it is damaged."""
    for text in (script, unescape(script)):
        try:
            return [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
    return []


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.rpartition("/")[2].endswith(_ARTICLE_TYPES) for name in names)
