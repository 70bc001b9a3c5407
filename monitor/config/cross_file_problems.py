"""Collect the problems that appear only when the files are combined, with the files that may have caused them."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.errors import Problem


@dataclass(frozen=True, slots=True)
class CrossFileProblem:
    """A problem, and the `others` files that contribute to it; `missing` is the name that it needs."""

    problem: Problem
    others: tuple[str, ...] = ()
    missing: str = ""


@dataclass(slots=True)
class ProblemReport:
    """Collects errors and warnings; `lost_names` belong to entries that are reported already."""

    lost_names: frozenset[str] = frozenset()
    errors: list[CrossFileProblem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def add_error(self, problem: Problem, *, others: tuple[str, ...] = (), missing: str = "") -> None:
        """Add an error, unless it follows from a name that is missing because of an earlier problem."""
        if missing.casefold() not in self.lost_names or not missing:
            self.errors.append(CrossFileProblem(problem, others, missing))

    def warn(self, parsed_file: ParsedFile, loc: Loc, message: str, hint: str = "") -> None:
        """Add a warning."""
        self.warnings.append(parsed_file.problem(loc, message, hint, severity="warning"))


@dataclass(slots=True)
class NameRegister:
    """Names of one kind, each of which may be used once."""

    kind: str
    report: ProblemReport
    is_case_sensitive: bool = False
    claimed: dict[str, tuple[ParsedFile, Loc]] = field(default_factory=dict)

    def claim(self, name: str, parsed_file: ParsedFile, loc: Loc, shown: str = "") -> bool:
        """Register a name and return True; where it is registered already, report an error with both places.

        `shown` is the name as the error prints it, where it must not show the name itself.
        """
        key = name if self.is_case_sensitive else name.casefold()
        if key not in self.claimed:
            self.claimed[key] = parsed_file, loc
            return True
        first, at = self.claimed[key]
        hint = f"it is in {first.path}:{first.line(at)} already"
        problem = parsed_file.problem(loc, f"{self.kind} “{shown or name}” is there twice", hint)
        self.report.add_error(problem, others=(first.path,))
        return False
