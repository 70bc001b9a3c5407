"""Small pages that we wrote, half of them walls and half articles that look like them, in ten languages.

Each file's folder says what it is. Its first line is a comment with the title and lead that a feed announced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from monitor.model import Article, Page

_FOLDER = Path(__file__).parents[1] / "data" / "walls"
_ANNOUNCED = re.compile(r"<!-- (?P<title>[^|]+) \| (?P<lead>[^|]+) -->\n")


class WallCase(NamedTuple):
    """A page, the article that it was announced as, and what it is: `article`, or the reason to refuse it."""

    name: str
    expected: str
    page: Page
    article: Article


def wall_cases() -> Iterator[WallCase]:
    """Yield every page of the set."""
    for path in sorted(_FOLDER.glob("*/*.html")):
        html = path.read_text(encoding="utf-8")
        announced = _ANNOUNCED.match(html)
        assert announced, f"{path} does not begin with what was announced"
        url = f"https://news.test/{path.stem}"
        page = Page(url, 200, {"content-type": "text/html; charset=utf-8"}, html[announced.end() :].encode())
        language = path.stem[:2]
        article = Article("news", url, announced["title"], lead=announced["lead"], language=language)
        yield WallCase(f"{path.parent.name}/{path.stem}", path.parent.name.replace("-", " "), page, article)
