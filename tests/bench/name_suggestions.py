"""How well spellings of watched names are proposed from stored articles, over tests/data/names/suggestions.yaml.

    python -m tests.bench.name_suggestions [--misses]

All stories stand in one database, with the names of the shipped `names.yaml`, so that the people of each are traps for
all others. Spellings that the forms find already are left out of the count; a proposal is right if it is one that the
set lists for that name, or was found beside one as its case form.

- recall: listed spellings that are proposed, alone or as a case form of a proposed one.
- precision of the first: names whose first proposal is right, over the names with any.
- precision: right proposals over all.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from monitor.model import Article, Feed
from monitor.reports.name_suggestions import NameSuggestions, suggest_spellings
from monitor.run.config_folder import read_config
from monitor.steps.index_articles import words
from monitor.store import Store, feeds
from monitor.text import canonical
from tests.store.make import article, index_pending, show

SET = Path(__file__).parents[1] / "data" / "names" / "suggestions.yaml"
SHIPPED = Path(__file__).parents[2] / "config" / "names.yaml"
FIRST_DAY = datetime(2026, 9, 1, 6, tzinfo=UTC)


@dataclass
class Outcome:
    """What was proposed rightly and wrongly, and what was missed, each as `name: spelling`."""

    wanted: int = 0
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    first_right: int = 0
    first_wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / max(self.wanted, 1)

    @property
    def precision(self) -> float:
        return len(self.right) / max(len(self.right) + len(self.wrong), 1)

    @property
    def precision_of_first(self) -> float:
        return self.first_right / max(self.first_right + len(self.first_wrong), 1)


def stories() -> list[dict[str, Any]]:
    """The stories of the set, in order."""
    found: list[dict[str, Any]] = yaml.safe_load(SET.read_text(encoding="utf-8"))
    return found


def stored_articles() -> list[Article]:
    """Every article of the set; the stories are three days apart, so that only their own articles tell an event."""
    made = []
    for number, story in enumerate(stories()):
        for place, (language, outlet, hour, text, *_) in enumerate(story["articles"]):
            title, _, body = text.partition(" | ")
            seen = FIRST_DAY + timedelta(days=3 * number, hours=hour)
            made.append(
                article(f"{number}-{place}", title=title, body=body, outlet=outlet, language=language, seen=seen)
            )
    return made


def fill(store: Store) -> None:
    """Store and index all articles of the set."""
    outlets = sorted({one.outlet for one in stored_articles()})
    with store.begin() as conn:
        made = [Feed(f"https://{outlet}.example.org/rss", outlet) for outlet in outlets]
        feeds.sync(conn, made, FIRST_DAY, "start")
        for one in stored_articles():
            show(conn, outlets.index(one.outlet) + 1, [one], one.seen or FIRST_DAY)
        index_pending(conn, len(stored_articles()), words)


def write_config(folder: Path) -> None:
    """Write a configuration that watches every name of the set, with the shipped names."""
    folder.mkdir(exist_ok=True)
    names = dict.fromkeys(name for story in stories() for name in story["watch"])
    rules = [{"name": name, "to": ["ann@readers.test"], "query": f'name("{name}")\n'} for name in names]
    (folder / "rules.yaml").write_text(yaml.safe_dump({"rules": rules}, allow_unicode=True), encoding="utf-8")
    (folder / "names.yaml").write_bytes(SHIPPED.read_bytes())
    (folder / "monitor.yaml").write_text("timezone: UTC\nmail: {from: News <monitor@desk.test>}\n", encoding="utf-8")
    outlets = [{"name": "wire", "feed": "https://wire.example.org/rss"}]
    (folder / "outlets.yaml").write_text(yaml.safe_dump({"outlets": outlets}), encoding="utf-8")


def outcome(folder: Path) -> Outcome:
    """Store the set, ask for suggestions of every name, and compare them with the answers."""
    write_config(folder / "config")
    config = read_config(folder / "config", folder / "data").require_config()
    wanted: dict[str, dict[str, str]] = {}
    for story in stories():
        for language, name, spelling in _answers(story):
            forms = [form for form in config.scope.names(name) if form.language in ("", "ru", "uk", language)]
            known = {word for form in forms for word in canonical(form.text).split()}
            if canonical(spelling) not in known:
                wanted.setdefault(name, {})[canonical(spelling)] = spelling
    with Store.open(str(folder / "monitor.db")) as store:
        fill(store)
        names = [name for story in stories() for name in story["watch"]]
        reported = list(suggest_spellings(store, config, names, (None, None), datetime(2027, 3, 1, tzinfo=UTC)))
    result = Outcome(wanted=sum(map(len, wanted.values())))
    for report in reported:
        _judge(result, report, wanted.get(report.name, {}))
    return result


def _answers(story: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The language of each article, the name, and the spelling that ought to be proposed."""
    return [
        (language, name, spelling)
        for language, _, _, _, *answers in story["articles"]
        for by_name in answers
        for name, spellings in by_name.items()
        for spelling in spellings
    ]


def _judge(result: Outcome, report: NameSuggestions, wanted: dict[str, str]) -> None:
    met: set[str] = set()
    for rank, one in enumerate(report.spellings):
        texts = {canonical(text).split()[-1] for text in (one.spelling, *one.also_finds)}
        met |= texts
        is_right = bool(texts & wanted.keys())
        (result.right if is_right else result.wrong).append(f"{report.name}: {one.spelling} ({one.confidence})")
        if rank == 0:
            result.first_right += is_right
            result.first_wrong += [] if is_right else [f"{report.name}: {one.spelling}"]
    result.missed += [f"{report.name}: {text}" for word, text in wanted.items() if word not in met]


def main() -> None:
    """Print recall and precision, and with --misses what was missed or wrong."""
    with TemporaryDirectory() as folder:
        found = outcome(Path(folder))
    print(f"{found.wanted} spellings wanted: recall {found.recall:.3f}, precision {found.precision:.3f}, ", end="")
    print(f"of the first proposal {found.precision_of_first:.3f}")
    if "--misses" in sys.argv:
        print(*(f"missed {text}" for text in found.missed), *(f"wrong {text}" for text in found.wrong), sep="\n")


if __name__ == "__main__":
    main()
