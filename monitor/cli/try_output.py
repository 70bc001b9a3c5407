"""Print a tried rule: the size of the archive, a chart of matches, their outlets and languages, the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from monitor.text import counted, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.trial import Trial
    from monitor.steps.past_matches import CountedMatch

_MAX_NAMED = 8
_MANY_A_DAY = 20


def print_trial(trial: Trial, limit: int) -> None:
    """Print the result of trying a rule, with the newest `limit` matches."""
    from monitor.cli.article_output import show_hits

    for line in archive_lines(trial):
        print(line)
    if trial.extent.first is None:
        return
    if trial.hits:
        for line in match_lines(trial):
            print(line)
    print("\n".join(mail_lines(trial)))
    if limit and trial.hits:
        print(f"\nthe newest {min(limit, len(trial.hits))}:" if len(trial.hits) > limit else "")
        show_hits(trial.newest(trial.hits, limit))
    if trial.before is not None:
        _print_difference(trial, limit)


def archive_lines(trial: Trial) -> list[str]:
    """Return how much there was in the archive to try the rule on."""
    archive = trial.extent
    if archive.first is None:
        return ["there is no past yet: nothing is stored (monitor run)"]
    articles, outlets = counted(archive.articles, "article"), counted(archive.outlets, "outlet")
    lines = [f"the past begins {when(archive.first)}; in this span: {articles} of {outlets}"]
    if trial.judged < trial.candidates:
        lines.append(f"stopped: the newest {trial.judged:,} of {trial.candidates:,} candidates were judged")
    return lines


def match_lines(trial: Trial) -> list[str]:
    """Return the matches of each day, and their outlets and languages."""
    from monitor.steps.backtest import chart, per_day, tally

    zone = ZoneInfo(trial.argument.config.settings.timezone)
    made_and_ended = [hit.when for hit in trial.hits]
    bars = per_day(made_and_ended, trial.span, zone)
    older = sum(moment < trial.span[0] for moment in made_and_ended)
    matches, unit = counted(len(trial.hits), "match", "matches"), "day" if all(b.days == 1 for b in bars) else "week"
    lines = ["", f"{matches}, a {unit} a line, days of {zone.key}:"]
    lines += chart(bars)
    if older:
        lines.append(f"and {older:,} that came out before (the first poll of a feed brings older ones)")
    lines += ["", f"outlets    {_largest(tally(hit.outlet for hit in trial.hits))}"]
    return [
        *lines,
        f"languages  {_largest(tally(hit.language or 'unknown' for hit in trial.hits))}",
        *_silent_language_lines(trial),
    ]


def _largest(counts: Sequence[tuple[str, int]]) -> str:
    more = f" and {len(counts) - _MAX_NAMED} more" if len(counts) > _MAX_NAMED else ""
    return ", ".join(f"{name} {count:,}" for name, count in counts[:_MAX_NAMED]) + more


def _silent_language_lines(trial: Trial) -> list[str]:
    """Return the watched languages without a match, and what helps."""
    from monitor.steps.backtest import languages_without_match

    config = trial.argument.config
    watched = {outlet.language.partition("-")[0].lower() for outlet in config.outlets.values()}
    missing = languages_without_match(watched, {hit.language for hit in trial.hits})
    if not missing or not trial.extent.articles:
        return []
    hint = "" if "name(" in trial.argument.text else "; name(…) finds a name in every script and language"
    return [f"no hit in  {', '.join(missing)}{hint}"]


def mail_lines(trial: Trial) -> list[str]:
    """Return how many mails a day the rule makes, with a warning where that is too many to read."""
    from monitor.steps.backtest import rate_text

    if trial.judged < trial.candidates:
        return [] if trial.hits else ["nothing matched so far"]
    lines = [] if trial.hits else ["", "nothing matched", *_silent_language_lines(trial)]
    mails = mails_of(trial)
    lines.append(f"mails      {rate_text(mails)}")
    if mails is not None and mails > _MANY_A_DAY:
        lines.append("           that is a lot: AND another word, title:(…) or group:… makes it choose")
    return lines


def mails_of(trial: Trial) -> float | None:
    """Return the expected number of mails a day, or None for an archive of less than an hour."""
    from monitor.steps.backtest import mails_per_day

    return mails_per_day([(hit.story_id, hit.when) for hit in trial.hits], trial.span)


def _print_difference(trial: Trial, limit: int) -> None:
    from monitor.cli.article_output import show_hits

    print(f"\nagainst the rule as it was: {len(trial.gained):,} gained, {len(trial.lost):,} lost")
    for label, hits in (("gained", trial.gained), ("lost", trial.lost)):
        if hits and limit:
            print(f"{label}:")
            show_hits(trial.newest(hits, limit))


def print_trial_json(trial: Trial, limit: int) -> None:
    """Print the result as JSON, with the newest `limit` matches and their spans."""
    from monitor.cli.article_output import as_record
    from monitor.cli.output import print_json
    from monitor.steps.backtest import per_day, tally

    bars = per_day([hit.when for hit in trial.hits], trial.span, ZoneInfo(trial.argument.config.settings.timezone))
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
        "newest": [as_record(hit) for hit in trial.newest(trial.hits, limit)],
    }
    if trial.before is not None:
        body |= {"gained": _ids(trial.gained), "lost": _ids(trial.lost)}
    print_json(body)


def _ids(hits: Sequence[CountedMatch]) -> list[int]:
    return [hit.id for hit in hits]
