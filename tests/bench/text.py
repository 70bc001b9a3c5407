"""How well and how fast the text of an article is found in its page: `python -m tests.bench.text`.

Our own pages always, and the 181 real ones where `MONITOR_TEST_DATA` names them: word F1 against the text that people
marked, how many pages fall below .5, CPU milliseconds a page, and a line for each language with trafilatura's own F1
beside it. The page worker's import is a line of its own.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from trafilatura import extract

from monitor.articles import full_text
from monitor.articles.language import detect
from tests.articles.news_pages import news_pages
from tests.articles.pages import f1, pages


def main() -> None:
    """Print a line for each set."""
    begun = time.process_time()
    full_text("<html><body><p>once</p></body></html>")
    sys.stdout.write(f"first page, with the imports  {time.process_time() - begun:.2f} CPU s\n")
    score("our own", ((html, text) for _, html, text in pages()))
    score("layouts", ((page.html, page.text) for page in news_pages()))
    if folder := os.environ.get("MONITOR_TEST_DATA"):
        score("real", real(Path(folder) / "pages" / "article-extraction-benchmark"))


def real(folder: Path) -> Iterable[tuple[str, str]]:
    """Each real page with its text."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, wanted in truth.items():
        raw = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield raw.decode("utf-8", "replace"), wanted["articleBody"]


def score(name: str, cases: Iterable[tuple[str, str]]) -> None:
    """Print how one set fares."""
    rows = list(cases)
    begun = time.process_time()
    scores = [f1(full_text(html), text) for html, text in rows]
    each = (time.process_time() - begun) / len(rows) * 1000
    low = sum(one < 0.5 for one in scores)
    sys.stdout.write(
        f"{name:<8} {len(rows):>4} pages  F1 {statistics.mean(scores):.3f}  below .5: {low}  {each:.0f} ms\n"
    )
    by_language = defaultdict(list)
    for (html, text), one in zip(rows, scores, strict=True):
        default = f1(extract(html, include_comments=False) or "", text)
        by_language[detect(text[:3000]) or "?"].append((one, default))
    for language, pairs in sorted(by_language.items()):
        ours, default = (statistics.mean(column) for column in zip(*pairs, strict=True))
        sys.stdout.write(
            f"      {language}  {len(pairs):>4} pages  F1 {ours:.3f}  trafilatura's default {default:.3f}\n"
        )


if __name__ == "__main__":
    main()
