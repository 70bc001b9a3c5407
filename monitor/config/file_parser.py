"""Parse one configuration file into typed entries, and report every problem that it shows by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from monitor.config.blanks import comma_hint, comment_at, is_repeated_cut, keys_without_value
from monitor.config.key_types import StrictKeys
from monitor.config.model_errors import Loc, explain, list_keys, model_at
from monitor.config.models import ADDRESS_KEYS, KINDS
from monitor.config.paused_collection import paused_collection
from monitor.config.people_models import ADDRESSES_OF_PERSON
from monitor.config.query_repair import corrected_block, neutralised, query_line
from monitor.config.text_positions import locate
from monitor.config.values import as_list, quoted
from monitor.config.yaml_tree import BadYamlError, YamlNode, YamlTree, find, parse, plain
from monitor.errors import Problem

MAX_REPAIRS = 50
MAX_PROBLEMS = 200
_HASHTAG = re.compile(r"[ \t]+#\w.*")
BLOCK_HINT = "write it as a block:\n"
# An entry stays valid without its optional keys. It is complete with one of the sets of essential keys: only then can
# an unknown key be dropped, because it cannot be a misspelt essential one.
_OPTIONAL_KEYS = frozenset(
    {"send", "quiet", "timezone", "max_per_hour", "shared", "title", "every", "requests_a_day", "active"}
    | {"wait", "edits"}
)
_ESSENTIAL_KEYS = ({"query", "to"}, *({key} for key in (*ADDRESSES_OF_PERSON, *ADDRESS_KEYS)))


@dataclass(frozen=True, eq=False)
class ParsedFile:
    """A parsed file, as far as it could be read.

    `model` holds the entries that are valid by themselves (all of them when `problems` is empty), `entry_numbers` the
    index of each list entry in the file; `lost_names` are the names of the invalid entries, and `lost_recipients` the
    words of their `to:`, which can be wrong as well. The tree is kept only where something is wrong; it weighs ten
    times the file, and is parsed again when a position is asked for.
    """

    path: str
    kind: str
    text: str
    tree: YamlNode | None = None
    model: StrictKeys | None = None
    problems: tuple[Problem, ...] = ()
    entry_numbers: dict[str, list[int]] = field(default_factory=dict)
    lost_names: frozenset[str] = frozenset()
    lost_recipients: tuple[tuple[Loc, str], ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def root(self) -> YamlNode | None:
        """The file's tree of nodes, which gives positions."""
        return self.tree or tree_of(self.text)

    @property
    def lines(self) -> list[str]:
        """The file's lines as they are on disk."""
        return _lines_of(self.text)

    def entries(self, section: str) -> Iterator[tuple[Loc, Any]]:
        """Yield each valid entry of a list or mapping with its path, for `problem`."""
        found = getattr(self.model, section, None) or ()
        if isinstance(found, tuple):
            for number, entry in zip(self.entry_numbers.get(section, range(len(found))), found, strict=True):
                yield (section, number), entry
        else:
            for name, entry in found.items():
                yield (section, name), entry

    def problem(self, loc: Loc, message: str, hint: str = "", *, severity: str = "error", key: bool = False) -> Problem:
        """Return a problem at the value that `loc` leads to, or at its key."""
        node = find(self.root, loc, key=key)
        return Problem(self.path, node.line + 1, node.column + 1, message, hint, severity)

    def problem_at(self, loc: Loc, offset: int, message: str, hint: str, severity: str) -> Problem:
        """Return a problem at the character `offset` of the text that `loc` leads to."""
        line, column = locate(self.text, find(self.root, loc), offset)
        return Problem(self.path, line, column, message, hint, severity)

    def line(self, loc: Loc) -> int:
        """Return the line (from 1) of the value that `loc` leads to."""
        return find(self.root, loc).line + 1


@lru_cache(maxsize=4)
@paused_collection()
def tree_of(text: str) -> YamlNode | None:
    """Return the tree of a file's text, or None where it is no YAML or empty; the trees of few texts are kept."""
    try:
        return parse(text).root
    except BadYamlError:
        return None


@lru_cache(maxsize=1)
def _lines_of(text: str) -> list[str]:
    return text.split("\n")


def clear_caches() -> None:
    """Clear the trees and lines that were parsed again for positions."""
    tree_of.cache_clear()
    _lines_of.cache_clear()


def parse_file(path: str, kind: str, text: str) -> ParsedFile:
    """Parse one file of a kind (`outlets`, `rules` …)."""
    tree, problems = _tree(path, text)
    if tree is None:
        return ParsedFile(path, kind, text, problems=tuple(problems))
    try:
        data = plain(tree.root) if tree.root and not tree.root.is_empty else {}
    except BadYamlError as error:
        return ParsedFile(path, kind, text, problems=(*problems, _yaml_problem(path, error)))
    parsed_file = ParsedFile(path, kind, text, tree.root)
    lines = text.split("\n")
    problems += [
        Problem(path, node.line + 1, node.column + 1, message, _block_hint(lines, node.line) or hint)
        for node, message, hint in tree.faults[:MAX_PROBLEMS]
    ]
    if not isinstance(data, dict):
        section = next(name for name in KINDS[kind].model_fields if name != "defaults")
        problems.append(parsed_file.problem((), "a file begins with a key", f"for example {section}:"))
        return ParsedFile(path, kind, text, tree.root, problems=tuple(problems))
    with_empty = plain(tree.root, with_empty=True) if tree.root else data
    if with_empty == data:
        return _validated(parsed_file, data, problems)
    problems += _unknown_without_value(parsed_file, with_empty)
    validated = _validated(parsed_file, data, problems)
    return replace(validated, warnings=(*validated.warnings, *_cut_short(parsed_file, validated.problems)))


def _unknown_without_value(parsed_file: ParsedFile, with_empty: dict[str, Any]) -> list[Problem]:
    """Return problems for unknown keys without a value, which otherwise count as absent: `{mail: olga@press,test}`."""
    model = KINDS[parsed_file.kind]
    try:
        model.model_validate(with_empty)
    except ValidationError as failure:
        errors = [error for error in failure.errors(include_url=False) if error["type"] == "extra_forbidden"]
        empty = [error for error in errors[:MAX_PROBLEMS] if error.get("input") is None]
        first = [error for error in empty if not is_repeated_cut(parsed_file.tree, error["loc"], parsed_file.lines)]
        return [_problem(parsed_file, model, dict(error)) for error in first]
    return []


def _cut_short(parsed_file: ParsedFile, reported: Sequence[Problem]) -> Iterator[Problem]:
    """Yield warnings for known keys without a value that are the rest of another value, or that a comment emptied."""
    places = {(problem.line, problem.column) for problem in reported}
    for loc in keys_without_value(parsed_file.tree):
        if is_repeated_cut(parsed_file.tree, loc, parsed_file.lines):
            continue
        key = find(parsed_file.tree, loc, key=True)
        comment = comment_at(key, parsed_file.lines)
        several = list_keys(model_at(KINDS[parsed_file.kind], loc[:-1]))
        hint = comma_hint(parsed_file.tree, loc, parsed_file.lines, several) or (comment and _in_quotes(comment))
        if hint and (key.line + 1, key.column + 1) not in places:
            yield parsed_file.problem(loc, _no_value(str(loc[-1]), comment), hint, severity="warning", key=True)


def _no_value(key: str, comment: str) -> str:
    return f"{quoted(key)} has no value" + (f": YAML takes {quoted(comment)} for a comment" if comment else "")


def _in_quotes(comment: str) -> str:
    return f"quote it: {json.dumps(comment, ensure_ascii=False)}"


def _tree(path: str, text: str) -> tuple[YamlTree | None, list[Problem]]:
    """Return the file's tree; queries that YAML cannot read are reported and replaced, so that the rest is parsed."""
    problems: list[Problem] = []
    lines = text.split("\n")
    repaired: set[int] = set()
    for _ in range(MAX_REPAIRS):
        try:
            return parse("\n".join(lines)), problems
        except BadYamlError as error:
            line = query_line(lines, error.line)
            if line in repaired:
                # The line is wrong even with a harmless query, so the error is not the query's.
                return None, [*problems[:-1], _yaml_problem(path, error)]
            if line is None:
                return None, [*problems, _yaml_problem(path, error)]
            repaired.add(line)
            column = lines[line].index("query:") + 1
            problems.append(Problem(path, line + 1, column, "YAML cannot read this query", _block_hint(lines, line)))
            lines[line] = neutralised(lines[line])
    return None, problems


def _yaml_problem(path: str, error: BadYamlError) -> Problem:
    return Problem(path, error.line + 1, error.column + 1, error.message, error.hint)


def _block_hint(lines: Sequence[str], line: int) -> str:
    """Return how to write the query on this line (from 0) as a block; an empty string where there is none."""
    return f"{BLOCK_HINT}{corrected_block(lines[line])}" if query_line(lines, line) == line else ""


def _validated(parsed_file: ParsedFile, data: dict[str, Any], problems: list[Problem]) -> ParsedFile:
    """Validate the whole file, or what is left of it without the invalid entries."""
    model = KINDS[parsed_file.kind]
    entry_numbers = {section: list(range(len(value))) for section, value in data.items() if isinstance(value, list)}
    lost_names: set[str] = set()
    lost_recipients: list[tuple[Loc, str]] = []
    found: StrictKeys | None = None
    for attempt in range(3):
        try:
            found = model.model_validate(data)
            break
        except ValidationError as failure:
            errors = failure.errors(include_url=False)[:MAX_PROBLEMS]
            if attempt == 0:
                problems += [_problem(parsed_file, model, dict(error)) for error in errors]
            for loc, entry in _remove_wrong(data, entry_numbers, errors):
                lost_names |= {str(entry["name"])} if "name" in entry else set()
                lost_recipients += _recipients_of(loc, entry)
    reported = tuple(_without_repeats(problems))
    return replace(
        parsed_file,
        tree=parsed_file.tree if reported else None,
        model=found,
        problems=reported,
        entry_numbers=entry_numbers,
        lost_names=frozenset(lost_names),
        lost_recipients=tuple(lost_recipients),
        warnings=tuple(_hashtag_warnings(parsed_file)),
    )


def _hashtag_warnings(parsed_file: ParsedFile) -> Iterator[Problem]:
    """Warn of `query: Peskov #talks`, where YAML takes the last word for a comment."""
    rules = find(parsed_file.tree, ("rules",)).value
    for number in range(len(rules) if isinstance(rules, list) else 0):
        loc = ("rules", number, "query")
        node = find(parsed_file.tree, loc)
        if (
            isinstance(node.value, str)
            and node.value
            and not node.style
            and (tag := _HASHTAG.match(parsed_file.text, node.end))
        ):
            hint = "write the query as a block: query: | and the text below it"
            yield parsed_file.problem(loc, f"YAML takes {quoted(tag[0])} for a comment", hint, severity="warning")


def _without_repeats(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the problems; a query that YAML broke is reported once, however many errors it causes."""
    broken_lines: set[int] = set()
    for problem in problems:
        block = problem.hint.startswith(BLOCK_HINT)
        if not (block and problem.line in broken_lines):
            yield problem
        if block:
            broken_lines.add(problem.line)


def _problem(parsed_file: ParsedFile, model: type[StrictKeys], error: dict[str, Any]) -> Problem:
    loc: Loc = error["loc"]
    wrong_key = loc[-1:] == ("[key]",)
    loc = loc[:-1] if wrong_key else loc
    message, hint = explain(model, error, KINDS)
    missing = error["type"] == "missing"
    unknown = error["type"] == "extra_forbidden"
    node = find(parsed_file.root, loc)
    if isinstance(node.value, str) and node.is_empty and not unknown:
        # The key has no value for YAML, often because the rest of the line begins with a #.
        comment = comment_at(find(parsed_file.root, loc, key=True), parsed_file.lines)
        message = _no_value(str(loc[-1]), comment) if missing else message
        hint = _in_quotes(comment) if comment else hint
    if unknown and (
        comma := comma_hint(parsed_file.root, loc, parsed_file.lines, list_keys(model_at(model, loc[:-1])))
    ):
        hint = f"{hint} or {comma}" if hint.startswith("did you mean") else comma
    if loc[-1:] == ("query",) and not isinstance(find(parsed_file.root, loc[:-1]).value, str):
        hint = _block_hint(parsed_file.lines, find(parsed_file.root, loc, key=True).line) or hint
    return parsed_file.problem(loc, message, hint, key=unknown or missing or wrong_key)


def _remove_wrong(
    data: dict[str, Any], entry_numbers: dict[str, list[int]], errors: Sequence[ErrorDetails]
) -> Iterator[tuple[Loc, dict[str, Any]]]:
    """Remove invalid settings and entries from `data`; yield the removed entries with their paths in the file."""
    # From the end of each list, so that the earlier indexes stay valid.
    for section, *rest in sorted({error["loc"][:2] for error in errors}, key=_backwards):
        inner, step = data.get(str(section)), rest[0] if rest else None
        if isinstance(inner, list) and isinstance(step, int) and step < len(inner):
            if _keep_entry_without(inner[step], [error for error in errors if error["loc"][:2] == (section, step)]):
                continue
            entry = inner.pop(step)
            yield (section, entry_numbers[str(section)].pop(step)), entry if isinstance(entry, dict) else {}
        elif isinstance(inner, dict) and inner.pop(str(step), None) is not None:
            yield (section, str(step)), {"name": step}
        else:
            data.pop(str(section), None)
            entry_numbers.pop(str(section), None)


def _recipients_of(loc: Loc, entry: dict[str, Any]) -> list[tuple[Loc, str]]:
    """Return each word of the `to:` of a removed rule with its path."""
    words = as_list(entry.get("to")) if loc[0] == "rules" else None
    found = enumerate(words if isinstance(words, list) else ())
    return [((*loc, "to", number), word.strip()) for number, word in found if isinstance(word, str) and word.strip()]


def _keep_entry_without(entry: object, errors: Sequence[ErrorDetails]) -> bool:
    """Remove invalid settings from an entry that stays valid without them, so that its other errors show."""
    if not isinstance(entry, dict) or not all(len(error["loc"]) > 2 for error in errors):
        return False
    is_complete = any(keys <= entry.keys() for keys in _ESSENTIAL_KEYS)
    if not all(
        error["loc"][2] in _OPTIONAL_KEYS or (is_complete and error["type"] == "extra_forbidden") for error in errors
    ):
        return False
    for error in errors:
        entry.pop(str(error["loc"][2]), None)
    return True


def _backwards(loc: Loc) -> tuple[str, int]:
    return str(loc[0]), -loc[1] if len(loc) > 1 and isinstance(loc[1], int) else 0
