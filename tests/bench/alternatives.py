"""protego for robots.txt and courlan for addresses, beside ours: wrong answers and time.

    pip install protego courlan
    MONITOR_TEST_DATA=... python -m tests.bench.alternatives

robots.txt: the cases of `tests/fetching/robots_cases.py`. Addresses: the links of real feeds (`feeds` of the data), in
nine spellings of the same page each, which should become one, while no two pages become one.
"""

from __future__ import annotations

import html
import os
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from monitor.articles import fold_url
from monitor.fetching import robots_of
from monitor.fetching.robots_txt import MAX_SIZE
from tests.fetching.robots_cases import CASES

AGENT = "monitor/0.1 (+https://example.org)"
LINK = re.compile(r"""<link>\s*(?:<!\[CDATA\[)?(https?://[^<\]\s]+)|<link[^>]+href="(https?://[^"\s]+)""")


def robots() -> Iterator[str]:
    """A line for each parser of robots.txt."""
    from protego import Protego  # type: ignore[import-not-found]

    parsers: dict[str, Callable[[str, str], bool]] = {
        "ours": lambda text, path: robots_of(200, text.encode(), AGENT).allows(path),
        "protego": lambda text, path: Protego.parse(text[:MAX_SIZE]).can_fetch(f"https://e.org{path}", AGENT),
    }
    for name, allows in parsers.items():
        begun = time.process_time()
        wrong = [(text[-60:], path) for text, path, allowed in CASES if allows(text, path) != allowed]
        spent = time.process_time() - begun
        yield f"robots.txt, {name}: {len(wrong)} of {len(CASES)} answers wrong, {spent * 1000:.0f} ms: {wrong}"


def addresses() -> Iterator[str]:
    """A line for each way to fold addresses."""
    from courlan import clean_url, normalize_url

    links = sorted(set(real_links()))
    ways: dict[str, Callable[[str], str | None]] = {
        "ours": fold_url,
        "courlan, clean_url": clean_url,
        "courlan, strict": lambda url: normalize_url(url, strict=True, trailing_slash=False),
    }
    for name, fold in ways.items():
        begun = time.process_time()
        pairs = [(fold(link), fold(other)) for link in links for other in spellings(link)]
        spent = time.process_time() - begun
        folded = sum(one == other for one, other in pairs)
        pages = defaultdict(set)
        for link in links:
            pages[fold(link)].add(link)
        merged = sum(len(several) for several in pages.values() if len(several) > 1)
        yield (
            f"addresses, {name}: {folded / len(pairs):.3f} of {len(pairs)} spellings folded, {merged} of {len(links)} "
            f"links share their result with another, {spent / len(pairs) * 500_000:.0f} µs each"
        )


def real_links() -> Iterator[str]:
    """The links in the feeds of the test data."""
    for path in (Path(os.environ["MONITOR_TEST_DATA"]) / "feeds").rglob("*"):
        if path.is_file():
            for found in LINK.finditer(path.read_text(encoding="utf-8", errors="replace")):
                yield html.unescape(found[1] or found[2])


def spellings(link: str) -> Iterator[str]:
    """Other addresses of the same page."""
    scheme, _, rest = link.partition("://")
    host, _, path = rest.partition("/")
    whole = link.partition("#")[0]
    joiner = "&" if "?" in whole else "?"
    yield ("http" if scheme == "https" else "https") + f"://{rest}"
    yield f"{scheme}://{host.upper()}/{path}"
    yield f"{scheme}://{host}:{443 if scheme == 'https' else 80}/{path}"
    yield f"{whole}{joiner}utm_source=rss&utm_medium=feed"
    yield f"{whole}{joiner}fbclid=IwAR0abc"
    if host.startswith("www."):
        yield f"{scheme}://{host.removeprefix('www.')}/{path}"
    if "#" not in link:
        yield f"{link}#comments"
    if whole == link and "?" not in link:
        yield link.rstrip("/") if link.endswith("/") else f"{link}/"
        yield f"{link.rstrip('/')}/amp"


if __name__ == "__main__":
    print(*robots(), *addresses(), sep="\n")
