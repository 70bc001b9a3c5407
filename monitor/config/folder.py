"""Read the configuration folder: which files belong to it, their text, and what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG

from monitor.config.models import KINDS
from monitor.config.yaml_tree import MAX_CHARS
from monitor.errors import Problem
from monitor.text.similar_names import did_you_mean

SUFFIXES = (".yaml", ".yml")
MAX_DEPTH = 8


@dataclass(slots=True)
class Folder:
    """The texts by relative path, and the problems of files that cannot be read or are not ours.

    `templates` are those of mails, by their names.
    """

    texts: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def kind_of_file(path: str) -> str:
    """Return the kind of a relative path (`outlets/ua/press.yaml` is of outlets), or an empty string."""
    first, slash, _ = path.partition("/")
    stem, dot, suffix = first.rpartition(".")
    kind = first if slash else stem
    if kind not in KINDS or (slash and kind == "monitor") or (not slash and dot + suffix not in SUFFIXES):
        return ""
    return kind


def files_of_kind(kind: str, paths: Iterable[str]) -> str:
    """Return where the files of a kind are, for a hint: `rules.yaml`, `outlets/*.yaml`, or both."""
    of_kind = sorted(path for path in paths if kind_of_file(path) == kind)
    inside = [path for path in of_kind if "/" in path]
    places = [path for path in of_kind if path not in inside]
    places += inside if len(inside) == 1 else [f"{kind}/*.yaml"][: len(inside)]
    return " or ".join(places) or f"{kind}.yaml"


def config_files(directory: Path) -> Iterator[tuple[str, Path]]:
    """Yield every YAML file that could be ours, by relative path, without hidden and editors' backup files."""
    for base, folders, names in os.walk(directory):
        inside = Path(base).relative_to(directory)
        # Changed in place, since `os.walk` goes into those that are left.
        folders[:] = sorted(name for name in folders if not name.startswith(".") and len(inside.parts) < MAX_DEPTH)
        if not inside.parts:
            folders[:] = [name for name in folders if name in KINDS]
        for name in sorted(names):
            if name.endswith(SUFFIXES) and name[0] not in ".#~":
                yield (inside / name).as_posix(), Path(base, name)


def template_files(directory: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file of the folder `templates` by its name, without hidden and editors' backup files."""
    folder = directory / "templates"
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix in (".html", ".txt") and file.name[0] not in ".#~":
            yield file.name, file


def read_folder(directory: Path) -> Folder:
    """Read the text of every file; one that cannot be read becomes a problem."""
    folder = Folder()
    if not directory.is_dir():
        folder.problems.append(Problem("", 0, 0, f"there is no folder {directory}", "say where it is with --config"))
        return folder
    for path, file in config_files(directory):
        if kind_of_file(path):
            _read_text(folder, path, file)
        else:
            hint = did_you_mean(path, tuple(f"{kind}.yaml" for kind in KINDS))
            folder.warnings.append(Problem(path, 1, 1, "this file is not read", hint or _kinds(), "warning"))
    for name, file in template_files(directory):
        _read_template(folder, name, file)
    if not folder.texts and not folder.problems:
        folder.problems.append(Problem("", 0, 0, f"there is no configuration in {directory}", _kinds()))
    return folder


def _read_template(folder: Folder, name: str, file: Path) -> None:
    """Read a template of mails; what is wrong with it is a warning, since there is a shipped one."""
    from monitor.channels.layout import shipped_templates

    path = f"templates/{name}"
    if name not in (known := shipped_templates()):
        hint = did_you_mean(name, known) or f"templates are called {', '.join(known)}"
        folder.warnings.append(Problem(path, 1, 1, "this template is not read", hint, "warning"))
        return
    read = Folder()
    _read_text(read, path, file)
    if path in read.texts:
        folder.templates[name] = read.texts[path]
    folder.warnings += [replace(problem, severity="warning") for problem in read.problems]


def _kinds() -> str:
    return f"files are called {', '.join(f'{kind}.yaml' for kind in KINDS)}"


def _read_text(folder: Folder, path: str, file: Path) -> None:
    try:
        if not S_ISREG(file.stat().st_mode):
            # Opening a pipe would wait for its writer, perhaps for ever, and block every later reload and the stop.
            folder.problems.append(Problem(path, 1, 1, "this is a pipe or a device and no file", "write a file"))
            return
        with file.open("rb") as opened:
            # A character has at most four bytes in UTF-8 (RFC 3629, 3), and one byte more shows that it is too large.
            raw = opened.read(4 * MAX_CHARS + 1)
        # `-sig` leaves out a byte order mark, which some editors write.
        folder.texts[path] = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        line = before.count(b"\n") + 1
        problem = Problem(path, line, column, "the file is not written in UTF-8", "save it as UTF-8 in the editor")
        folder.problems.append(problem)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        folder.problems.append(Problem(path, 1, 1, f"the file cannot be read: {reason}", "check its permissions"))
