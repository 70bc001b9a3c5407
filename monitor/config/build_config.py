"""Build the configuration from all parsed files, and collect the problems that appear only when they are combined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from monitor.config.codes import LANGUAGES, language_meant
from monitor.config.config import Config, Endpoint, Memo, Person
from monitor.config.cross_checks import cross_check
from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.dates import holiday_in_zone
from monitor.config.file_parser import ParsedFile
from monitor.config.form_lookup import FormLookup
from monitor.config.key_types import RouteDefaults
from monitor.config.language_checks import check_languages
from monitor.config.models import MonitorFile, MonitorKeys
from monitor.config.outlet_entries import OutletIndex, gather_outlets
from monitor.config.people_entries import People, RecipientEntry, gather_people
from monitor.config.query_checks import check_rules, report_rules
from monitor.config.query_dependencies import QueryDependencies
from monitor.config.rule_entries import RouteContext, Rules, gather_rules
from monitor.config.settings import channel_of, settings_of
from monitor.config.vocabulary import Vocabulary, check_lists, gather_vocabulary
from monitor.query import RuleIndex, Scope


@dataclass(frozen=True, slots=True)
class BuiltConfig:
    """A configuration built from the files, and the problems between them."""

    config: Config
    report: ProblemReport


def build_config(
    parsed_files: Iterable[ParsedFile],
    data: Path,
    memo: Memo,
    previous: Config | None = None,
    outlet_index: OutletIndex | None = None,
) -> BuiltConfig:
    """Build a configuration from the valid entries of all files.

    `memo` and the indexes of `previous` avoid the work for what did not change; relative files count from `data`. The
    outlets are those of an index that is given, else of the files.
    """
    files = sorted(parsed_files, key=lambda parsed_file: parsed_file.path)
    report = ProblemReport(frozenset(name.casefold() for parsed_file in files for name in parsed_file.lost_names))
    report.warnings += [warning for parsed_file in files for warning in parsed_file.warnings]
    keys = _monitor_keys(files)
    people = gather_people(files, report)
    outlet_index = outlet_index or gather_outlets(files, keys, data, report)
    queries = NameRegister("rule or list", report, is_case_sensitive=True)
    rules = gather_rules(files, RouteContext(people, keys, channel_of(keys)), queries)
    vocabulary = gather_vocabulary(files, queries, report)
    form_lookup = memo.form_lookup.for_entries(vocabulary.names)
    scope = _scope(outlet_index, rules, vocabulary, form_lookup)
    dependencies = QueryDependencies(scope, vocabulary.names, form_lookup.entry_digest)
    valid_lists = check_lists(vocabulary, scope, dependencies, memo.valid_lists, report)
    checked = check_rules(rules, scope, dependencies, memo.checked)
    report_rules(rules, checked, scope, report)
    cross_check(files, keys, data, report)
    compiled = {name: check.compiled for name, check in checked.items() if check.compiled and rules.rules[name].active}
    check_languages(outlet_index, compiled, scope, report)
    waits_for_text = dict.fromkeys(name for name in compiled if rules.rules[name].wait_for_text)
    settings = settings_of(keys, data)
    config = Config(
        outlet_index.outlets,
        rules.rules,
        compiled,
        RuleIndex.build(
            (compiled[name] for name in compiled if name not in waits_for_text), previous.index if previous else None
        ),
        RuleIndex.build((compiled[name] for name in waits_for_text), previous.waiting if previous else None),
        vocabulary.names,
        vocabulary.lists,
        settings,
        scope,
        _people(people, keys),
        {one.recipient: one for one in (*settings.operator_endpoints, *_endpoints(people))},
        people.teams,
        tuple(sorted(report.warnings, key=lambda problem: (problem.file, problem.line, problem.column))),
        _digest(files),
        Memo({(one.path, one.text): one for one in files}, checked, valid_lists, form_lookup),
        {name: parsed_file.path for name, (parsed_file, _) in rules.places.items()},
        outlet_index.sites,
        outlet_index.feeds,
    )
    return BuiltConfig(config, report)


def _monitor_keys(files: Iterable[ParsedFile]) -> MonitorKeys:
    monitor = next((parsed_file for parsed_file in files if parsed_file.kind == "monitor"), None)
    return monitor.model if monitor and isinstance(monitor.model, MonitorKeys) else MonitorFile()


def _scope(outlet_index: OutletIndex, rules: Rules, vocabulary: Vocabulary, form_lookup: FormLookup) -> Scope:
    return Scope(
        outlets=frozenset(outlet_index.names),
        groups={group: tuple(outlets) for group, outlets in outlet_index.groups.items()},
        countries=frozenset(outlet_index.countries),
        # Any language, because that of an article is detected where the outlet declares none.
        languages=LANGUAGES | outlet_index.languages,
        language_hint=language_meant,
        lists=vocabulary.lists,
        queries={name: rule.query for name, rule in rules.rules.items()},
        words=form_lookup.words,
        names=form_lookup.names,
        known=form_lookup.is_known,
    )


def _people(people: People, keys: MonitorKeys) -> dict[str, Person]:
    found = (_person(addresses, keys) for addresses in people.by_name.values())
    return {person.name: person for person in found if person}


def _person(addresses: Sequence[RecipientEntry], keys: MonitorKeys) -> Person | None:
    entry, defaults = addresses[0].entry, addresses[0].defaults
    if entry is None:
        return None
    zone = entry.timezone or defaults.timezone or keys.timezone
    ways, recipients = tuple(one.key for one in addresses), tuple(one.name for one in addresses)
    shared = defaults.shared if entry.shared is None else entry.shared
    told = tuple(getattr(defaults if getattr(entry, key) is None else entry, key) for key in RouteDefaults.model_fields)
    return Person(entry.name, ways, recipients, zone, holiday_in_zone(entry.away, zone), bool(shared), told)


def _endpoints(people: People) -> Iterator[Endpoint]:
    for recipient in (one for addresses in people.by_name.values() for one in addresses):
        if recipient.options is not None:
            yield Endpoint(recipient.name, recipient.key, recipient.options)


def _digest(files: Iterable[ParsedFile]) -> str:
    digest = blake2b(digest_size=16)
    for parsed_file in files:
        for text in (parsed_file.path, parsed_file.text):
            raw = text.encode("utf-8", "surrogatepass")
            digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()
