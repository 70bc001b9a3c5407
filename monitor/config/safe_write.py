"""Check an edited file together with the others before it is written, so that nothing is written that does not load."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.atomic_files import replace_unchanged
from monitor.config.config import Config, Loaded
from monitor.config.folder import config_files, read_folder
from monitor.config.load import load
from monitor.errors import ConfigError, MonitorError, Problem


@dataclass(frozen=True, slots=True)
class CheckedEdit:
    """The text of a file `before` and after an edit with which the whole folder loads, as `config`.

    Only `write` writes it.
    """

    file: Path
    before: str
    text: str
    config: Config

    def write(self) -> None:
        """Replace the file, whole or not at all; raises MonitorError, also where it changed meanwhile."""
        replace_unchanged(self.file, self.before, self.text)


def checked_edit(directory: Path, data: Path, path: str, change: Callable[[str], str], before: Loaded) -> CheckedEdit:
    """Return the edit of one file (relative path) to what `change` makes of its text ("" where there is no file).

    Raises ConfigError with the problems that are new, and MonitorError where the file cannot be read.
    """
    old = file_text(directory / path)
    text = change(old)
    loaded = loaded_with(directory, data, {path: text.removeprefix("\ufeff")}, before.config)
    new_errors = _errors(loaded.problems) - _errors(before.problems)
    new_problems = tuple(problem for problem in loaded.problems if _key(problem) in new_errors)
    # In a file that already has errors the edit would not come into force, even if it adds none.
    file_errors = tuple(problem for problem in loaded.problems if problem.file == path and problem.severity == "error")
    if new_problems or path in loaded.broken or loaded.config is None:
        raise ConfigError(
            tuple(_with_unwritten_note(path, problem) for problem in new_problems or file_errors or loaded.problems)
        )
    return CheckedEdit(directory / path, old, text, loaded.config)


def _with_unwritten_note(path: str, problem: Problem) -> Problem:
    """Add to a problem that its line is in the new text, which was not written."""
    if problem.file != path:
        return problem
    note = "nothing was written: the line is that of the new text"
    return replace(problem, hint="; ".join(filter(None, (problem.hint, note))))


def loaded_with(directory: Path, data: Path, texts: Mapping[str, str], previous: Config | None = None) -> Loaded:
    """Return what the folder would load to with these texts by relative path; the folder itself is not changed."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        texts_on_disk = read_folder(directory).texts if directory.is_dir() else {}
        for path, text in (texts_on_disk | dict(texts)).items():
            file = copy / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
        return load(copy, data=data, previous=previous)


def file_to_extend(directory: Path, kind: str) -> str:
    """Return the file (relative path) that a new entry of a kind (`rules`) is written to."""
    paths = [path for path, _ in config_files(directory)]
    for path in (f"{kind}.yaml", f"{kind}.yml"):
        if path in paths:
            return path
    inside = [path for path in paths if path.startswith(f"{kind}/")]
    if len(inside) == 1:
        return inside[0]
    return f"{kind}/added.yaml" if inside else f"{kind}.yaml"


def free_file(directory: Path, kind: str, stem: str) -> str:
    """Return a relative path in the folder of a kind (`rules`) that does not exist yet."""
    path, number = f"{kind}/{stem}.yaml", 1
    while (directory / path).exists():
        number += 1
        path = f"{kind}/{stem}-{number}.yaml"
    return path


def file_text(file: Path) -> str:
    """Return a file's text with its own line ends, or an empty string where there is no file; raise MonitorError."""
    if not file.exists():
        return ""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            return opened.read()
    except (OSError, UnicodeDecodeError) as error:
        raise MonitorError(f"{file} cannot be read: monitor check says why") from error


def _errors(problems: Iterable[Problem]) -> Counter[tuple[str, str]]:
    return Counter(_key(problem) for problem in problems if problem.severity == "error")


def _key(problem: Problem) -> tuple[str, str]:
    return problem.file, problem.message
