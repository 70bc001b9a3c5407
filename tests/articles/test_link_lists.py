"""A list of articles is told from an article by how many of its lines lead elsewhere."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.articles import is_list_of_articles

TITLES = [f"The harbour number {number} is closed" for number in range(12)]
LEADS = [f"In town {number} all ships wait outside, and nobody knows until when." for number in range(12)]


def _text(block: str) -> str:
    return LexborHTMLParser(block).text().strip()


@pytest.mark.parametrize(
    ("block", "count", "is_list"),
    [
        ("<p><a href=/{0}>{1}</a></p>", 5, True),
        ("<p><a href=/{0}>{1}</a></p>", 4, False),
        ("<p><a href=/{0}>{1}</a></p><p>{2}</p>", 6, True),
        ("<p>29 Nov <a href=/{0}>{1}</a></p>", 6, True),
        ("<a href=/{0}><p>{1}</p><p>{2}</p></a>", 6, True),
        ("<h2>{1}</h2><p>{2}</p>", 6, True),
        ("<h2>{1}</h2><p>{2}</p><p>{2} Or so.</p>", 12, False),
        ("<p>{2} {2} <a href=/{0}>{1}</a></p>", 12, False),
        ("<p>{1}</p><p>{2}</p>", 12, False),
        ("<p><a href=/{0}>Trade</a> {2}</p>", 12, False),
    ],
)
def test_most_lines_of_a_list_lead_elsewhere(block: str, count: int, is_list: bool) -> None:
    html = "".join(block.format(number, TITLES[number], LEADS[number]) for number in range(count))
    text = html.replace("</p><p>", "\n").replace("</h2><p>", "\n").replace("<h2>", "\n").replace("<p>", "\n")
    assert is_list_of_articles(_text(text), html) is is_list


def test_a_page_that_is_made_to_be_heavy_is_looked_at_in_part() -> None:
    links = "".join(f"<a href=/{number}>{'harbour ' * 50}{number}</a>" for number in range(2_000))
    assert not is_list_of_articles("\n".join(f"{number} ships wait outside today" for number in range(9_000)), links)
