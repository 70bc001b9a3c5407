"""Pages of news in seven languages and the layouts of different publishing systems, with what each says of itself.

The words of a language are in `tests/data/pages`, the layouts in its folder `layouts`: those whose name begins with a
language are that language's alone. In a layout, `own` marks the article's own text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

_FOLDER = Path(__file__).parents[1] / "data" / "pages"
_ADDRESS, _PICTURE = "https://news.test/2026/flood-wall", "https://news.test/river.jpg"


class NewsPage(NamedTuple):
    """A page, its article's own text (pieces, one a line), and its title, author and date."""

    name: str
    language: str
    html: str
    text: str
    title: str
    author: str
    published: datetime


def news_pages() -> Iterator[NewsPage]:
    """Yield each language in each layout that it may have."""
    environment = Environment(loader=FileSystemLoader(_FOLDER / "layouts"), autoescape=True)
    languages = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))}
    layouts = sorted(path.name for path in (_FOLDER / "layouts").glob("*.html"))
    for language, words in languages.items():
        for layout in layouts:
            if layout[2] == "-" and not layout.startswith(language):
                continue
            pieces: list[str] = []

            def own(piece: str, pieces: list[str] = pieces) -> Markup:
                pieces.append(piece)
                return escape(piece)

            given = {"language": language, "url": _ADDRESS, "picture": _PICTURE, "own": own}
            html = environment.get_template(layout).render({**words, **given})
            published = datetime.fromisoformat(words["published"])
            name = f"{language} {layout.removesuffix('.html')}"
            yield NewsPage(name, language, html, "\n".join(pieces), words["title"], words["author"], published)
