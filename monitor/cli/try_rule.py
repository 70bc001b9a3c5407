"""`monitor try`: what a rule would have matched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.query_argument import Query, RuleName
from monitor.cli.since_option import Since

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monitor.cli.query_argument import QueryArgument
    from monitor.cli.since_option import Span
    from monitor.query import Compiled
    from monitor.steps.past_matches import ArchiveExtent, CountedMatch, PastMatch
    from monitor.store import Store

app = typer.Typer(add_completion=False)


@dataclass(slots=True)
class Trial:
    """What came of trying a rule: the past there was, what it finds, and what the rule before it found.

    `texts` holds those that are shown, by id: a rule may find a hundred thousand.
    """

    asked: QueryArgument
    extent: ArchiveExtent
    span: tuple[datetime, datetime]
    hits: list[CountedMatch]
    before: list[CountedMatch] | None = None
    candidates: int = 0
    judged: int = 0
    texts: dict[int, PastMatch] = field(default_factory=dict)

    def shown(self, hits: list[CountedMatch], limit: int) -> list[PastMatch]:
        """The newest of these hits with their words."""
        return [self.texts[hit.id] for hit in hits[:limit] if hit.id in self.texts]

    @property
    def gained(self) -> list[CountedMatch]:
        """What the rule finds that the one before it did not."""
        return _without(self.hits, self.before or [])

    @property
    def lost(self) -> list[CountedMatch]:
        """What the rule before it found that this one does not."""
        return _without(self.before or [], self.hits)


def _without(hits: list[CountedMatch], others: list[CountedMatch]) -> list[CountedMatch]:
    known = {hit.id for hit in others}
    return [hit for hit in hits if hit.id not in known]


@app.command("try")
def trying(
    query: Query = "",
    rule: RuleName = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    since: Since = "30d",
    limit: Annotated[int, typer.Option(min=0, help="So many of the newest matches are shown.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Show what a rule would have matched, per day, and the mails a day that it makes.

    QUERY and --rule NAME together show what the query would gain and lose against that rule.
    """
    from monitor.cli.query_argument import read, rule_text, understood
    from monitor.cli.since_option import span_of
    from monitor.cli.try_output import print_json, print_trial
    from monitor.run.startup import utc_now
    from monitor.store import Store

    if not query and not rule:
        raise typer.BadParameter("give a query, - for standard input, or --rule NAME")
    world = read(config, data)
    saved = rule_text(world, rule) if rule else ""
    asked = understood(query or saved, world)
    settings = world.settings
    with Store.open(settings.database_url(), read_only=True) as store:
        earlier = saved if query else _last_good(store, rule, data, asked.text)
        span = span_of(since, utc_now(), settings.timezone)
        trial = try_on(store, asked, _compiled(earlier, asked), span, limit)
    (print_json if as_json else print_trial)(trial, limit)


def _last_good(store: Store, rule: str, data: Path, text: str) -> str:
    """The text of a rule as it was last in force, where the files say something else now."""
    from tempfile import TemporaryDirectory

    from monitor.config import load
    from monitor.store import config_files

    with store.reading() as conn:
        kept = config_files.load(conn)
    if not rule or not kept or any(text in content for content in kept.values()):
        return ""
    with TemporaryDirectory() as folder:
        known = load(_folder(folder), data=data, fallback=kept).config
    return known.rules[rule].query.strip("\n") if known and rule in known.rules else ""


def _folder(name: str) -> Path:
    from pathlib import Path

    return Path(name)


def _compiled(text: str, asked: QueryArgument) -> Compiled | None:
    from monitor.query import check

    return check(text, asked.config.scope)[0] if text and text != asked.text else None


def try_on(store: Store, asked: QueryArgument, earlier: Compiled | None, span: Span, limit: int) -> Trial:
    """Judge the past by a rule, and by the one before it; Ctrl-C ends it with what is known by then.

    The newest `limit` of what is found, gained and lost are brought with their words.
    """
    from monitor.run.startup import utc_now
    from monitor.steps.past_matches import candidates, extent

    now = utc_now()
    with store.reading() as conn:
        told = extent(conn, span)
    begin = max(span[0] or told.first, told.first) if told.first else now
    trial = Trial(asked, told, (begin, max(begin, min(span[1] or now, now))), [], [] if earlier else None)
    rules = [rule for rule in (asked.compiled, earlier) if rule]
    ids = candidates(store, rules, span)
    trial.candidates = len(ids)
    with suppress(KeyboardInterrupt):
        for judged in _judged(store, trial, rules, ids):
            trial.judged += 1
            for hit, found in zip(judged, (trial.hits, trial.before), strict=False):
                if hit is not None and found is not None:
                    found.append(hit)
    _bring(store, trial, asked.compiled, [*trial.hits[:limit], *trial.gained[:limit]])
    if earlier:
        _bring(store, trial, earlier, trial.lost[:limit])
    return trial


def _bring(store: Store, trial: Trial, rule: Compiled, hits: Sequence[CountedMatch]) -> None:
    from monitor.run.startup import utc_now
    from monitor.steps.past_matches import found

    ids = list(dict.fromkeys(hit.id for hit in hits))
    trial.texts.update((one.stored.id, one) for one in found(store, trial.asked.config, rule, ids, utc_now()))


def _judged(store: Store, trial: Trial, rules: Sequence[Compiled], ids: Sequence[int]) -> Iterator[Any]:
    from monitor.cli.article_output import ticking
    from monitor.run.startup import utc_now
    from monitor.steps.parallel_match import match_in_parallel

    if sys.stderr.isatty():
        print(f"{len(ids):,} candidates; Ctrl-C stops and shows what is known", file=sys.stderr)
    return ticking(match_in_parallel(store, trial.asked.config, rules, ids, utc_now()), len(ids))
