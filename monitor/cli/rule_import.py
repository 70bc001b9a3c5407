"""Translate rules of another system, check them against the configuration, and write them as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from monitor.cli.rule_csv import CsvRule
    from monitor.config import Config
    from monitor.config.append_entry import RuleDraft
    from monitor.query.foreign import ForeignNames, Translation

NOTHING = '"nothing of the original could be kept"'
"""The query of a rule of which nothing could be kept; the rule is not active."""


def foreign_names_of(config: Config) -> ForeignNames:
    """Return what a translation may refer to: outlets by name, title and the hosts of their feeds."""
    from monitor.query.foreign import ForeignNames

    outlets: dict[str, set[str]] = {}
    for outlet in config.outlets.values():
        hosts = ((urlsplit(feed.url).hostname or "").removeprefix("www.") for feed in outlet.feeds)
        for key in (outlet.name.casefold(), outlet.title.casefold(), *hosts):
            outlets.setdefault(key, set()).add(outlet.name)
    outlets_by_name = {key: tuple(sorted(names)) for key, names in outlets.items() if key}
    return ForeignNames(config.scope, outlets_by_name, config.files_of("outlets"))


def existing_place(config: Config, name: str) -> str:
    """Return the file and line where a rule or list of this name exists, whatever its case, or an empty string."""
    for parsed_file in config.memo.parsed_files.values():
        for section in ("rules", "lists"):
            for loc, entry in parsed_file.entries(section):
                if str(loc[-1] if section == "lists" else entry.name).casefold() == name.casefold():
                    return f"{parsed_file.path}:{parsed_file.line(loc)}"
    return ""


def recipient_problem(config: Config, word: str) -> str:
    """Return what is wrong with a recipient, or an empty string."""
    from monitor.config.addresses import parse_address
    from monitor.config.cross_checks import SAMPLE_MESSAGE, is_sample
    from monitor.config.people_entries import expected_recipient, no_address, split_recipient
    from monitor.config.values import list_meant, quoted, reason
    from monitor.text.similar_names import did_you_mean

    if list_meant(word):
        return f"{quoted(word)} are several: give each by itself"
    if "@" in word:
        try:
            parse_address(word)
        except ValueError as error:
            return reason(error)
        return f"{SAMPLE_MESSAGE} {word}" if config.settings.channel == "email" and is_sample(word) else ""
    people = {person.name.casefold(): person for person in config.people.values()}
    names = [*(person.name for person in people.values()), *config.teams]
    if word.casefold() in {name.casefold() for name in names}:
        return ""
    name, key = split_recipient(word)
    if person := people.get(name):
        message, hint = no_address(person.name, key, person.addresses)
        return "" if key in person.addresses else f"{message} ({hint})"
    hint = did_you_mean(word, names) or expected_recipient(config.files_of("people"))
    return f"nobody is called {quoted(word)} ({hint})"


def row_problems(config: Config, rows: Sequence[CsvRule], to: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the rows, each with its line; a name that exists already is no problem here."""
    from monitor.config.values import MAX_NAME_CHARS

    seen: dict[str, int] = {}
    for row in rows:
        if not row.name or len(row.name) > MAX_NAME_CHARS or not row.name.isprintable():
            yield f"line {row.line}: a name of 1 to {MAX_NAME_CHARS} printable characters is expected"
        elif (first := seen.setdefault(row.name.casefold(), row.line)) != row.line:
            yield f"line {row.line}: the name “{row.name}” is in line {first} already"
        if not row.query:
            yield f"line {row.line}: there is no query"
        if not (row.recipients or to):
            yield f"line {row.line}: nobody is told (write a recipient, or --to WHO for all such rows)"
        for word in row.recipients:
            if problem := recipient_problem(config, word):
                yield f"line {row.line}: {problem}"


def draft_of(row: CsvRule, dialect: str, translation: Translation, to: Sequence[str]) -> RuleDraft:
    """Return the rule of a row; its comment holds the original and what was not kept."""
    from monitor.config.append_entry import RuleDraft

    original = row.query.splitlines()
    diagnostics = [
        f"{'NOT KEPT' if diagnostic.severity == 'error' else 'note'}: column {diagnostic.column}: {diagnostic.message}"
        for diagnostic in translation.diagnostics
        if diagnostic.severity != "hint"
    ]
    comment = (f"{dialect}: {original[0]}", *(f"  {line}" for line in original[1:]), *diagnostics)
    return RuleDraft(
        row.name,
        translation.query or NOTHING,
        row.recipients or tuple(to),
        "",
        translation.is_usable and translation.is_complete,
        comment,
    )


def file_of(drafts: Sequence[RuleDraft], source: str, dialect: str) -> str:
    """Return the text of a whole file of rules."""
    from monitor.config.append_entry import printable

    head = [
        f"# Rules imported from {dialect} ({printable(source)}). Above each query stands the original.",
        "# A rule with `active: no` lacks something of the original: mend its query, then take that line out.",
        "rules:",
    ]
    return "\n".join([*head, *(f"  {line}".rstrip() for draft in drafts for line in draft.lines())]) + "\n"
