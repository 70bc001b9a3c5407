"""Check what a new rule is called and whom it tells, and put it into the files together with the others."""

from __future__ import annotations

from pathlib import Path

from monitor.config.addresses import parse_address
from monitor.config.append_entry import RuleDraft, append_entry
from monitor.config.config import Config, Loaded
from monitor.config.cross_checks import SAMPLE_MESSAGE, is_sample
from monitor.config.people_entries import expected_recipient, no_address, split_recipient, unknown_address
from monitor.config.safe_write import CheckedEdit, checked_edit, file_to_extend
from monitor.config.values import list_meant, quoted, reason
from monitor.text.similar_names import did_you_mean


def add_rule(directory: Path, data: Path, before: Loaded, draft: RuleDraft) -> CheckedEdit:
    """Return the edit that adds a rule to the file where rules are; nothing is written yet.

    Raises ConfigError where the files do not load with it, and MonitorError where the file cannot be extended.
    """
    path = file_to_extend(directory, "rules")
    return checked_edit(directory, data, path, lambda text: append_entry(text, "rules", draft), before)


def existing_place(config: Config, name: str) -> str:
    """Return the file and line where a rule or list of this name exists, whatever its case, or an empty string."""
    for parsed_file in config.memo.parsed_files.values():
        for section in ("rules", "lists"):
            for loc, entry in parsed_file.entries(section):
                if str(loc[-1] if section == "lists" else entry.name).casefold() == name.casefold():
                    return f"{parsed_file.path}:{parsed_file.line(loc)}"
    return ""


def parse_by(text: str) -> tuple[str, ...]:
    """Return the keys of addresses in `mail,telegram`, each once; raise ValueError that says which word is none."""
    keys = tuple(dict.fromkeys(word.strip().casefold() for word in text.split(",") if word.strip()))
    for key in keys:
        if problem := unknown_address(key):
            message, hint = problem
            raise ValueError(f"{message}; {hint}")
    return keys


def recipient_problem(config: Config, word: str) -> str:
    """Return what is wrong with a word of `to:`, or an empty string."""
    if list_meant(word):
        return f"{quoted(word)} are several: give each by itself"
    if "@" in word:
        try:
            parse_address(word)
        except ValueError as error:
            return reason(error)
        return f"{SAMPLE_MESSAGE} {word}" if config.settings.channel == "email" and is_sample(word) else ""
    people = {person.name.casefold(): person for person in config.people.values()}
    names = [*(person.name for person in people.values()), *config.teams]
    if word.casefold() in {name.casefold() for name in names}:
        return ""
    name, key = split_recipient(word)
    if person := people.get(name):
        message, hint = no_address(person.name, key, person.addresses)
        return "" if key in person.addresses else f"{message} ({hint})"
    hint = did_you_mean(word, names) or expected_recipient(config.files_of("people"))
    return f"nobody is called {quoted(word)} ({hint})"
