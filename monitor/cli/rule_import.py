"""Rules of another system on their way into the files: translated, checked against what is there, made into text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from monitor.cli.rule_csv import CsvRule
    from monitor.config import Config
    from monitor.config.append_entry import FileDraft
    from monitor.query.foreign import ForeignNames, Translation

NOTHING = '"nothing of the original could be kept"'
"""The query of a rule that has none of its own; the rule is not active."""


def known_of(config: Config) -> ForeignNames:
    """What a translation may name: outlets by name, title and the hosts of their feeds."""
    from monitor.query.foreign import ForeignNames

    outlets: dict[str, set[str]] = {}
    for outlet in config.outlets.values():
        hosts = ((urlsplit(feed.url).hostname or "").removeprefix("www.") for feed in outlet.feeds)
        for key in (outlet.name.casefold(), outlet.title.casefold(), *hosts):
            outlets.setdefault(key, set()).add(outlet.name)
    found = {key: tuple(sorted(names)) for key, names in outlets.items() if key}
    return ForeignNames(config.scope, found, config.home("outlets"))


def taken(config: Config, name: str) -> str:
    """Where a rule or list of this name stands already, whatever its capitals, or an empty string."""
    for reading in config.memo.parsed_files.values():
        for section in ("rules", "lists"):
            for loc, entry in reading.entries(section):
                if str(loc[-1] if section == "lists" else entry.name).casefold() == name.casefold():
                    return f"{reading.path}:{reading.line(loc)}"
    return ""


def stranger(config: Config, word: str) -> str:
    """What is wrong with a recipient, or an empty string."""
    from monitor.config.addresses import parse_address
    from monitor.config.cross_checks import REPLACE, is_sample
    from monitor.config.values import list_meant, nearest, quoted, reason

    if list_meant(word):
        return f"{quoted(word)} are several: give each by itself"
    if "@" in word:
        try:
            parse_address(word)
        except ValueError as error:
            return reason(error)
        return f"{REPLACE} {word}" if config.settings.channel == "email" and is_sample(word) else ""
    names = [*(person.name for person in config.people.values()), *config.teams]
    if word.casefold() in {name.casefold() for name in names}:
        return ""
    hint = nearest(word, names) or f"a name of {config.home('people')}, a team or a mail address"
    return f"nobody is called {quoted(word)} ({hint})"


def wrong_rows(config: Config, rows: Sequence[CsvRule], to: Sequence[str]) -> Iterator[str]:
    """What is wrong with the rows, each with its line; a name that is taken is not."""
    from monitor.config.values import LONGEST_NAME

    seen: dict[str, int] = {}
    for row in rows:
        if not row.name or len(row.name) > LONGEST_NAME or not row.name.isprintable():
            yield f"line {row.line}: a name of 1 to {LONGEST_NAME} printable characters is expected"
        elif (first := seen.setdefault(row.name.casefold(), row.line)) != row.line:
            yield f"line {row.line}: the name “{row.name}” is in line {first} already"
        if not row.query:
            yield f"line {row.line}: there is no query"
        if not (row.recipients or to):
            yield f"line {row.line}: nobody is told (write a recipient, or --to WHO for all such rows)"
        for word in row.recipients:
            if trouble := stranger(config, word):
                yield f"line {row.line}: {trouble}"


def draft_of(row: CsvRule, dialect: str, made: Translation, to: Sequence[str]) -> FileDraft:
    """The rule that a row becomes, its original and what was not kept in the comment."""
    from monitor.config.append_entry import FileDraft

    original = row.query.splitlines()
    remarks = [
        f"{'NOT KEPT' if remark.severity == 'error' else 'note'}: column {remark.column}: {remark.message}"
        for remark in made.diagnostics
        if remark.severity != "hint"
    ]
    comment = (f"{dialect}: {original[0]}", *(f"  {line}" for line in original[1:]), *remarks)
    return FileDraft(
        row.name, made.query or NOTHING, row.recipients or tuple(to), "", made.is_usable and made.is_complete, comment
    )


def file_of(drafts: Sequence[FileDraft], source: str, dialect: str) -> str:
    """A whole file of rules."""
    from monitor.config.append_entry import printable

    head = [
        f"# Rules imported from {dialect} ({printable(source)}). Above each query stands the original.",
        "# A rule with `active: no` lacks something of the original: mend its query, then take that line out.",
        "rules:",
    ]
    return "\n".join([*head, *(f"  {line}".rstrip() for draft in drafts for line in draft.lines())]) + "\n"
