"""Turn a list of another system's queries into a file of rules, each with its original as a comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.config.append_entry import RuleDraft, printable
from monitor.config.config import Config, Loaded
from monitor.config.new_rules import existing_place, recipient_problem
from monitor.config.outlet_entries import host_name
from monitor.config.rule_csv import CsvRule, decode_file, rows_of
from monitor.config.safe_write import CheckedEdit, checked_edit, free_file
from monitor.config.values import MAX_NAME_CHARS
from monitor.query.foreign import ForeignNames, Translation, translate

NOTHING = '"nothing of the original could be kept"'
"""The query of a rule of which nothing could be kept; the rule is not active."""


@dataclass(frozen=True, slots=True)
class ForeignList:
    """A list of another system's queries: its file's name and bytes, and the system (a key of `DIALECTS`).

    `to` are the recipients of the rows that name none.
    """

    name: str
    raw: bytes
    dialect: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleImport:
    """The rules of a list; where it has `problems`, each with its line, there are none.

    `skipped` are the rows whose name exists already, each with that place (file:line). `edit` is the new file with all
    `drafts`, or None where there are no drafts; nothing is written yet.
    """

    problems: tuple[str, ...] = ()
    skipped: tuple[tuple[CsvRule, str], ...] = ()
    drafts: tuple[RuleDraft, ...] = ()
    edit: CheckedEdit | None = None


def import_rules(directory: Path, data: Path, before: Loaded, source: ForeignList) -> RuleImport:
    """Translate a list, and check its rules together with the files of the folder.

    Raises ConfigError where the folder does not load, or not with these rules.
    """
    config = before.require_config()
    rows, problems = rows_of(decode_file(source.raw))
    problems += _row_problems(config, rows, source.to)
    if problems:
        return RuleImport(tuple(problems))
    places = [existing_place(config, row.name) for row in rows]
    skipped = tuple((row, place) for row, place in zip(rows, places, strict=True) if place)
    names = foreign_names_of(config)
    drafts = tuple(
        _draft(source, row, translate(source.dialect, row.query, names))
        for row, place in zip(rows, places, strict=True)
        if not place
    )
    if not drafts:
        return RuleImport(skipped=skipped)
    path = free_file(directory, "rules", f"imported-{source.dialect}")
    edit = checked_edit(directory, data, path, lambda _: _file_text(source, drafts), before)
    return RuleImport((), skipped, drafts, edit)


def foreign_names_of(config: Config) -> ForeignNames:
    """Return what a translation may refer to: outlets by name, title and the hosts of their feeds."""
    outlets: dict[str, set[str]] = {}
    for outlet in config.outlets.values():
        hosts = (host_name(feed.url) for feed in outlet.feeds)
        for key in (outlet.name.casefold(), outlet.title.casefold(), *hosts):
            outlets.setdefault(key, set()).add(outlet.name)
    outlets_by_name = {key: tuple(sorted(names)) for key, names in outlets.items() if key}
    return ForeignNames(config.scope, outlets_by_name, config.files_of("outlets"))


def _row_problems(config: Config, rows: Sequence[CsvRule], to: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the rows, each with its line; a name that exists already is no problem here."""
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


def _draft(source: ForeignList, row: CsvRule, translation: Translation) -> RuleDraft:
    """Return the rule of a row; its comment holds the original and what was not kept."""
    original = row.query.splitlines()
    diagnostics = [
        f"{'NOT KEPT' if diagnostic.severity == 'error' else 'note'}: column {diagnostic.column}: {diagnostic.message}"
        for diagnostic in translation.diagnostics
        if diagnostic.severity != "hint"
    ]
    return RuleDraft(
        row.name,
        translation.query or NOTHING,
        row.recipients or source.to,
        active=translation.is_usable and translation.is_complete,
        comment=(f"{source.dialect}: {original[0]}", *(f"  {line}" for line in original[1:]), *diagnostics),
    )


def _file_text(source: ForeignList, drafts: Sequence[RuleDraft]) -> str:
    head = [
        f"# Rules imported from {source.dialect} ({printable(source.name)}). Above each query stands the original.",
        "# A rule with `active: no` lacks something of the original: mend its query, then take that line out.",
        "rules:",
    ]
    return "\n".join([*head, *(f"  {line}".rstrip() for draft in drafts for line in draft.lines())]) + "\n"
