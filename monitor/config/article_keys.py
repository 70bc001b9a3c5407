"""Define the selectors of an outlet: those of `select:`, and the keys of `article:` for the pages of its articles."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from monitor.config import values
from monitor.config.key_types import StrictKeys
from monitor.sources import is_selector


def _css(value: object) -> str:
    """Return a CSS selector with or without `@attribute`."""
    if isinstance(value, dict | list):
        raise values.refuse(
            "expected a CSS selector", 'one text; several selectors stand in it with commas: "p.lead, p"'
        )
    text = values.parse_line(value)
    if not is_selector(text):
        raise values.refuse(f"{values.quoted(text)} is no CSS selector", 'like "div.body p", or "time@datetime"')
    return text


def _of_item(value: object) -> str:
    """Return a selector of `select:`, which may also be an attribute of the item itself (`@href`), or empty."""
    if isinstance(value, str) and re.fullmatch(r"(?:@[\w:-]+)?", value.strip()):
        return value.strip()
    return _css(value)


def _elements(value: object) -> str:
    """Return a CSS selector of whole elements."""
    text = _css(value)
    if text.rpartition("]")[2].count("@"):
        raise values.refuse(f"{values.quoted(text)} reads an attribute", "elements are expected here, without @")
    return text


_TEXT = WithJsonSchema({"type": "string"})
ItemSelector = Annotated[str, BeforeValidator(_of_item), _TEXT]
Selector = Annotated[str, BeforeValidator(_css), _TEXT]
Elements = Annotated[str, BeforeValidator(_elements), _TEXT]


class ArticleKeys(StrictKeys):
    """How the pages of articles are read where the general way fails: CSS, `css@attribute` for attributes."""

    text: Elements | None = Field(default=None, description="The elements with the article's text, like div.body p.")
    title: Selector | None = Field(default=None, description="Its title.")
    time: Selector | None = Field(default=None, description="When it was published, like time@datetime.")
    authors: Selector | None = Field(default=None, description="Its authors, an element each.")
    picture: Selector | None = Field(default=None, description="The address of its picture, like img.lead@src.")
    remove: Elements | None = Field(default=None, description="Elements that are taken away before anything is read.")
