"""Gather the people and teams of all files, and resolve each word of `to:` to recipients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from monitor.config.addresses import parse_address
from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.folder import files_of_kind
from monitor.config.model_errors import Loc
from monitor.config.models import PersonDefaults, PersonEntry
from monitor.config.values import list_meant, quoted
from monitor.text.similar_names import did_you_mean

NO_DEFAULTS = PersonDefaults()


@dataclass(frozen=True, slots=True)
class RecipientEntry:
    """An address, and what the files say about the person (nothing for a plain address)."""

    mail: str
    entry: PersonEntry | None = None
    defaults: PersonDefaults = NO_DEFAULTS


@dataclass(slots=True)
class People:
    """All people and teams, by name, address and team (names case-folded)."""

    report: ProblemReport
    by_name: dict[str, RecipientEntry] = field(default_factory=dict)
    by_address: dict[str, RecipientEntry] = field(default_factory=dict)
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    files: str = "people.yaml"

    def recipients(self, word: str, parsed_file: ParsedFile, loc: Loc) -> list[RecipientEntry]:
        """Return the recipients that one word of `to:` means; an unknown word is an error at `loc`."""
        return list(
            {recipient.mail.casefold(): recipient for recipient in self._expand(word, parsed_file, loc, ())}.values()
        )

    def _expand(
        self, word: str, parsed_file: ParsedFile, loc: Loc, outer_teams: tuple[str, ...]
    ) -> Iterator[RecipientEntry]:
        key = word.casefold()
        if key in outer_teams:
            path = " → ".join((*outer_teams, key))
            self.report.add_error(
                parsed_file.problem(loc, f"a team that contains itself: {path}", "take one of them out")
            )
        elif "@" in word:
            yield from self._address(word, parsed_file, loc)
        elif key in self.by_name:
            yield self.by_name[key]
        elif key in self.teams:
            for member in self.teams[key]:
                yield from self._expand(member, parsed_file, loc, (*outer_teams, key))
        elif not outer_teams:
            # An unknown member is reported once, where the team is defined, not at each use of the team.
            others = [name for name in self.names if name not in loc]
            hint = list_meant(word) or did_you_mean(word, others) or expected_recipient(self.files)
            self.report.add_error(parsed_file.problem(loc, f"nobody is called {quoted(word)}", hint), missing=word)

    def _address(self, word: str, parsed_file: ParsedFile, loc: Loc) -> Iterator[RecipientEntry]:
        try:
            mail = parse_address(word)
        except PydanticCustomError as error:
            context = error.context or {}
            hint = list_meant(word) or str(context.get("hint"))
            self.report.add_error(parsed_file.problem(loc, str(context.get("message")), hint))
        else:
            yield self.by_address.get(mail.casefold()) or RecipientEntry(mail)


def expected_recipient(files: str) -> str:
    """Return the hint that names what `to:` takes; `files` is where people are configured."""
    return f"a name of {files}, a team or a mail address"


def gather_people(parsed_files: Sequence[ParsedFile], report: ProblemReport) -> People:
    """Return every person and team; two of one name, or two people with one address, are errors."""
    people = People(report, files=files_of_kind("people", (parsed_file.path for parsed_file in parsed_files)))
    names, mails = NameRegister("person or team", report), NameRegister("address", report)
    teams: list[tuple[ParsedFile, Loc, tuple[str, ...]]] = []
    for parsed_file in parsed_files:
        defaults = getattr(parsed_file.model, "defaults", NO_DEFAULTS)
        for loc, entry in parsed_file.entries("people"):
            is_free = [
                names.claim(entry.name, parsed_file, (*loc, "name")),
                mails.claim(entry.mail, parsed_file, (*loc, "mail")),
            ]
            if all(is_free):
                recipient = RecipientEntry(entry.mail, entry, defaults)
                people.by_name[entry.name.casefold()] = people.by_address[entry.mail.casefold()] = recipient
                people.names.append(entry.name)
        for loc, members in parsed_file.entries("teams"):
            if names.claim(str(loc[-1]), parsed_file, loc):
                people.teams[str(loc[-1]).casefold()] = members
                people.names.append(str(loc[-1]))
                teams.append((parsed_file, loc, members))
    for parsed_file, loc, members in teams:
        for number, member in enumerate(members):
            people.recipients(member, parsed_file, (*loc, number))
    return people
