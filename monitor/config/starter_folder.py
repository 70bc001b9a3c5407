"""Prepare the files that `init` writes: which outlets are on, what a folder lacks, and copies of edited files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.atomic_files import replace_files
from monitor.config.folder import kind_of_file, read_folder
from monitor.config.load import load
from monitor.config.safe_write import file_text, loaded_with
from monitor.config.schema import FOLDER, texts
from monitor.config.starter_files import PASSWORD_FILE, SHIPPED_DIGESTS, is_shipped, switch_outlets
from monitor.config.values import parse_zone, quoted, refuse
from monitor.errors import ConfigError
from monitor.query import Scope
from monitor.text.similar_names import did_you_mean

PACKAGE = Path(__file__).parents[1]
SAMPLE = PACKAGE / "sample" if (PACKAGE / "sample").is_dir() else PACKAGE.parent / "config"
"""The shipped outlets and names: inside an installed package (see pyproject.toml), or in the checkout."""
KEEP_OUTLETS = "keep"
OWNER_ONLY = 0o600


def starter_scope(directory: Path, data: Path) -> Scope:
    """Return the names and lists of the files, or the shipped ones where there are no files yet.

    Raises ConfigError where the files hold no usable configuration.
    """
    folder = directory if directory.is_dir() and read_folder(directory).texts else SAMPLE
    return load(folder, data=data).require_config().scope if folder.is_dir() else Scope()


def system_zone() -> str:
    """Return the name of the machine's time zone, or UTC where it has none."""
    name = os.environ.get("TZ", "").removeprefix(":") or os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    try:
        return parse_zone(name)
    except ValueError:
        return "UTC"


@dataclass(frozen=True, slots=True)
class OutletChoice:
    """The files of outlets to choose from: those of the folder, or the shipped ones where it has none.

    `files` are their paths by the names that a person chooses by, `texts` their texts by path.
    """

    files: Mapping[str, str]
    texts: Mapping[str, str]
    are_own: bool

    @property
    def default(self) -> str:
        """The answer of somebody who does not say."""
        return KEEP_OUTLETS if self.are_own else "all"

    def parse(self, text: str) -> tuple[str, ...] | None:
        """Return the names of the selected files, None to leave them as they are; raises ValueError with a hint."""
        names = tuple(self.files)
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        answers = {"all": names, "none": (), "later": (), KEEP_OUTLETS: None}
        if len(words) == 1 and words[0] in answers:
            return answers[words[0]]
        for word in words:
            if word not in names:
                known = f"all, none, {KEEP_OUTLETS}, or some of {', '.join(names)}"
                hint = did_you_mean(word, (*names, *answers)) or known
                raise refuse(f"{quoted(word)} is not among the files of outlets", hint)
        if not words:
            raise refuse("nothing chosen", "all, none, or some of them with commas between")
        return tuple(words)

    def texts_with(self, selected: tuple[str, ...] | None) -> dict[str, str]:
        """Return the files to write, by path, with the unselected ones switched off."""
        if selected is None:
            return {} if self.are_own else dict(self.texts)
        return {path: switch_outlets(self.texts[path], on=name in selected) for name, path in self.files.items()}


def outlet_choice(directory: Path) -> OutletChoice:
    """Return which files of outlets there are to choose from."""

    def outlet_files(folder: Path) -> dict[str, str]:
        found = read_folder(folder).texts if folder.is_dir() else {}
        return {path: text for path, text in sorted(found.items()) if kind_of_file(path) == "outlets"}

    own = outlet_files(directory)
    found = own or outlet_files(SAMPLE)
    files = {path.removeprefix("outlets/").rpartition(".")[0].lower(): path for path in found}
    return OutletChoice(files, found, bool(own))


def missing_files(directory: Path) -> dict[str, str]:
    """Return what a new folder lacks, by path: the shipped names, and the schemas for editors."""
    names = SAMPLE / "names.yaml"
    needs_names = not (directory / names.name).exists() and not (directory / names.stem).exists() and names.exists()
    schemas = {f"{FOLDER}/{name}": text for name, text in texts().items() if not (directory / FOLDER / name).exists()}
    return schemas | ({names.name: file_text(names)} if needs_names else {})


def edited_files(directory: Path, new_texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts on disk, by path, that a person wrote and the new texts would replace."""
    on_disk = {path: file_text(directory / path) for path in SHIPPED_DIGESTS}
    return {
        path: text for path, text in on_disk.items() if text not in ("", new_texts[path]) and not is_shipped(path, text)
    }


def copies_of(directory: Path, edited: Mapping[str, str]) -> dict[str, str]:
    """Return copies of edited files, under unused names whose suffix keeps them from being read as configuration."""
    copies = {}
    for path, text in edited.items():
        copy, number = f"{path}.bak", 1
        while (directory / copy).exists():
            number += 1
            copy = f"{path}.bak{number}"
        copies[copy] = text
    return copies


@dataclass(frozen=True, slots=True)
class StarterEdit:
    """The files to write, and the secrets, for their owner only; `write` writes all of them or none."""

    files: Mapping[Path, str]
    secrets: Mapping[Path, str]

    def write(self) -> None:
        """Write the files; raises MonitorError."""
        replace_files({**self.files, **self.secrets}, dict.fromkeys(self.secrets, OWNER_ONLY))


def starter_edit(directory: Path, data: Path, new_texts: Mapping[str, str], password: str) -> StarterEdit:
    """Return what changes with these texts (by path) and a password; raises ConfigError where they do not load."""
    loaded = loaded_with(directory, data, new_texts)
    if loaded.errors or loaded.config is None:
        raise ConfigError(loaded.errors or loaded.problems)
    files = {directory / path: text for path, text in new_texts.items() if text != file_text(directory / path)}
    return StarterEdit(files, {data / PASSWORD_FILE: password + "\n"} if password else {})
