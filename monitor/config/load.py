"""A folder of files in, the configuration in force and every problem out; a bad file keeps its last good content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from monitor.config.build_config import BuiltConfig, build_config
from monitor.config.config import Config, Loaded, Memo, Settings
from monitor.config.cross_file_problems import CrossFileProblem
from monitor.config.file_parser import ParsedFile, let_go, parse_file
from monitor.config.folder import Folder, kind_of_file, read_folder
from monitor.config.form_lookup import FormLookup
from monitor.config.forms_cache import FormsCache
from monitor.config.models import MonitorFile, MonitorKeys
from monitor.config.settings import settings_of
from monitor.errors import Problem

NOTHING: Mapping[str, str] = {}
EMPTIED = "the file is empty now and was not"
REALLY = "to remove what it held, delete the file, or leave a line in it, such as a comment"


def load(
    directory: Path,
    *,
    data: Path = Path("data"),
    fallback: Mapping[str, str] = NOTHING,
    previous: Config | None = None,
) -> Loaded:
    """Read `directory`; `fallback` holds the last good text of each file (relative path), `previous` spares work.

    Relative files in the settings count from `data`. Every problem comes back at once, sorted by file and line; each
    file stands or falls alone. Nothing is raised, whatever the files hold.
    """
    return _Loading(read_folder(directory), fallback, data, previous).run()


def load_settings(directory: Path, *, data: Path = Path("data")) -> Settings | None:
    """The settings alone, as commands need them that only ask the database; None where monitor.yaml has problems."""
    texts = read_folder(directory).texts
    found = [
        parse_file(path, "monitor", text) for path, text in sorted(texts.items()) if kind_of_file(path) == "monitor"
    ]
    keys = found[0].model if found else MonitorFile()
    return settings_of(keys, data) if isinstance(keys, MonitorKeys) and not (found and found[0].problems) else None


def emptied(texts: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether some file has become blank, as a half-finished save or a full disk leaves it."""
    return any(not text.strip() and before.get(path, "").strip() for path, text in texts.items())


@dataclass
class _Loading:
    """One load: what is on disk, what was good before, and per file what is in force so far."""

    folder: Folder
    fallback: Mapping[str, str]
    data: Path
    previous: Config | None
    problems: list[Problem] = field(default_factory=list)
    live: dict[str, ParsedFile] = field(default_factory=dict)
    broken: dict[str, None] = field(default_factory=dict)

    def run(self) -> Loaded:
        """Look at all that is on disk for its problems, then replace what is wrong until everything fits together."""
        self.memo = self.previous.memo if self.previous else Memo(form_lookup=FormLookup(shelf=FormsCache(self.data)))
        self.live = {path: self.read(path, text) for path, text in self.folder.texts.items()}
        self.changed = self.changed_files()
        self.problems += self.folder.problems + self.folder.warnings
        self.problems += [problem for parsed_file in self.live.values() for problem in parsed_file.problems]
        wrong = dict.fromkeys(
            path for path, parsed_file in self.live.items() if parsed_file.problems and parsed_file.model
        )
        blind = self.replace_unreadable()
        world = self.assembled()
        self.problems += world.report.warnings
        # What is missing while some file shows nothing may well stand in that file.
        hidden = [fault for fault in world.report.faults if blind and fault.missing]
        self.problems += [self.told(fault) for fault in world.report.faults if fault not in hidden]
        self.consequences(hidden)
        while wrong := wrong | dict.fromkeys(map(self.culprit, world.report.faults)):
            for path in wrong:
                self.fall_back(path)
            world = self.assembled()
            self.consequences(world.report.faults)
            wrong = {}
        world.config.memo.form_lookup.put_away()
        let_go()
        return self.result(world)

    def read(self, path: str, text: str) -> ParsedFile:
        """A file as it was read last time, or read now; one that was emptied shows nothing, like a broken one."""
        if emptied({path: text}, self.fallback):
            return ParsedFile(path, kind_of_file(path), text, problems=(Problem(path, 1, 1, EMPTIED, REALLY),))
        return self.memo.parsed_files.get((path, text)) or parse_file(path, kind_of_file(path), text)

    def changed_files(self) -> frozenset[str]:
        """The files whose text is not the last good one, those that are gone among them."""
        texts = self.folder.texts
        return frozenset(path for path in {*texts, *self.fallback} if texts.get(path) != self.fallback.get(path))

    def replace_unreadable(self) -> bool:
        """Put the last good content in for what shows nothing of its own; whether some file has none."""
        unreadable = [problem.file for problem in self.folder.problems if problem.file]
        unreadable += [path for path, parsed_file in self.live.items() if parsed_file.model is None]
        # A folder without a single file is a disk that is not mounted rather than a wish.
        for path in unreadable if self.folder.texts else {*unreadable, *self.fallback}:
            self.fall_back(path)
        return any(path not in self.live for path in unreadable)

    def fall_back(self, path: str) -> None:
        """Put a file's last good content in force, or nothing where that is what does not fit."""
        good = self.fallback.get(path)
        now = self.live.pop(path, None)
        first = path not in self.broken
        self.broken[path] = None
        if good is not None and first and kind_of_file(path) and (now is None or now.text != good):
            parsed_file = self.read(path, good)
            if not parsed_file.problems:
                self.live[path] = parsed_file

    def assembled(self) -> BuiltConfig:
        """The world of the files that are in force."""
        world = build_config(self.live.values(), self.data, self.memo, self.previous)
        self.memo = world.config.memo
        return world

    def culprit(self, fault: CrossFileProblem) -> str:
        """Which file to take back for a fault: the only one that changed, else the one whose change made it."""
        fresh = [path for path in sorted(self.changed) if path not in self.broken]
        referring = fault.problem.file
        if len(self.changed) == 1 and fresh:
            return fresh[0]
        if referring in fresh or not self.fallback:
            return referring
        made = [path for path in fresh if path in fault.others or self.has_lost(path, fault.missing)]
        return made[0] if made else referring

    def has_lost(self, path: str, name: str) -> bool:
        """Whether a file spoke of `name` and does not any more."""
        before, now = self.fallback.get(path, ""), self.folder.texts.get(path, "")
        return bool(name) and name.casefold() in before.casefold() and name.casefold() not in now.casefold()

    def told(self, fault: CrossFileProblem) -> Problem:
        """The problem as people read it, with the file that is to blame where it is another one."""
        culprit = self.culprit(fault)
        if culprit == fault.problem.file:
            return fault.problem
        what = "changed" if culprit in self.folder.texts else "is gone"
        note = f"{culprit} {what}: its last good content stays in force"
        if culprit not in self.fallback:
            note = f"{culprit} is new: nothing of it is in force until this is mended"
        return replace(fault.problem, hint="; ".join(part for part in (fault.problem.hint, note) if part))

    def consequences(self, faults: Iterable[CrossFileProblem]) -> None:
        """Say which files are out of force because of another, once each."""
        known = {problem.file for problem in self.problems if problem.severity == "error"}
        for fault in faults:
            if fault.problem.file not in known:
                known.add(fault.problem.file)
                others = ", ".join(path for path in self.broken if path not in self.live and path != fault.problem.file)
                hint = f"mend {others} first" if others else fault.problem.hint
                message = f"not in force, because {fault.problem.message}"
                self.problems.append(replace(fault.problem, message=message, hint=hint))

    def result(self, world: BuiltConfig) -> Loaded:
        """What came of it; without any good content of monitor.yaml, or of any file, there is no configuration."""
        lost = [path for path in self.broken if path not in self.live and kind_of_file(path) == "monitor"]
        return Loaded(
            None if lost or not self.live else world.config,
            tuple(sorted(set(self.problems), key=lambda problem: (problem.file, problem.line, problem.column))),
            {path: self.live[path].text for path in sorted(self.live)},
            tuple(sorted(self.broken)),
        )
