"""Problems that appear only when the files are taken together, each with the files that may be to blame."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.errors import Problem


@dataclass(frozen=True, slots=True)
class CrossFileProblem:
    """A problem, the file that it shows in and the `others` that it takes to make it; `missing` is what it asks for."""

    problem: Problem
    others: tuple[str, ...] = ()
    missing: str = ""


@dataclass(slots=True)
class ProblemReport:
    """Collects faults and warnings; names in `lost` belong to entries that are wrong already and are not asked for."""

    lost: frozenset[str] = frozenset()
    faults: list[CrossFileProblem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def fault(self, problem: Problem, *, others: tuple[str, ...] = (), missing: str = "") -> None:
        """Note something that cannot stay; nothing is said about what is missing because of an earlier problem."""
        if missing.casefold() not in self.lost or not missing:
            self.faults.append(CrossFileProblem(problem, others, missing))

    def warn(self, parsed_file: ParsedFile, loc: Loc, message: str, hint: str = "") -> None:
        """Note something that a person should look at."""
        self.warnings.append(parsed_file.problem(loc, message, hint, severity="warning"))


@dataclass(slots=True)
class NameRegister:
    """Names of one kind, each of which may be given once; capitals make another name only where they are `exact`."""

    what: str
    report: ProblemReport
    exact: bool = False
    taken: dict[str, tuple[ParsedFile, Loc]] = field(default_factory=dict)

    def claim(self, name: str, parsed_file: ParsedFile, loc: Loc, shown: str = "") -> bool:
        """Take a name; where it is taken already, that is a fault which names both places (as `shown`, if given)."""
        key = name if self.exact else name.casefold()
        if key not in self.taken:
            self.taken[key] = parsed_file, loc
            return True
        first, at = self.taken[key]
        hint = f"it is in {first.path}:{first.line(at)} already"
        problem = parsed_file.problem(loc, f"{self.what} “{shown or name}” is there twice", hint)
        self.report.fault(problem, others=(first.path,))
        return False
