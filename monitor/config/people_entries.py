"""Gather the people and teams of all files, and resolve each word of `to:` to recipients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from monitor.channels import ChannelOptions, EndpointOptions
from monitor.config.addresses import parse_address
from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.folder import files_of_kind
from monitor.config.model_errors import Loc
from monitor.config.people_models import ADDRESSES_OF_PERSON, MAIL, PersonDefaults, PersonEntry
from monitor.config.values import list_meant, quoted
from monitor.text.similar_names import did_you_mean

NO_DEFAULTS = PersonDefaults()


BY = " by "
"""Joins a person and the key of one address in `to:` (`ann by webhook`)."""


@dataclass(frozen=True, slots=True)
class RecipientEntry:
    """One address, and what the files say about the person (nothing for a plain address).

    `name` identifies the recipient: the mail address, or person and key of another address (`ann by webhook`, in small
    letters, since capitals make no other person). `key` is that of people.yaml, and `options` are those of an address
    that is no mail address.
    """

    name: str
    key: str = MAIL
    entry: PersonEntry | None = None
    defaults: PersonDefaults = NO_DEFAULTS
    options: ChannelOptions | None = None


@dataclass(frozen=True, slots=True)
class ToWord:
    """Where a word of `to:` stands, and by which addresses its rule tells people (none: the usual ones)."""

    parsed_file: ParsedFile
    loc: Loc
    by: tuple[str, ...] = ()


@dataclass(slots=True)
class People:
    """All people and teams, by name, mail address and team (names case-folded); a person has one or more addresses."""

    report: ProblemReport
    by_name: dict[str, tuple[RecipientEntry, ...]] = field(default_factory=dict)
    by_address: dict[str, RecipientEntry] = field(default_factory=dict)
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    files: str = "people.yaml"

    def recipients(
        self, word: str, parsed_file: ParsedFile, loc: Loc, by: tuple[str, ...] = ()
    ) -> list[RecipientEntry]:
        """Return the recipients that one word of `to:` means; an unknown word is an error at `loc`.

        `by` are the keys of the addresses by which people are told, where the rule names some.
        """
        found = self._expand(word, ToWord(parsed_file, loc, by))
        return list({recipient.name.casefold(): recipient for recipient in found}.values())

    def address_keys(self, words: Sequence[str], parsed_file: ParsedFile, loc: Loc) -> tuple[str, ...]:
        """Return the keys of addresses that a rule's `by:` names; an unknown one is an error at its place in `loc`."""
        for number, word in enumerate(words):
            if problem := unknown_address(word):
                self.report.add_error(parsed_file.problem((*loc, number), *problem))
        return tuple(word.casefold() for word in words if word.casefold() in ADDRESSES_OF_PERSON)

    def _expand(self, word: str, place: ToWord, outer_teams: tuple[str, ...] = ()) -> Iterator[RecipientEntry]:
        parsed_file, loc = place.parsed_file, place.loc
        key = word.casefold()
        name, key_of_address = split_recipient(word)
        if key in outer_teams:
            path = " → ".join((*outer_teams, key))
            self.report.add_error(
                parsed_file.problem(loc, f"a team that contains itself: {path}", "take one of them out")
            )
        elif "@" in word:
            yield from self._address(word, parsed_file, loc)
        elif key in self.by_name:
            yield from self._addresses(self.by_name[key], place)
        elif key in self.teams:
            for member in self.teams[key]:
                yield from self._expand(member, place, (*outer_teams, key))
        elif name in self.by_name:
            yield from self._address_by_key(word, parsed_file, loc)
        elif name in self.teams:
            hint = f"name its people, like {quoted(f'ann{BY}{key_of_address}')}"
            self.report.add_error(parsed_file.problem(loc, "a team has no address of its own", hint))
        elif not outer_teams:
            # An unknown member is reported once, where the team is defined, not at each use of the team.
            others = [name for name in self.names if name not in loc]
            unknown = word[: key.rfind(BY)] if BY in key else word
            hint = list_meant(word) or did_you_mean(unknown, others) or expected_recipient(self.files)
            problem = parsed_file.problem(loc, f"nobody is called {quoted(unknown)}", hint)
            self.report.add_error(problem, missing=unknown)

    def _addresses(self, addresses: tuple[RecipientEntry, ...], place: ToWord) -> Iterator[RecipientEntry]:
        """Yield those of a person's addresses that are meant; that the rule's `by:` names none of them is an error.

        That the person's own `by:` names none is one where that stands.
        """
        found = [one for one in addresses if one.key in place.by] if place.by else usual_addresses(addresses)
        if not found and place.by and addresses[0].entry:
            problem = no_address(addresses[0].entry.name, " or ".join(place.by), [one.key for one in addresses])
            self.report.add_error(place.parsed_file.problem(place.loc, *problem))
        yield from found

    def _address(self, word: str, parsed_file: ParsedFile, loc: Loc) -> Iterator[RecipientEntry]:
        try:
            mail = parse_address(word)
        except PydanticCustomError as error:
            context = error.context or {}
            hint = list_meant(word) or str(context.get("hint"))
            self.report.add_error(parsed_file.problem(loc, str(context.get("message")), hint))
        else:
            yield self.by_address.get(mail.casefold()) or RecipientEntry(mail)

    def _address_by_key(self, word: str, parsed_file: ParsedFile, loc: Loc) -> Iterator[RecipientEntry]:
        """Yield the address that `ann by webhook` means; that the person has none of that key is an error at `loc`."""
        name, key = split_recipient(word)
        addresses = self.by_name[name]
        found = [one for one in addresses if one.key == key]
        if not found:
            person = addresses[0].entry.name if addresses[0].entry else name
            problem = no_address(person, key, [one.key for one in addresses])
            self.report.add_error(parsed_file.problem(loc, *problem))
        yield from found


def split_recipient(word: str) -> tuple[str, str]:
    """Return person and key of an address that a word like `ann by webhook` names, case-folded."""
    name, _, key = word.casefold().rpartition(BY)
    return name.strip(), key.strip()


def usual_addresses(addresses: tuple[RecipientEntry, ...]) -> list[RecipientEntry]:
    """Return the addresses that a rule means which names only the person: those of `by:`, or else all."""
    entry = addresses[0].entry
    keys = [key.casefold() for key in entry.by or ()] if entry else []
    return [one for one in addresses if not keys or one.key in keys]


def unknown_address(word: str) -> tuple[str, str] | None:
    """Return message and hint for a word of `by:` that is the key of no address; None for such a key."""
    if word.casefold() in ADDRESSES_OF_PERSON:
        return None
    hint = did_you_mean(word, ADDRESSES_OF_PERSON) or f"one of: {', '.join(ADDRESSES_OF_PERSON)}"
    return f"{quoted(word)} is no address of a person", hint


def no_address(person: str, key: str, keys: Sequence[str]) -> tuple[str, str]:
    """Return message and hint for a key of which a person has no address."""
    hint = did_you_mean(key, keys) if key not in ADDRESSES_OF_PERSON and " " not in key else ""
    return f"{quoted(person)} has no {quoted(key)}", hint or f"what the person has: {', '.join(keys)}"


def expected_recipient(files: str) -> str:
    """Return the hint that names what `to:` takes; `files` is where people are configured."""
    return f"a name of {files}, a team or a mail address"


def gather_people(parsed_files: Sequence[ParsedFile], report: ProblemReport) -> People:
    """Return every person and team; two of one name, or two people with one address, are errors."""
    people = People(report, files=files_of_kind("people", (parsed_file.path for parsed_file in parsed_files)))
    names, addresses = NameRegister("person or team", report), NameRegister("address", report)
    endpoints = NameRegister("address", report, is_case_sensitive=True)
    teams: list[tuple[ParsedFile, Loc, tuple[str, ...]]] = []
    for parsed_file in parsed_files:
        defaults = getattr(parsed_file.model, "defaults", NO_DEFAULTS)
        for loc, entry in parsed_file.entries("people"):
            found = tuple(_addresses(entry, defaults))
            is_free = [names.claim(entry.name, parsed_file, (*loc, "name"))]
            is_free += [addresses.claim(one.name, parsed_file, (*loc, MAIL)) for one in found if one.key == MAIL]
            # A person or team of such a name would take what is meant for the address.
            others = [one for one in found if one.key != MAIL]
            is_free += [names.claim(one.name, parsed_file, (*loc, one.key)) for one in others]
            is_free += [_claim_endpoint(endpoints, one, parsed_file, loc) for one in others]
            _check_by(entry, [one.key for one in found], parsed_file, loc, report)
            if all(is_free):
                people.by_name[entry.name.casefold()] = found
                people.by_address |= {one.name.casefold(): one for one in found if one.key == MAIL}
                people.names.append(entry.name)
            elif entry.name.casefold() not in people.by_name:
                # What names the person further on is no mistake of its own.
                report.lost_names |= {entry.name.casefold()}
        for loc, members in parsed_file.entries("teams"):
            if names.claim(str(loc[-1]), parsed_file, loc):
                people.teams[str(loc[-1]).casefold()] = members
                people.names.append(str(loc[-1]))
                teams.append((parsed_file, loc, members))
    for parsed_file, loc, members in teams:
        for number, member in enumerate(members):
            people.recipients(member, parsed_file, (*loc, number))
    return people


def _check_by(
    entry: PersonEntry, keys: Sequence[str], parsed_file: ParsedFile, loc: Loc, report: ProblemReport
) -> None:
    """Report each word of a person's `by:` that is the key of none of its addresses."""
    for number, key in enumerate(entry.by or ()):
        if key.casefold() not in keys:
            report.add_error(parsed_file.problem((*loc, "by", number), *no_address(entry.name, key, keys)))


def _addresses(entry: PersonEntry, defaults: PersonDefaults) -> Iterator[RecipientEntry]:
    """Yield every address of a person."""
    for key in ADDRESSES_OF_PERSON:
        address = getattr(entry, key)
        if isinstance(address, ChannelOptions):
            yield RecipientEntry(f"{entry.name.casefold()}{BY}{key}", key, entry, defaults, address)
        elif address:
            yield RecipientEntry(address, MAIL, entry, defaults)


def _claim_endpoint(endpoints: NameRegister, recipient: RecipientEntry, parsed_file: ParsedFile, loc: Loc) -> bool:
    """Register an address, which two people cannot share; it may hold a secret, and is not shown whole."""
    options = recipient.options
    if not isinstance(options, EndpointOptions):
        return True
    identity = f"{recipient.key} {options.identity}"
    return endpoints.claim(identity, parsed_file, (*loc, recipient.key), shown=options.shown)
