"""The shipped names.yaml: large enough, in six languages, and free of contradictions."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.model import NameEntry
from monitor.query import Scope, check
from monitor.text.forms import expand_name
from monitor.text.tokens import canonical

FILE = Path(__file__).parents[2] / "config" / "names.yaml"
SCRIPTS = {"latin": ("A", "ɏ"), "cyrillic": ("Ѐ", "ԯ"), "arabic": ("؀", "ۿ"), "han": ("一", "鿿")}
WITH_BODIES = {"Russia", "Ukraine", "Turkey", "European Union"}
OTHERS = {"hebrew": ("א", "ת"), "greek": ("Ͱ", "Ͽ"), "hangul": ("가", "힣")}


def entries() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["names"]
    return listed


def spellings(entry: dict[str, Any]) -> list[str]:
    return [entry["name"], *entry.get("also", [])]


def scripts(text: str) -> set[str]:
    ranges = (SCRIPTS | OTHERS).items()
    return {next((name for name, (a, z) in ranges if a <= letter <= z), letter) for letter in text if letter.isalpha()}


def test_every_entry_has_the_known_keys_and_texts() -> None:
    for entry in entries():
        assert set(entry) <= {"name", "also", "not"}
        assert all(isinstance(text, str) and canonical(text) for text in [*spellings(entry), *entry.get("not", [])])


def test_three_hundred_are_spelled_out_in_the_scripts_of_six_languages() -> None:
    complete = [entry for entry in entries() if set(SCRIPTS) <= set().union(*map(scripts, spellings(entry)))]
    assert len(complete) >= 300
    assert len(complete) == len(entries())


def test_no_spelling_belongs_to_two() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in entries():
        for text in spellings(entry):
            owners[canonical(text)].add(entry["name"])
    assert {text: names for text, names in owners.items() if len(names) > 1} == {}


def test_nothing_is_both_added_and_removed() -> None:
    for entry in entries():
        removed = set(map(canonical, entry.get("not", [])))
        assert not removed & set(map(canonical, spellings(entry))), entry["name"]


def test_no_spelling_mixes_scripts_or_has_an_unknown_one() -> None:
    for entry in entries():
        for text in spellings(entry):
            for word in text.replace("-", " ").split():
                assert len(scripts(word)) <= 1, (entry["name"], word)
            assert scripts(text) <= set(SCRIPTS) | set(OTHERS), (entry["name"], text)


def test_what_one_entry_removes_is_another_man_or_would_really_be_found() -> None:
    everyone = {canonical(text) for entry in entries() for text in spellings(entry)}
    for entry in entries():
        bare = {entry["name"]: NameEntry(entry["name"], tuple(entry.get("also", ())))}
        found = {canonical(form.text) for form in expand_name(entry["name"], bare)}
        for text in map(canonical, entry.get("not", [])):
            holds = any(f" {form} " in f" {text} " for form in found)
            assert holds or text in everyone | {"руди", "руді"}, f"{entry['name']} removes {text} without need"


def test_no_spelling_is_written_twice() -> None:
    for entry in entries():
        assert len(set(spellings(entry))) == len(spellings(entry)), entry["name"]


def test_in_scripts_without_spaces_no_name_stands_inside_anothers() -> None:
    everyone = [(text, entry["name"]) for entry in entries() for text in spellings(entry) if scripts(text) == {"han"}]
    for entry in entries():
        removed = set(entry.get("not", []))
        for text in filter(lambda text: scripts(text) == {"han"}, spellings(entry)):
            inside = {(other, name) for other, name in everyone if text in other and name != entry["name"]}
            # A country's own ministries and companies begin with its name.
            ours = {pair for pair in inside if entry["name"] in WITH_BODIES and pair[0].startswith(text)}
            assert {other for other, _ in inside - ours} <= removed, (entry["name"], text)


@pytest.mark.parametrize("name", ["Peskov", "Istanbul"])
def test_peskov_and_istanbul_are_written_out(name: str) -> None:
    texts = {canonical(text) for entry in entries() if entry["name"] == name for text in spellings(entry)}
    wanted = {
        "Peskov": ["Пескова", "Пескову", "Песковым", "Пескове", "Пєсков", "Пєскова", "Пєсковим", "Peskov'un"],
        "Istanbul": ["Стамбула", "Стамбулу", "Стамбулом", "Стамбуле", "Стамбулі", "İstanbul'da", "İstanbul'daki"],
    }
    assert {canonical(text) for text in wanted[name]} <= texts


def test_no_rule_of_a_shipped_name_is_doubtful() -> None:
    named = {one["name"]: NameEntry(one["name"], tuple(one["also"]), tuple(one.get("not", ()))) for one in entries()}
    scope = Scope(names=lambda name: expand_name(name, named))
    said = {name: check(f'name("{name}")', scope)[1] for name in named}
    assert {name: remarks for name, remarks in said.items() if remarks} == {}
