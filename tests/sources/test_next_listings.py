"""What repeats on a page is found anew at each poll: it is the same while the page keeps its template."""

from __future__ import annotations

import random
from urllib.parse import urlsplit

import pytest

from tests.sources.test_repeated_blocks import _CASES, cases, expected, listing

TITLES = {
    language: [entry["title"] for case in cases() if case[:2] == language for entry in expected(case)["entries"]]
    for language in {case[:2] for case in cases()}
}


def next_page(case: str, count: int, seed: int) -> tuple[str, list[str]]:
    """A page with so many articles replaced by others, with titles of other pages; and the links that it lists."""
    drawn = random.Random(seed)
    html, entries = (_CASES / f"{case}.html").read_text(encoding="utf-8"), expected(case)["entries"]
    paths = [urlsplit(entry["link"]).path for entry in entries]
    links = [entry["link"] for entry in entries]
    for at in drawn.sample(range(len(entries)), min(count, len(entries))):
        path, title = paths[at], entries[at]["title"]
        # One that is part of another's would change both, and a relative one is not found.
        if title in html and path in html and sum(path in other for other in paths) == 1:
            stem, dot, ending = path.rstrip("/").partition(".")
            other = f"{stem}-{drawn.randint(1000, 9999)}{dot}{ending}{'/' if path.endswith('/') else ''}"
            html = html.replace(path, other).replace(title, f"{drawn.choice(TITLES[case[:2]])} {drawn.randint(2, 99)}")
            links[at] = links[at].replace(path, other)
    return html, links


@pytest.mark.parametrize("case", cases())
@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_next_page_of_a_template_gives_its_articles_and_nothing_else(case: str, count: int) -> None:
    wanted = expected(case)
    for seed in range(3):
        html, links = next_page(case, count, seed)
        found = listing(html, wanted["url"], wanted["date"]).entries
        assert sorted(entry.link for entry in found) == sorted(links)
