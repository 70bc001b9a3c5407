"""The folder of files: which of them are ours, their text, and what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from monitor.config.models import KINDS
from monitor.config.values import nearest
from monitor.config.yaml_tree import LARGEST
from monitor.errors import Problem

ENDINGS = (".yaml", ".yml")
DEEPEST = 8


@dataclass(slots=True)
class Folder:
    """Texts by relative path with the kind of each file; problems of files that cannot be read; strange names."""

    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def kind_of_file(path: str) -> str:
    """The kind of a relative path (`outlets/ua/press.yaml` is of outlets), or nothing."""
    first, slash, _ = path.partition("/")
    stem, dot, ending = first.rpartition(".")
    kind = first if slash else stem
    if kind not in KINDS or (slash and kind == "monitor") or (not slash and dot + ending not in ENDINGS):
        return ""
    return kind


def home_of(kind: str, paths: Iterable[str]) -> str:
    """Where the files of a kind are among these, for a hint: `rules.yaml`, `outlets/*.yaml`, or both."""
    own = sorted(path for path in paths if kind_of_file(path) == kind)
    inside = [path for path in own if "/" in path]
    places = [path for path in own if path not in inside]
    places += inside if len(inside) == 1 else [f"{kind}/*.yaml"][: len(inside)]
    return " or ".join(places) or f"{kind}.yaml"


def candidates(directory: Path) -> Iterator[tuple[str, Path]]:
    """Every file that could be ours, by relative path; not those that editors keep beside them."""
    for base, folders, names in os.walk(directory):
        inside = Path(base).relative_to(directory)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and len(inside.parts) < DEEPEST)
        if not inside.parts:
            folders[:] = [name for name in folders if name in KINDS]
        for name in sorted(names):
            if name.endswith(ENDINGS) and name[0] not in ".#~":
                yield (inside / name).as_posix(), Path(base, name)


def read_folder(directory: Path) -> Folder:
    """Every file's text; a file that cannot be read is a problem and has no text."""
    found = Folder()
    if not directory.is_dir():
        found.problems.append(Problem("", 0, 0, f"there is no folder {directory}", "say where it is with --config"))
        return found
    for path, file in candidates(directory):
        if kind_of_file(path):
            _read(found, path, file)
        else:
            hint = nearest(path, tuple(f"{kind}.yaml" for kind in KINDS))
            found.warnings.append(Problem(path, 1, 1, "this file is not read", hint or _kinds(), "warning"))
    if not found.texts and not found.problems:
        found.problems.append(Problem("", 0, 0, f"there is no configuration in {directory}", _kinds()))
    return found


def _kinds() -> str:
    return f"files are called {', '.join(f'{kind}.yaml' for kind in KINDS)}"


def _read(found: Folder, path: str, file: Path) -> None:
    try:
        if not S_ISREG(file.stat().st_mode):
            # To open a pipe would wait for its writer, perhaps for ever, and every later reload and the stop with it.
            found.problems.append(Problem(path, 1, 1, "this is a pipe or a device and no file", "write a file"))
            return
        with file.open("rb") as opened:
            raw = opened.read(4 * LARGEST + 1)
        found.texts[path] = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        line = before.count(b"\n") + 1
        problem = Problem(path, line, column, "the file is not written in UTF-8", "save it as UTF-8 in the editor")
        found.problems.append(problem)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        found.problems.append(Problem(path, 1, 1, f"the file cannot be read: {reason}", "check its permissions"))
