"""People and teams of all files: readings in, who is behind each word of `to:` out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from monitor.config.addresses import parse_address
from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.folder import home_of
from monitor.config.model_errors import Loc
from monitor.config.models import PersonDefaults, PersonEntry
from monitor.config.values import list_meant, nearest, quoted

NO_DEFAULTS = PersonDefaults()


@dataclass(frozen=True, slots=True)
class RecipientEntry:
    """One recipient: the address, and what the files say of the person behind it (nothing for a plain address)."""

    mail: str
    entry: PersonEntry | None = None
    defaults: PersonDefaults = NO_DEFAULTS


@dataclass(slots=True)
class People:
    """Everybody that rules can tell, by name, address and team (names folded)."""

    report: ProblemReport
    by_name: dict[str, RecipientEntry] = field(default_factory=dict)
    by_mail: dict[str, RecipientEntry] = field(default_factory=dict)
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spelled: list[str] = field(default_factory=list)
    home: str = "people.yaml"

    def readers(self, word: str, parsed_file: ParsedFile, loc: Loc) -> list[RecipientEntry]:
        """Who is meant by one word of `to:`; a word that means nobody is a fault at `loc`."""
        return list({reader.mail.casefold(): reader for reader in self._behind(word, parsed_file, loc, ())}.values())

    def _behind(self, word: str, parsed_file: ParsedFile, loc: Loc, above: tuple[str, ...]) -> Iterator[RecipientEntry]:
        key = word.casefold()
        if key in above:
            path = " → ".join((*above, key))
            self.report.fault(parsed_file.problem(loc, f"a team that contains itself: {path}", "take one of them out"))
        elif "@" in word:
            yield from self._address(word, parsed_file, loc)
        elif key in self.by_name:
            yield self.by_name[key]
        elif key in self.teams:
            for member in self.teams[key]:
                yield from self._behind(member, parsed_file, loc, (*above, key))
        elif not above:
            # What a team's member means is said where the team is.
            others = [name for name in self.spelled if name not in loc]
            hint = list_meant(word) or nearest(word, others) or f"a name of {self.home}, a team or a mail address"
            self.report.fault(parsed_file.problem(loc, f"nobody is called {quoted(word)}", hint), missing=word)

    def _address(self, word: str, parsed_file: ParsedFile, loc: Loc) -> Iterator[RecipientEntry]:
        try:
            mail = parse_address(word)
        except PydanticCustomError as error:
            context = error.context or {}
            hint = list_meant(word) or str(context.get("hint"))
            self.report.fault(parsed_file.problem(loc, str(context.get("message")), hint))
        else:
            yield self.by_mail.get(mail.casefold()) or RecipientEntry(mail)


def gather_people(parsed_files: Sequence[ParsedFile], report: ProblemReport) -> People:
    """Every person and team; two of one name, or two people with one address, are faults."""
    people = People(report, home=home_of("people", (parsed_file.path for parsed_file in parsed_files)))
    names, mails = NameRegister("person or team", report), NameRegister("address", report)
    teams: list[tuple[ParsedFile, Loc, tuple[str, ...]]] = []
    for parsed_file in parsed_files:
        defaults = getattr(parsed_file.model, "defaults", NO_DEFAULTS)
        for loc, entry in parsed_file.entries("people"):
            free = [
                names.claim(entry.name, parsed_file, (*loc, "name")),
                mails.claim(entry.mail, parsed_file, (*loc, "mail")),
            ]
            if all(free):
                reader = RecipientEntry(entry.mail, entry, defaults)
                people.by_name[entry.name.casefold()] = people.by_mail[entry.mail.casefold()] = reader
                people.spelled.append(entry.name)
        for loc, members in parsed_file.entries("teams"):
            if names.claim(str(loc[-1]), parsed_file, loc):
                people.teams[str(loc[-1]).casefold()] = members
                people.spelled.append(str(loc[-1]))
                teams.append((parsed_file, loc, members))
    for parsed_file, loc, members in teams:
        for number, member in enumerate(members):
            people.readers(member, parsed_file, (*loc, number))
    return people
