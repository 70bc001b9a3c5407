"""Print the spellings that `monitor names suggest` proposes, with the commands that accept and refuse each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from monitor.text import clean, counted, when

if TYPE_CHECKING:
    from monitor.reports.name_suggestions import NameSuggestions, SuggestedSpelling

NO_NAMES = "no active rule looks for a name(...): give one, as in: monitor names suggest Peskov"
NO_ARTICLES = (
    "no stored article has a name that is looked for; a longer --since, or a monitor that has run a while, helps"
)


def show_suggestions(reports: Iterable[NameSuggestions]) -> None:
    """Print each spelling as soon as its name is done, and at the end what was read."""
    names = read = with_name = spellings = 0
    for report in reports:
        names += 1
        read += report.read
        with_name += report.with_name
        spellings += len(report.spellings)
        for one in report.spellings:
            print("\n".join(map(clean, _lines(report.name, one))), end="\n\n", flush=True)
    if not names:
        print(NO_NAMES)
    elif not with_name:
        print(NO_ARTICLES)
    else:
        done = f"{counted(spellings, 'spelling')} proposed for {counted(names, 'name')}"
        print(f"{done}; {counted(read, 'article')} read, {with_name:,} of them with the name; nothing was added")


def _lines(name: str, one: SuggestedSpelling) -> list[str]:
    languages = ", ".join(one.languages) or "unknown language"
    shown = f"{counted(one.articles, 'article')} of {counted(one.outlets, 'outlet')}: {', '.join(one.reasons)}"
    known = [f"  counts already in articles in {', '.join(one.counts_in)}"] if one.counts_in else []
    also = [f"  also finds: {', '.join(one.also_finds)}"] if one.also_finds else []
    return [
        f"{name}: {one.spelling} ({languages}, {one.confidence:.2f})",
        f"  {shown}",
        f"  {when(one.seen)}  {one.outlet}: {one.sentence}",
        *known,
        *also,
        f"  accept: {one.accept}",
        f"  refuse: {one.refuse}",
    ]
