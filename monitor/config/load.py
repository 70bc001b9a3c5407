"""Load the configuration folder; a broken file keeps its last good content, and every problem is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from monitor.config.build_config import BuiltConfig, build_config
from monitor.config.config import Config, Loaded, Memo, Settings
from monitor.config.cross_file_problems import CrossFileProblem
from monitor.config.file_parser import ParsedFile, clear_caches, parse_file
from monitor.config.folder import Folder, kind_of_file, read_folder
from monitor.config.form_lookup import FormLookup
from monitor.config.forms_cache import FormsCache
from monitor.config.mail_templates import check_templates, digest_of
from monitor.config.models import MonitorFile, MonitorKeys
from monitor.config.outlet_entries import OutletIndex
from monitor.config.paused_collection import paused_collection
from monitor.config.settings import settings_of
from monitor.errors import Problem

NO_FILES: Mapping[str, str] = {}
EMPTIED_MESSAGE = "the file is empty now and was not"
EMPTIED_HINT = "to remove what it held, delete the file, or leave a line in it, such as a comment"
ALONE_MESSAGE = "the file stands alone here, and all that was watched and told is gone"
ALONE_HINT = "to remove all of it, leave another file with a comment in it"


@paused_collection()
def load(
    directory: Path,
    *,
    data: Path = Path("data"),
    fallback: Mapping[str, str] = NO_FILES,
    previous: Config | None = None,
) -> Loaded:
    """Load the files in `directory` and return the configuration in force, with every problem by file and line.

    `fallback` holds the last good text of each file (relative path); `previous` avoids work for what did not change.
    Relative files in the settings count from `data`. Each file stands or falls alone. Nothing is raised, whatever the
    files hold.
    """
    return _Loader(read_folder(directory), fallback, data, previous).run()


def load_texts(
    folder: Folder, data: Path, previous: Config | None = None, outlets: OutletIndex | None = None
) -> Loaded:
    """Return the configuration of texts and templates that were in force elsewhere, and of outlets that are given.

    Without, the outlets are those of the texts.
    """
    return _Loader(folder, folder.texts, data, previous, outlets).run()


def load_settings(directory: Path, *, data: Path = Path("data")) -> Settings | None:
    """Return only the settings, for commands that only use the database; None where monitor.yaml has problems."""
    texts = read_folder(directory).texts
    parsed = [
        parse_file(path, "monitor", text) for path, text in sorted(texts.items()) if kind_of_file(path) == "monitor"
    ]
    keys = parsed[0].model if parsed else MonitorFile()
    return settings_of(keys, data) if isinstance(keys, MonitorKeys) and not (parsed and parsed[0].problems) else None


def emptied(texts: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Tell whether a file has become blank, as after a half-finished save or on a full disk."""
    return any(not text.strip() and before.get(path, "").strip() for path, text in texts.items())


@dataclass
class _Loader:
    """One load: what is on disk, what was good before, and what is in force so far."""

    folder: Folder
    fallback: Mapping[str, str]
    data: Path
    previous: Config | None
    outlets: OutletIndex | None = None
    problems: list[Problem] = field(default_factory=list)
    in_force: dict[str, ParsedFile] = field(default_factory=dict)
    broken: dict[str, None] = field(default_factory=dict)

    def run(self) -> Loaded:
        """Collect the problems of all that is on disk, then replace wrong files until the rest fits together."""
        self.memo = self.previous.memo if self.previous else Memo(form_lookup=FormLookup(cache=FormsCache(self.data)))
        self.in_force = {path: self.read(path, text) for path, text in self.folder.texts.items()}
        self.changed = self.changed_files()
        self.problems += self.folder.problems + self.folder.warnings
        self.problems += [problem for parsed_file in self.in_force.values() for problem in parsed_file.problems]
        to_replace = dict.fromkeys(
            path for path, parsed_file in self.in_force.items() if parsed_file.problems and parsed_file.model
        )
        is_incomplete = self.replace_unreadable()
        built = self.build()
        self.problems += built.report.warnings
        # A missing name may be defined in a file that could not be read.
        suppressed = [fault for fault in built.report.errors if is_incomplete and fault.missing]
        self.problems += [self.with_culprit(fault) for fault in built.report.errors if fault not in suppressed]
        self.report_consequences(suppressed)
        while to_replace := to_replace | dict.fromkeys(map(self.culprit, built.report.errors)):
            for path in to_replace:
                self.fall_back(path)
            built = self.build()
            self.report_consequences(built.report.errors)
            to_replace = {}
        built.config.memo.form_lookup.save()
        clear_caches()
        return self.result(built)

    def read(self, path: str, text: str) -> ParsedFile:
        """Return the parsed file, reused where the text is the same; a file that was emptied counts as broken."""
        if emptied({path: text}, self.fallback):
            return ParsedFile(
                path, kind_of_file(path), text, problems=(Problem(path, 1, 1, EMPTIED_MESSAGE, EMPTIED_HINT),)
            )
        return self.memo.parsed_files.get((path, text)) or parse_file(path, kind_of_file(path), text)

    def changed_files(self) -> frozenset[str]:
        """Return the files whose text differs from the last good one, deleted files included."""
        texts = self.folder.texts
        return frozenset(path for path in {*texts, *self.fallback} if texts.get(path) != self.fallback.get(path))

    def replace_unreadable(self) -> bool:
        """Replace unreadable files by their last good content, and tell whether some file has none."""
        unreadable = [problem.file for problem in self.folder.problems if problem.file]
        unreadable += [path for path, parsed_file in self.in_force.items() if parsed_file.model is None]
        gone = self.fallback.keys() - self.folder.texts.keys() if self.is_bare() else ()
        for path in dict.fromkeys((*unreadable, *sorted(gone))):
            self.fall_back(path)
        return any(path not in self.in_force for path in unreadable)

    def is_bare(self) -> bool:
        """Tell, and report, whether all that is to be watched and told has gone, and only settings are left at most.

        That is more likely a disk that is not mounted, or another machine's folder, than a wish to remove everything.
        """
        if any(kind_of_file(path) != "monitor" for path in self.folder.texts):
            return False
        gone = sorted(path for path in self.fallback if kind_of_file(path) not in ("", "monitor"))
        if self.folder.texts and gone:
            self.problems.append(Problem(next(iter(self.folder.texts)), 1, 1, ALONE_MESSAGE, ALONE_HINT))
        return bool(gone) or not self.folder.texts

    def fall_back(self, path: str) -> None:
        """Put a file's last good content in force, or nothing where that does not fit either."""
        good = self.fallback.get(path)
        now = self.in_force.pop(path, None)
        first = path not in self.broken
        self.broken[path] = None
        if good is not None and first and kind_of_file(path) and (now is None or now.text != good):
            parsed_file = self.read(path, good)
            if not parsed_file.problems:
                self.in_force[path] = parsed_file

    def build(self) -> BuiltConfig:
        """Build the configuration of the files that are in force."""
        built = build_config(self.in_force.values(), self.data, self.memo, self.previous, self.outlets)
        self.memo = built.config.memo
        return built

    def culprit(self, fault: CrossFileProblem) -> str:
        """Return the file to blame for an error: the only one that changed, else the one whose change caused it."""
        newly_changed = [path for path in sorted(self.changed) if path not in self.broken]
        reporting_file = fault.problem.file
        if len(self.changed) == 1 and newly_changed:
            return newly_changed[0]
        if reporting_file in newly_changed or not self.fallback:
            return reporting_file
        candidates = [path for path in newly_changed if path in fault.others or self.has_lost(path, fault.missing)]
        return candidates[0] if candidates else reporting_file

    def has_lost(self, path: str, name: str) -> bool:
        """Tell whether a file held `name` before and does not any more."""
        before, now = self.fallback.get(path, ""), self.folder.texts.get(path, "")
        return bool(name) and name.casefold() in before.casefold() and name.casefold() not in now.casefold()

    def with_culprit(self, fault: CrossFileProblem) -> Problem:
        """Return the problem for people, with a note about the file to blame where it is another one."""
        culprit = self.culprit(fault)
        if culprit == fault.problem.file:
            return fault.problem
        what = "changed" if culprit in self.folder.texts else "is gone"
        note = f"{culprit} {what}: its last good content stays in force"
        if culprit not in self.fallback:
            note = f"{culprit} is new: nothing of it is in force until this is mended"
        return replace(fault.problem, hint="; ".join(part for part in (fault.problem.hint, note) if part))

    def report_consequences(self, faults: Iterable[CrossFileProblem]) -> None:
        """Report each file that is not in force because of another one, once."""
        known = {problem.file for problem in self.problems if problem.severity == "error"}
        for fault in faults:
            if fault.problem.file not in known:
                known.add(fault.problem.file)
                others = ", ".join(
                    path for path in self.broken if path not in self.in_force and path != fault.problem.file
                )
                hint = f"mend {others} first" if others else fault.problem.hint
                message = f"not in force, because {fault.problem.message}"
                self.problems.append(replace(fault.problem, message=message, hint=hint))

    def result(self, built: BuiltConfig) -> Loaded:
        """Return the result; there is no configuration without valid content of monitor.yaml, or of anything."""
        templates = check_templates(tuple(sorted(self.folder.templates.items())))
        self.problems += templates.problems
        digest = f"{built.config.digest}{digest_of(templates.usable)}"
        config = replace(built.config, templates=templates.usable, digest=digest)
        lost = [path for path in self.broken if path not in self.in_force and kind_of_file(path) == "monitor"]
        return Loaded(
            None if lost or not (self.in_force or self.outlets) else config,
            tuple(sorted(set(self.problems), key=_in_order)),
            {path: self.in_force[path].text for path in sorted(self.in_force)},
            tuple(sorted(self.broken)),
        )


def _in_order(problem: Problem) -> tuple[str, int, int, str, str]:
    """Return what problems are sorted by: their place, at one place errors before warnings."""
    return problem.file, problem.line, problem.column, problem.severity, problem.message
