"""A changed file tried beside the others before it replaces the one on disk: nothing is written that does not load."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from monitor.config.config import Config, Loaded
from monitor.config.folder import candidates, read_folder
from monitor.config.load import load
from monitor.errors import ConfigError, MonitorError, Problem


def tried(directory: Path, data: Path, path: str, text: str, before: Loaded) -> Config:
    """The configuration with this text in one file; ConfigError, with what is new, where that makes an error."""
    loaded = loaded_with(directory, data, {path: text.removeprefix("\ufeff")}, before.config)
    new = _errors(loaded.problems) - _errors(before.problems)
    fresh = tuple(problem for problem in loaded.problems if _key(problem) in new)
    # In a file that is wrong already the entry would not come into force, although it adds no error of its own.
    own = tuple(problem for problem in loaded.problems if problem.file == path and problem.severity == "error")
    if fresh or path in loaded.broken or loaded.config is None:
        raise ConfigError(tuple(_unwritten(path, problem) for problem in fresh or own or loaded.problems))
    return loaded.config


def _unwritten(path: str, problem: Problem) -> Problem:
    """A problem of the text that would have been written: its line is not in the file that is there."""
    if problem.file != path:
        return problem
    note = "nothing was written: the line is that of the new text"
    return replace(problem, hint="; ".join(filter(None, (problem.hint, note))))


def loaded_with(directory: Path, data: Path, texts: Mapping[str, str], previous: Config | None = None) -> Loaded:
    """What the folder would be with these texts by relative path; the folder itself stays as it is."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        there = read_folder(directory).texts if directory.is_dir() else {}
        for path, text in (there | dict(texts)).items():
            _write(copy / path, text)
        return load(copy, data=data, previous=previous)


def rules_file(directory: Path) -> str:
    """The file (relative path) that a new rule goes to."""
    paths = [path for path, _ in candidates(directory)]
    for path in ("rules.yaml", "rules.yml"):
        if path in paths:
            return path
    inside = [path for path in paths if path.startswith("rules/")]
    if len(inside) == 1:
        return inside[0]
    return "rules/added.yaml" if inside else "rules.yaml"


def free_file(directory: Path, stem: str) -> str:
    """A file (relative path) in the folder of rules that is not there yet."""
    path, number = f"rules/{stem}.yaml", 1
    while (directory / path).exists():
        number += 1
        path = f"rules/{stem}-{number}.yaml"
    return path


def text_of(file: Path) -> str:
    """A file's text, line ends as they are; nothing where there is no file."""
    if not file.exists():
        return ""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            return opened.read()
    except (OSError, UnicodeDecodeError) as error:
        raise MonitorError(f"{file} cannot be read: monitor check says why") from error


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))


def _errors(problems: Iterable[Problem]) -> Counter[tuple[str, str]]:
    return Counter(_key(problem) for problem in problems if problem.severity == "error")


def _key(problem: Problem) -> tuple[str, str]:
    return problem.file, problem.message
