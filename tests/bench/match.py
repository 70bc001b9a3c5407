"""How much CPU matching takes: tokenising, triggering, verifying and spans, at 10 to 100,000 rules.

    python -m tests.bench.match [--quick] [--others]

Twenty thousand made-up articles of 330 words in six languages; --quick takes a tenth of them and of the rules.
Figures are CPU. Compiling is told as at the speed of the machine that the targets are meant for, too (yardstick.py);
matching, which takes longer than a shared machine stays the same, as the mean and as the quickest of twenty parts.
--others runs google-re2 sets, ahocorasick_rs, Hyperscan (where they are installed) and FTS5 on the same load.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from monitor.config.form_lookup import FormLookup
from monitor.config.forms_cache import FormsCache
from monitor.config.paused_collection import paused_collection
from monitor.model import Article, Outlet
from monitor.query import Compiled, RuleIndex, Scope, compile_query, document
from monitor.run.startup import freeze_startup_objects
from tests.bench.generated import World
from tests.bench.others import OTHERS
from tests.bench.yardstick import Yardstick

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SIZES = (10, 1_000, 10_000, 100_000)
TARGETS = {10: 0.5, 1_000: 0.5, 10_000: 0.65, 100_000: 1.0}
TOPICS = 40_000
PER_ARTICLE = 12.0
HOT = 0.12
PARTS = 20

STICK = Yardstick()
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
    freeze_startup_objects()  # as the daemon does before it looks at its first article
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


def compiled(queries: list[str]) -> list[Compiled]:
    """Compile every rule and say what that cost."""
    scope, rules = Scope(), []
    before = memory()
    with paused_collection():
        spent = STICK.cpu(
            lambda: rules.extend(compile_query(f"rule {n}", query, scope) for n, query in enumerate(queries))
        )
        said = STICK.note(spent)
        indexing = STICK.cpu(lambda: RuleIndex.build(rules))
    grown = memory() - before
    say(f"compile {len(rules):,} rules: {said}, index {STICK.note(indexing)}, {grown:.0f} MB (5 s and 300 MB wanted)")
    return rules


def matched(rules: list[Compiled], articles: Load) -> None:
    """Match every article and say what one costs: over all, and in the part that was disturbed the least."""
    index = RuleIndex.build(rules)
    hits, times = 0, []
    size = len(articles) // PARTS
    for start in range(0, len(articles), size):
        begun = time.process_time()
        for article, outlet in articles[start : start + size]:
            hits += len(index.match(document(article, outlet), NOW))
        times.append((time.process_time() - begun) / size * 1_000)
    each, quickest = sum(times) / len(times), min(times)
    say(
        f"{len(rules):>7,} rules: {each:.3f} ms an article, {quickest:.3f} in the quickest of {PARTS} parts "
        f"({TARGETS[len(rules)]} wanted), {hits / len(articles):.2f} hits an article"
    )


def edited(rules: list[Compiled]) -> None:
    """Change one rule in the middle and say what that cost."""
    index = RuleIndex.build(rules)
    times = []
    for number in range(20):
        place = number * len(rules) // 20
        with paused_collection():
            begun = time.process_time()
            rules[place] = compile_query(rules[place].name, f"{rules[place].text}  ", Scope())
            index = RuleIndex.build(rules, index)
            times.append((time.process_time() - begun) * 1_000)
    say(f"edit one of {len(rules):,} rules: {sorted(times)[10]:.1f} ms, at most {max(times):.1f} (10 wanted)")


def named(count: int) -> None:
    """Compile rules of name() in the language data's own forms, found anew and read from the cache."""
    sounds = [f"{a}{b}" for a in ("Bal", "Dor", "Ker", "Lam", "Mir", "Pet", "Ras", "Tov") for b in ("a", "e", "i", "o")]
    ends = [
        f"{a}{b}" for a in ("v", "l", "n", "r", "d", "k", "m", "s") for b in ("enko", "ov", "ich", "son", "mann", "ski")
    ]
    names = [first + last for first in sounds for last in ends][:count]
    names += [f"{name}{number}" for number in range(9) for name in names][: count - len(names)]
    with tempfile.TemporaryDirectory() as home:
        for how, wanted in (("found anew", 20), ("from the cache", 2)):
            form_lookup = FormLookup(cache=FormsCache(Path(home)))
            scope = Scope(names=form_lookup.names)
            with paused_collection():
                spent = STICK.cpu(lambda scope=scope: [compile_query(name, f"name({name})", scope) for name in names])
            forms = sum(len(form_lookup.names(name)) for name in names) / len(names)
            say(
                f"compile {count:,} rules of name() with {forms:.0f} forms each, {how}: {STICK.note(spent)} "
                f"({wanted} s wanted)"
            )
            form_lookup.save()


def memory() -> float:
    """The most memory used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
