"""A tried rule on the terminal: how much past there was, the chart, where and in what languages, the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from monitor.cli.output import when
from monitor.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.try_rule import Trial
    from monitor.steps.past_matches import CountedMatch

_NAMED = 8
_MANY = 20


def print_trial(trial: Trial, limit: int) -> None:
    """Print what came of trying a rule, the newest `limit` matches with it."""
    from monitor.cli.article_output import show_hits

    for line in past_lines(trial):
        print(line)
    if trial.extent.first is None:
        return
    if trial.hits:
        for line in match_lines(trial):
            print(line)
    print("\n".join(mail_lines(trial)))
    if limit and trial.hits:
        print(f"\nthe newest {min(limit, len(trial.hits))}:" if len(trial.hits) > limit else "")
        show_hits(trial.shown(trial.hits, limit))
    if trial.before is not None:
        _print_difference(trial, limit)


def past_lines(trial: Trial) -> list[str]:
    """How much past there was to try the rule on."""
    told = trial.extent
    if told.first is None:
        return ["there is no past yet: nothing is stored (monitor run)"]
    articles, outlets = counted(told.articles, "article"), counted(told.outlets, "outlet")
    lines = [f"the past begins {when(told.first)}; in this span: {articles} of {outlets}"]
    if trial.judged < trial.candidates:
        lines.append(f"stopped: the newest {trial.judged:,} of {trial.candidates:,} candidates were judged")
    return lines


def match_lines(trial: Trial) -> list[str]:
    """The matches day by day, and the outlets and languages that they come from."""
    from monitor.steps.backtest import chart, per_day, tally

    zone = ZoneInfo(trial.asked.config.settings.timezone)
    moments = [hit.when for hit in trial.hits]
    bars = per_day(moments, trial.span, zone)
    older = sum(moment < trial.span[0] for moment in moments)
    matches, unit = counted(len(trial.hits), "match", "matches"), "day" if all(b.days == 1 for b in bars) else "week"
    lines = ["", f"{matches}, a {unit} a line, days of {zone.key}:"]
    lines += chart(bars)
    if older:
        lines.append(f"and {older:,} that came out before (the first poll of a feed brings older ones)")
    lines += ["", f"outlets    {_named(tally(hit.outlet for hit in trial.hits))}"]
    return [*lines, f"languages  {_named(tally(hit.language or 'unknown' for hit in trial.hits))}", *_silence(trial)]


def _named(counts: Sequence[tuple[str, int]]) -> str:
    more = f" and {len(counts) - _NAMED} more" if len(counts) > _NAMED else ""
    return ", ".join(f"{name} {count:,}" for name, count in counts[:_NAMED]) + more


def _silence(trial: Trial) -> list[str]:
    """The watched languages without a hit, and what helps."""
    from monitor.steps.backtest import silent

    config = trial.asked.config
    watched = {outlet.language.partition("-")[0].lower() for outlet in config.outlets.values()}
    missing = silent(watched, {hit.language for hit in trial.hits})
    if not missing or not trial.extent.articles:
        return []
    hint = "" if "name(" in trial.asked.text else "; name(…) finds a name in every script and language"
    return [f"no hit in  {', '.join(missing)}{hint}"]


def mail_lines(trial: Trial) -> list[str]:
    """How many mails a day the rule makes, with a warning where nobody would read them."""
    from monitor.steps.backtest import rate

    if trial.judged < trial.candidates:
        return [] if trial.hits else ["nothing matched so far"]
    lines = [] if trial.hits else ["", "nothing matched", *_silence(trial)]
    mails = mails_of(trial)
    lines.append(f"mails      {rate(mails)}")
    if mails is not None and mails > _MANY:
        lines.append("           that is a lot: AND another word, title:(…) or group:… makes it choose")
    return lines


def mails_of(trial: Trial) -> float | None:
    """The mails a day that the past makes likely."""
    from monitor.steps.backtest import a_day

    return a_day([(hit.story_id, hit.when) for hit in trial.hits], trial.span)


def _print_difference(trial: Trial, limit: int) -> None:
    from monitor.cli.article_output import show_hits

    print(f"\nagainst the rule as it was: {len(trial.gained):,} gained, {len(trial.lost):,} lost")
    for word, hits in (("gained", trial.gained), ("lost", trial.lost)):
        if hits and limit:
            print(f"{word}:")
            show_hits(trial.shown(hits, limit))


def print_json(trial: Trial, limit: int) -> None:
    """Print all of it as JSON, the newest `limit` matches with their spans."""
    from monitor.cli.article_output import as_record
    from monitor.cli.output import as_json
    from monitor.steps.backtest import per_day, tally

    bars = per_day([hit.when for hit in trial.hits], trial.span, ZoneInfo(trial.asked.config.settings.timezone))
    body: dict[str, Any] = {
        "past": {
            "first": trial.extent.first,
            "since": trial.span[0],
            "until": trial.span[1],
            "articles": trial.extent.articles,
            "outlets": trial.extent.outlets,
        },
        "candidates": trial.candidates,
        "judged": trial.judged,
        "matches": len(trial.hits),
        "days": [{"day": bar.day.isoformat(), "days": bar.days, "count": bar.count} for bar in bars],
        "outlets": dict(tally(hit.outlet for hit in trial.hits)),
        "languages": dict(tally(hit.language for hit in trial.hits)),
        "mails_a_day": mails_of(trial),
        "newest": [as_record(hit) for hit in trial.shown(trial.hits, limit)],
    }
    if trial.before is not None:
        body |= {"gained": _ids(trial.gained), "lost": _ids(trial.lost)}
    as_json(body)


def _ids(hits: Sequence[CountedMatch]) -> list[int]:
    return [hit.id for hit in hits]
