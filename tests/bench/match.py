"""How much CPU matching takes: tokenising, triggering, verifying and spans, at 10 to 100,000 rules.

    python -m tests.bench.match [--quick] [--others]

Twenty thousand made-up articles of 330 words in six languages; --quick takes a tenth of them and of the rules.
--others runs google-re2 sets, ahocorasick_rs, Hyperscan (where they are installed) and FTS5 on the same load.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from monitor.model import Article, Form, Outlet
from monitor.query import Compiled, Index, Scope, compile_query, document
from tests.bench.generated import World
from tests.bench.others import OTHERS

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SIZES = (10, 1_000, 10_000, 100_000)
TARGETS = {10: 0.5, 1_000: 0.5, 10_000: 0.65, 100_000: 1.0}
TOPICS = 40_000
PER_ARTICLE = 12.0
HOT = 0.12

Load = list[tuple[Article, Outlet]]


def main() -> None:
    """Run the bench and print its table."""
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    options.add_argument("--others", action="store_true")
    asked = options.parse_args()
    share = 10 if asked.quick else 1
    world = World(TOPICS)
    articles = [world.article(PER_ARTICLE, HOT) for _ in range(20_000 // share)]
    queries = [world.rule(number) for number in range(SIZES[-1] // share)]
    say(f"{len(articles):,} articles of 330 words, {len(queries):,} rules")
    gc.collect()
    gc.freeze()
    rules = compiled(queries)
    for size in SIZES:
        if size <= len(rules):
            matched(rules[:size], articles)
    edited(rules)
    if asked.others:
        for name, run in OTHERS.items():
            say(f"{name}: {run(queries, articles)}")
    named(2_000 // share)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def cpu(run: Callable[[], object]) -> float:
    """The CPU seconds that something takes."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def compiled(queries: list[str]) -> list[Compiled]:
    """Compile every rule and say what that cost."""
    scope, rules = Scope(), []
    before = memory()
    spent = cpu(lambda: rules.extend(compile_query(f"rule {n}", query, scope) for n, query in enumerate(queries)))
    indexing = cpu(lambda: Index.build(rules))
    grown = memory() - before
    say(f"compile {len(rules):,} rules: {spent:.2f} s, index {indexing:.2f} s, {grown:.0f} MB (5 s and 300 MB wanted)")
    return rules


def matched(rules: list[Compiled], articles: Load) -> None:
    """Match every article and say what one costs."""
    index = Index.build(rules)
    hits = 0

    def run() -> None:
        nonlocal hits
        for article, outlet in articles:
            hits += len(index.match(document(article, outlet), NOW))

    spent = cpu(run)
    each, found = spent / len(articles) * 1_000, hits / len(articles)
    say(f"{len(rules):>7,} rules: {each:.3f} ms an article ({TARGETS[len(rules)]} wanted), {found:.2f} hits an article")


def edited(rules: list[Compiled]) -> None:
    """Change one rule in the middle and say what that cost."""
    index = Index.build(rules)
    times = []
    for number in range(20):
        place = number * len(rules) // 20
        begun = time.process_time()
        rules[place] = compile_query(rules[place].name, f"{rules[place].text}  ", Scope())
        index = Index.build(rules, index)
        times.append((time.process_time() - begun) * 1_000)
    say(f"edit one of {len(rules):,} rules: {sorted(times)[10]:.1f} ms, at most {max(times):.1f} (10 wanted)")


def named(count: int) -> None:
    """Compile rules of name() with 50 forms each and say what that cost."""
    endings = [a + b for a in ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах") for b in ("", "в", "н", "к", "л")]

    def forms(name: str) -> Iterable[Form]:
        return tuple(Form(name + ending, "", "bench", 0.9, capital=True) for ending in endings)

    scope = Scope(names=lambda name: tuple(forms(name)))
    spent = cpu(lambda: [compile_query(f"n{n}", f"name(Фамилия{n})", scope) for n in range(count)])
    say(f"compile {count:,} rules of name() with {len(endings)} forms, forms at hand: {spent:.2f} s (2 s wanted)")


def memory() -> float:
    """The most memory used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
