"""Print a tried rule: the size of the archive, a chart of matches, their outlets and languages, the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.article_output import show_hits
from monitor.reports.trial import ComparedTrialReport
from monitor.steps.backtest import chart, rate_text
from monitor.text import counted, when

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.reports.trial import TrialReport

_MAX_NAMED = 8
_MANY_A_DAY = 20


def print_trial(trial: TrialReport) -> None:
    """Print the result of trying a rule, with the newest matches."""
    for line in archive_lines(trial):
        print(line)
    if trial.past.first is None:
        return
    if trial.matches:
        for line in match_lines(trial):
            print(line)
    print("\n".join(mail_lines(trial)))
    if trial.newest:
        print(f"\nthe newest {len(trial.newest)}:" if trial.matches > len(trial.newest) else "")
        show_hits(trial.newest)
    if isinstance(trial, ComparedTrialReport):
        _print_difference(trial)


def archive_lines(trial: TrialReport) -> list[str]:
    """Return how much there was in the archive to try the rule on."""
    past = trial.past
    if past.first is None:
        return ["there is no past yet: nothing is stored (monitor run)"]
    articles, outlets = counted(past.articles, "article"), counted(past.outlets, "outlet")
    lines = [f"the past begins {when(past.first)}; in this span: {articles} of {outlets}"]
    if trial.judged < trial.candidates:
        lines.append(f"stopped: the newest {trial.judged:,} of {trial.candidates:,} candidates were judged")
    return lines


def match_lines(trial: TrialReport) -> list[str]:
    """Return the matches of each day, and their outlets and languages."""
    matches, unit = (
        counted(trial.matches, "match", "matches"),
        "day" if all(b.days == 1 for b in trial.days) else "week",
    )
    lines = ["", f"{matches}, a {unit} a line, days of {trial.timezone}:", *chart(trial.days)]
    if trial.older:
        lines.append(f"and {trial.older:,} that came out before (the first poll of a feed brings older ones)")
    languages = {language or "unknown": count for language, count in trial.languages.items()}
    lines += ["", f"outlets    {_largest(trial.outlets)}", f"languages  {_largest(languages)}"]
    return [*lines, *_silent_language_lines(trial)]


def _largest(counts: Mapping[str, int]) -> str:
    more = f" and {len(counts) - _MAX_NAMED} more" if len(counts) > _MAX_NAMED else ""
    return ", ".join(f"{name} {count:,}" for name, count in list(counts.items())[:_MAX_NAMED]) + more


def _silent_language_lines(trial: TrialReport) -> list[str]:
    """Return the watched languages without a match, and what helps."""
    if not trial.silent_languages:
        return []
    hint = "" if "name(" in trial.query else "; name(…) finds a name in every script and language"
    return [f"no hit in  {', '.join(trial.silent_languages)}{hint}"]


def mail_lines(trial: TrialReport) -> list[str]:
    """Return how many mails a day the rule makes, with a warning where that is too many to read."""
    if trial.judged < trial.candidates:
        return [] if trial.matches else ["nothing matched so far"]
    lines = [] if trial.matches else ["", "nothing matched", *_silent_language_lines(trial)]
    lines.append(f"mails      {rate_text(trial.mails_a_day)}")
    if trial.mails_a_day is not None and trial.mails_a_day > _MANY_A_DAY:
        lines.append("           that is a lot: AND another word, title:(…) or group:… makes it choose")
    return lines


def _print_difference(trial: ComparedTrialReport) -> None:
    print(f"\nagainst the rule as it was: {len(trial.gained):,} gained, {len(trial.lost):,} lost")
    for label, hits in (("gained", trial.newest_gained), ("lost", trial.newest_lost)):
        if hits:
            print(f"{label}:")
            show_hits(hits)
