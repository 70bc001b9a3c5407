"""How long it takes to try a rule on the past: 100,000 stored articles on SQLite, one rule at a time.

    python -m tests.bench.past [--articles 100000] [--profile]

For each rule: CPU seconds to find its candidates in the index and to confirm them, and whether what came out is what
the live matcher says of every stored article. Wanted: at most 1 s up to 2,000 candidates, else .4 ms a candidate.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from monitor.config import Config, load
from monitor.model import Article
from monitor.query import Compiled, RuleIndex, compile_query, document
from monitor.steps.index_articles import words
from monitor.steps.past_matches import candidates, judged, outlet_of
from monitor.store import Store, article_queries
from tests.bench.generated import World
from tests.bench.yardstick import Yardstick
from tests.store.make import index_pending, show

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BATCH = 500
FEW, AT_MOST, EACH = 2_000, 1.0, 0.4


def main() -> None:
    """Store the articles, then try every rule."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--profile", action="store_true")
    asked = options.parse_args()
    world = World(2_000)
    with tempfile.TemporaryDirectory() as home:
        config = configuration(world, Path(home))
        with Store.open(Path(home) / "monitor.db", daemon=True) as store:
            fill(store, world, asked.articles)
            rules = [compile_query(name, query, config.scope) for name, query in queries(world).items()]
            live = judged_live(store, config, rules)
            agree = [tried(store, config, rule, live[rule.name], profile=asked.profile) for rule in rules]
    sys.exit(not all(agree))


def configuration(world: World, home: Path) -> Config:
    """The made-up outlets as a configuration."""
    folder = home / "config"
    folder.mkdir()
    lines = [
        f"  - {{name: {one.name}, feed: 'https://{one.name}.test/rss', language: {one.language}}}\n"
        for one in world.outlets
    ]
    (folder / "outlets.yaml").write_text("outlets:\n" + "".join(lines), encoding="utf-8")
    loaded = load(folder, data=home)
    assert loaded.config is not None, loaded.problems
    return loaded.config


def queries(world: World) -> dict[str, str]:
    """Rules that have few candidates and many: of one topic, of several, of words that many articles hold."""
    topics = world.of_language["ru"]
    russian = world.words["ru"]
    return {
        "a phrase": f'"{" ".join(topics[0].words[:2])}"',
        "NEAR": f"{topics[1].words[0]} NEAR/10 {topics[1].words[3]}",
        "six names": " OR ".join(topic.words[0] for topic in topics[2:8]),
        "AND NOT": f"{russian[40]} AND {topics[9].words[0]} AND NOT {topics[9].words[1]}",
        "a frequent word": f"{russian[20]} AND lang:ru",
    }


def fill(store: Store, world: World, count: int) -> None:
    """Store and index so many articles, a minute apart."""
    for start in range(0, count, BATCH):
        batch = [made(world, number) for number in range(start, min(start + BATCH, count))]
        with store.begin() as conn:
            show(conn, 1, batch, NOW - timedelta(minutes=count - start))
            index_pending(conn, BATCH, words)


def made(world: World, number: int) -> Article:
    """An article with an address and keys of its own."""
    article, _ = world.article(6.0, 0.1)
    key = blake2b(str(number).encode(), digest_size=16).digest()
    url = f"https://{article.outlet}.test/{number}"
    return article._replace(url=url, keys=(key,), story_keys=(key,), digest=key, tags=("news",), published=NOW)


def judged_live(store: Store, config: Config, rules: list[Compiled]) -> dict[str, set[int]]:
    """The articles that the live matcher gives each rule, of all that are stored."""
    index, found = RuleIndex.build(rules), {rule.name: set[int]() for rule in rules}
    for stored in everything(store):
        for match in index.match(document(stored.article, outlet_of(config, stored.article)), NOW):
            found[match.rule].add(stored.id)
    return found


def everything(store: Store) -> Iterator[article_queries.StoredArticle]:
    """Every stored article, page by page."""
    after: tuple[datetime, int] | None = None
    while True:
        with store.reading() as conn:
            page = article_queries.between(conn, after=after, limit=BATCH)
        yield from page
        if len(page) < BATCH:
            return
        after = page[-1].seen, page[-1].id


def tried(store: Store, config: Config, rule: Compiled, live: set[int], *, profile: bool) -> bool:
    """Try one rule, say what it cost, and whether it agrees with the live matcher."""
    stick, ids, hits = Yardstick(), list[int](), set[int]()
    finding = stick.cpu(lambda: ids.extend(candidates(store, [rule])))

    def confirm() -> None:
        hits.update(one.id for (one,) in judged(store, config, [rule], ids, NOW) if one is not None)

    with cProfile.Profile() if profile else tempfile.SpooledTemporaryFile() as profiler:
        confirming = stick.cpu(confirm)
    spent, each = finding + confirming, confirming / max(len(ids), 1) * 1_000
    wanted = f"{AT_MOST:.0f} s" if len(ids) <= FEW else f"{EACH} ms each"
    print(
        f"{rule.name:16} {len(ids):>6,} candidates, {len(hits):>6,} match; found in {finding:.3f} s, "
        f"all in {stick.note(spent)}, {stick.note(each, 'ms', 3)} a candidate ({wanted} wanted); "
        f"{'agrees with the live matcher' if hits == live else f'DISAGREES on {sorted(hits ^ live)[:10]}'}",
        flush=True,
    )
    if isinstance(profiler, cProfile.Profile):
        pstats.Stats(profiler).sort_stats("tottime").print_stats(15)
    return hits == live


if __name__ == "__main__":
    main()
