"""The tables of hard cases in docs/names.md, row by row, read by the matcher that runs live."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import yaml

from monitor.model import Article, NameEntry, Outlet
from monitor.query import Compiled, Scope, compile_query, document
from monitor.text.forms import expand_name, expand_word
from monitor.text.tokens import canonical

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@cache
def shipped() -> dict[str, NameEntry]:
    listed = yaml.safe_load((ROOT / "config" / "names.yaml").read_text(encoding="utf-8"))["names"]
    entries = (NameEntry(one["name"], tuple(one.get("also", ())), tuple(one.get("not", ()))) for one in listed)
    return {entry.name: entry for entry in entries}


def tables() -> list[tuple[bool, str, str, list[str], list[str]]]:
    """Whether with names.yaml, language, rule, what it finds and what it does not, of each row of the page."""
    page = (ROOT / "docs" / "names.md").read_text(encoding="utf-8").partition("## Hard cases")[2]
    shipped_part, _, bare_part = page.partition("### Without names.yaml")
    return [(is_shipped, *row) for is_shipped, part in ((True, shipped_part), (False, bare_part)) for row in rows(part)]


def rows(part: str) -> list[tuple[str, str, list[str], list[str]]]:
    lines = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line] for line in lines][2:]
    return [
        (language, rule.strip("`"), finds.split("; "), others.split("; ")) for language, rule, finds, others in cells
    ]


@cache
def compiled(rule: str, *, is_shipped: bool) -> Compiled:
    entries = shipped() if is_shipped else {}
    return compile_query("rule", rule, Scope(words=expand_word, names=lambda name: expand_name(name, entries)))


def test_the_tables_cover_ten_languages_and_every_case_that_was_asked_for() -> None:
    assert len({row[1] for row in tables()}) >= 10
    assert len(tables()) >= 120
    found = {text for row in tables() for text in row[3]}
    assert len(found) > 300
    assert any("\u00ad" in text for text in found)


@pytest.mark.parametrize(("is_shipped", "language", "rule", "finds", "others"), tables())
def test_hard_case(is_shipped: bool, language: str, rule: str, finds: list[str], others: list[str]) -> None:
    def matches(text: str) -> bool:
        read = document(Article("outlet", "", "", body=text, language=language), Outlet("outlet", "", ()))
        return compiled(rule, is_shipped=is_shipped).match(read, NOW) is not None

    assert [text for text in finds if not matches(text)] == []
    assert [text for text in others if text and matches(text)] == []


def test_the_surname_alone_is_listed_with_less_than_the_second_signal_needs() -> None:
    alone = [form for form in expand_name("Dmitry Peskov", {}) if form.source == "surname"]
    assert {canonical(form.text) for form in alone} >= {"peskov", "песков", "пескова"}
    assert all(form.confidence < 0.6 for form in alone)


@pytest.mark.parametrize("name", ["Kim Jong Un", "Ким Чен Ын", "Jet Li"])
def test_a_surname_of_two_letters_is_never_looked_for_alone(name: str) -> None:
    assert not [form for form in expand_name(name, {}) if form.source == "surname" and len(form.text) < 3]


def test_a_name_that_is_a_word_as_well_is_marked() -> None:
    marked = {form.text for form in expand_name("Песков", {}) if form.common}
    assert "Песков" in marked
    assert "Песковым" not in marked


def test_not_removes_a_form_and_also_stays() -> None:
    entry = NameEntry("Rudd", ("Радд",), ("Раддом",))
    texts = {form.text for form in expand_name("Rudd", {"Rudd": entry})}
    assert "Радда" in texts
    assert "Раддом" not in texts


def test_a_language_that_the_file_covers_is_not_guessed_in() -> None:
    entry = NameEntry("Baker", ("Бейкер", "Бейкер"))
    forms = expand_name("Baker", {"Baker": entry})
    texts = {form.text for form in forms if form.language != "bg"}
    assert "Бейкера" in texts
    assert "Бейкър" in {form.text for form in forms if form.language == "bg"}
    assert "Бакер" not in texts
    assert "Бакер" in {form.text for form in expand_name("Baker", {})}


def test_an_entry_is_found_by_any_of_its_spellings() -> None:
    assert "Peskov" in {form.text for form in expand_name("Песков", shipped())}
    assert "بيسكوف" in {form.text for form in expand_name("Peskow", shipped())}


def test_a_full_name_uses_what_is_known_of_the_surname() -> None:
    texts = {canonical(form.text) for form in expand_name("Kaja Kallas", {"Kallas": NameEntry("Kallas", ("Каллас",))})}
    assert "кая каллас" in texts
    assert "к каллас" in texts


def test_fifty_spellings_each_for_many_names_are_all_found() -> None:
    entries = {
        name: NameEntry(name, tuple(f"{name}{a}{b}ov" for a in "aeiou" for b in "bdgklmnrst"))
        for name in (f"Sk{a}{b}{c}" for a in "aeiou" for b in "bdgkl" for c in ("an", "er", "ov", "in"))
    }
    total = sum(len(expand_name(name, entries)) for name in entries)
    assert total >= 50 * len(entries)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Усама бін Ладен", "Usama bin Laden"),
        ("Леонардо Ді Капріо", "Leonardo di Kaprio"),
        ("Анна ван ден Берг", "Anna van den Berg"),
        ("Ден Браун", "Den Braun"),
    ],
)
def test_the_small_words_of_a_name_are_known_in_every_script_with_capitals(name: str, other: str) -> None:
    assert other in [form.text for form in expand_name(name, {})]


def test_a_greek_given_name_is_declined_beside_a_surname_that_the_file_lists() -> None:
    entry = NameEntry("Mitsotakis", ("Μητσοτάκης",))
    assert "Κυριακου Μητσοτακη" in [form.text for form in expand_name("Kyriakos Mitsotakis", {entry.name: entry})]
