"""One file by itself: its text in, typed entries and every problem that it shows without the others out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from monitor.config.blanks import blanks, comma_hint, comment_at, is_further_rest
from monitor.config.model_errors import Loc, explain, list_keys, model_at
from monitor.config.models import KINDS, StrictKeys
from monitor.config.query_repair import corrected, query_line, quieted
from monitor.config.text_positions import locate
from monitor.config.values import quoted
from monitor.config.yaml_tree import BadYamlError, YamlNode, YamlTree, find, parse, plain
from monitor.errors import Problem

MOST_REPAIRS = 50
MOST_PROBLEMS = 200
_HASHTAG = re.compile(r"[ \t]+#\w.*")
BLOCK = "write it as a block:\n"
# Nothing else in the files depends on these; and what an entry has of which no misspelt key can be the rest.
_SETTINGS = frozenset({"send", "quiet", "timezone", "max_per_hour", "shared", "title", "every", "active", "wait"})
_CORES = ({"query", "to"}, {"mail"}, {"feed"}, {"feeds"}, {"sitemap"}, {"page"})


@dataclass(frozen=True, eq=False)
class ParsedFile:
    """A file as far as it could be read.

    `model` holds the entries that are right by themselves (all of them when `problems` is empty), `numbers` the place
    that each entry of a list has in the file, and `lost` the names that the other entries would have had. The tree is
    kept only where something is wrong; it weighs ten times the file, and is made again when a place is asked.
    """

    path: str
    kind: str
    text: str
    tree: YamlNode | None = None
    model: StrictKeys | None = None
    problems: tuple[Problem, ...] = ()
    numbers: dict[str, list[int]] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = ()

    @property
    def root(self) -> YamlNode | None:
        """The file's tree, for places."""
        return self.tree or _tree_of(self.text)

    @property
    def lines(self) -> list[str]:
        """The file's lines as they are on disk."""
        return _lines_of(self.text)

    def entries(self, section: str) -> Iterator[tuple[Loc, Any]]:
        """Each good entry of a list or mapping with its place, for `problem`."""
        found = getattr(self.model, section, None) or ()
        if isinstance(found, tuple):
            for number, entry in zip(self.numbers.get(section, range(len(found))), found, strict=True):
                yield (section, number), entry
        else:
            for name, entry in found.items():
                yield (section, name), entry

    def problem(self, loc: Loc, message: str, hint: str = "", *, severity: str = "error", key: bool = False) -> Problem:
        """A problem of this file at the value that `loc` leads to (or at its key)."""
        node = find(self.root, loc, key=key)
        return Problem(self.path, node.line + 1, node.column + 1, message, hint, severity)

    def inside(self, loc: Loc, offset: int, message: str, hint: str, severity: str) -> Problem:
        """A problem at one character of the text that `loc` leads to."""
        line, column = locate(self.text, find(self.root, loc), offset)
        return Problem(self.path, line, column, message, hint, severity)

    def line(self, loc: Loc) -> int:
        """The line of a value, for messages about another place."""
        return find(self.root, loc).line + 1


@lru_cache(maxsize=4)
def _tree_of(text: str) -> YamlNode | None:
    try:
        return parse(text).root
    except BadYamlError:
        return None


@lru_cache(maxsize=1)
def _lines_of(text: str) -> list[str]:
    return text.split("\n")


def let_go() -> None:
    """Forget the trees that were made again for places."""
    _tree_of.cache_clear()
    _lines_of.cache_clear()


def parse_file(path: str, kind: str, text: str) -> ParsedFile:
    """Read one file of a kind (`outlets`, `rules` …)."""
    tree, problems = _tree(path, text)
    if tree is None:
        return ParsedFile(path, kind, text, problems=tuple(problems))
    try:
        data = plain(tree.root) if tree.root and not tree.root.empty else {}
    except BadYamlError as error:
        return ParsedFile(path, kind, text, problems=(*problems, _yaml_problem(path, error)))
    parsed_file = ParsedFile(path, kind, text, tree.root)
    lines = text.split("\n")
    problems += [_fault(path, lines, *fault) for fault in tree.faults[:MOST_PROBLEMS]]
    if not isinstance(data, dict):
        section = next(iter(_sections(kind)))
        problems.append(parsed_file.problem((), "a file begins with a key", f"for example {section}:"))
        return ParsedFile(path, kind, text, tree.root, problems=tuple(problems))
    whole = plain(tree.root, with_empty=True) if tree.root else data
    if whole == data:
        return _typed(parsed_file, data, problems)
    problems += _unknown_without_value(parsed_file, whole)
    typed = _typed(parsed_file, data, problems)
    return replace(typed, warnings=(*typed.warnings, *_cut_short(parsed_file, typed.problems)))


def _unknown_without_value(parsed_file: ParsedFile, whole: dict[str, Any]) -> list[Problem]:
    """The keys that nobody knows and that have no value, which else count as absent: `{mail: olga@press,test}`."""
    model = KINDS[parsed_file.kind]
    try:
        model.model_validate(whole)
    except ValidationError as failure:
        errors = [error for error in failure.errors(include_url=False) if error["type"] == "extra_forbidden"]
        empty = [error for error in errors[:MOST_PROBLEMS] if error.get("input") is None]
        first = [error for error in empty if not is_further_rest(parsed_file.tree, error["loc"], parsed_file.lines)]
        return [_problem(parsed_file, model, dict(error)) for error in first]
    return []


def _cut_short(parsed_file: ParsedFile, told: Sequence[Problem]) -> Iterator[Problem]:
    """The known keys without a value that are the rest of another's, or whose own YAML takes for a comment."""
    places = {(problem.line, problem.column) for problem in told}
    for loc in blanks(parsed_file.tree):
        if is_further_rest(parsed_file.tree, loc, parsed_file.lines):
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
    """The file's tree; queries that YAML cannot read are told and passed over, so that the rest is read as well."""
    problems: list[Problem] = []
    lines = text.split("\n")
    repaired: set[int] = set()
    for _ in range(MOST_REPAIRS):
        try:
            return parse("\n".join(lines)), problems
        except BadYamlError as error:
            line = query_line(lines, error.line)
            if line in repaired:
                # Not what it says but where it stands: the line is wrong with any query.
                return None, [*problems[:-1], _yaml_problem(path, error)]
            if line is None:
                return None, [*problems, _yaml_problem(path, error)]
            repaired.add(line)
            column = lines[line].index("query:") + 1
            hint = f"{BLOCK}{corrected(lines[line])}"
            problems.append(Problem(path, line + 1, column, "YAML cannot read this query", hint))
            lines[line] = quieted(lines[line])
    return None, problems


def _yaml_problem(path: str, error: BadYamlError) -> Problem:
    return Problem(path, error.line + 1, error.column + 1, error.message, error.hint)


def _fault(path: str, lines: list[str], node: YamlNode, message: str, hint: str) -> Problem:
    if query_line(lines, node.line) == node.line:
        hint = f"{BLOCK}{corrected(lines[node.line])}"
    return Problem(path, node.line + 1, node.column + 1, message, hint)


def _sections(kind: str) -> list[str]:
    return [name for name in KINDS[kind].model_fields if name != "defaults"]


def _typed(parsed_file: ParsedFile, data: dict[str, Any], problems: list[Problem]) -> ParsedFile:
    """The model of the whole file, or of what is left of it without the entries that are wrong."""
    model = KINDS[parsed_file.kind]
    numbers = {section: list(range(len(value))) for section, value in data.items() if isinstance(value, list)}
    lost: set[str] = set()
    found: StrictKeys | None = None
    for attempt in range(3):
        try:
            found = model.model_validate(data)
            break
        except ValidationError as failure:
            errors = failure.errors(include_url=False)[:MOST_PROBLEMS]
            if attempt == 0:
                problems += [_problem(parsed_file, model, dict(error)) for error in errors]
            lost |= _without(data, numbers, errors)
    told = tuple(_once(problems))
    return replace(
        parsed_file,
        tree=parsed_file.tree if told else None,
        model=found,
        problems=told,
        numbers=numbers,
        lost=frozenset(lost),
        warnings=tuple(_hashtags(parsed_file)),
    )


def _hashtags(parsed_file: ParsedFile) -> Iterator[Problem]:
    """`query: Peskov #talks`: YAML takes the last word for a comment."""
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


def _once(problems: list[Problem]) -> Iterator[Problem]:
    """A query that YAML has spoilt is told once, however many ways it is wrong."""
    spoilt: set[int] = set()
    for problem in problems:
        block = problem.hint.startswith(BLOCK)
        if not (block and problem.line in spoilt):
            yield problem
        if block:
            spoilt.add(problem.line)


def _problem(parsed_file: ParsedFile, model: type[StrictKeys], error: dict[str, Any]) -> Problem:
    loc: Loc = error["loc"]
    wrong_key = loc[-1:] == ("[key]",)
    loc = loc[:-1] if wrong_key else loc
    message, hint = explain(model, error, KINDS)
    missing = error["type"] == "missing"
    unknown = error["type"] == "extra_forbidden"
    node = find(parsed_file.root, loc)
    if isinstance(node.value, str) and node.empty and not unknown:
        # The key is there and YAML found nothing behind it: often because the rest of the line began with a #.
        comment = comment_at(find(parsed_file.root, loc, key=True), parsed_file.lines)
        message = _no_value(str(loc[-1]), comment) if missing else message
        hint = _in_quotes(comment) if comment else hint
    if unknown and (cut := comma_hint(parsed_file.root, loc, parsed_file.lines, list_keys(model_at(model, loc[:-1])))):
        hint = f"{hint} or {cut}" if hint.startswith("did you mean") else cut
    if loc[-1:] == ("query",) and not isinstance(find(parsed_file.root, loc[:-1]).value, str):
        hint = _block(parsed_file, loc) or hint
    return parsed_file.problem(loc, message, hint, key=unknown or missing or wrong_key)


def _block(parsed_file: ParsedFile, loc: Loc) -> str:
    key = find(parsed_file.root, loc, key=True)
    lines = parsed_file.lines
    return f"{BLOCK}{corrected(lines[key.line])}" if query_line(lines, key.line) == key.line else ""


def _without(data: dict[str, Any], numbers: dict[str, list[int]], errors: Sequence[ErrorDetails]) -> set[str]:
    """Take what is wrong out of `data`: a setting, or the entry that is nothing without it, whose name comes back."""
    lost: set[str] = set()
    # From the end of each list, so that the numbers before stay what they are.
    for section, *rest in sorted({error["loc"][:2] for error in errors}, key=_backwards):
        inner, step = data.get(str(section)), rest[0] if rest else None
        if isinstance(inner, list) and isinstance(step, int) and step < len(inner):
            if _spared(inner[step], [error for error in errors if error["loc"][:2] == (section, step)]):
                continue
            entry = inner.pop(step)
            numbers[str(section)].pop(step)
            lost |= {str(entry["name"])} if isinstance(entry, dict) and "name" in entry else set()
        elif isinstance(inner, dict) and inner.pop(str(step), None) is not None:
            lost.add(str(step))
        else:
            data.pop(str(section), None)
            numbers.pop(str(section), None)
    return lost


def _spared(entry: object, errors: Sequence[ErrorDetails]) -> bool:
    """Take wrong settings out of an entry that is the same without them, so that what else is wrong shows, too."""
    if not isinstance(entry, dict) or not all(len(error["loc"]) > 2 for error in errors):
        return False
    whole = any(keys <= entry.keys() for keys in _CORES)
    if not all(error["loc"][2] in _SETTINGS or (whole and error["type"] == "extra_forbidden") for error in errors):
        return False
    for error in errors:
        entry.pop(str(error["loc"][2]), None)
    return True


def _backwards(loc: Loc) -> tuple[str, int]:
    return str(loc[0]), -loc[1] if len(loc) > 1 and isinstance(loc[1], int) else 0
