"""A form is added to a name or taken away in the files; what contradicts that is told with its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from monitor.config.name_edits import Key, NameChange, NameEdit, edit_name, form_problem, form_warning, unchanged_reason
from monitor.config.safe_write import CheckedEdit
from monitor.errors import ConfigError, MonitorError
from monitor.model import NameEntry
from tests.config.helpers import OUTLET, good, loaded

RULES = "rules: [{name: Rudd, to: [desk@mail.test], query: name(Rudd)}]\n"
NAMES = "names:\n  - {name: Rudd, also: [Радд], not: [Руди]}\n  - {name: Peskov, also: [Песков]}\n"


def edit(folder: Path, change: NameChange, files: Mapping[str, str]) -> NameEdit:
    before = loaded(folder, {"outlets.yaml": OUTLET, "rules.yaml": RULES, **files})
    return edit_name(folder, folder / "data", before, change)


def checked(made: NameEdit) -> CheckedEdit:
    """The edit of a change that writes something."""
    assert made.edit is not None
    return made.edit


@pytest.mark.parametrize("name", ["Rudd", "rudd", "Радд"])
def test_an_entry_is_found_by_each_of_its_spellings(tmp_path: Path, name: str) -> None:
    made = edit(tmp_path, NameChange(name, "not", ("Руді", "руді")), {"names.yaml": NAMES})
    assert (made.entry, made.place, made.forms) == ("Rudd", "names.yaml:2", ("Руді",))
    checked(made).write()
    assert good(tmp_path, {}).names["Rudd"] == NameEntry("Rudd", ("Радд",), ("Руди", "Руді"))
    assert checked(made).config.names["Rudd"] == NameEntry("Rudd", ("Радд",), ("Руди", "Руді"))


@pytest.mark.parametrize(
    ("files", "written"),
    [
        ({}, "names.yaml"),
        ({"names.yaml": "# none yet\n"}, "names.yaml"),
        ({"names.yaml": NAMES, "names/more.yaml": "names: [{name: A}]\n"}, "names.yaml"),
        ({"names/people.yaml": NAMES}, "names/people.yaml"),
        ({"names/people.yaml": NAMES, "names/places.yaml": "names: [{name: A}]\n"}, "names/added.yaml"),
    ],
)
def test_a_new_entry_goes_where_names_are(tmp_path: Path, files: Mapping[str, str], written: str) -> None:
    made = edit(tmp_path, NameChange("Lavrov", "also", ("Лавров",)), files)
    assert (checked(made).file, made.place) == (tmp_path / written, "")
    checked(made).write()
    assert good(tmp_path, {}).names["Lavrov"] == NameEntry("Lavrov", ("Лавров",))


def test_of_two_edits_at_the_same_time_none_is_lost(tmp_path: Path) -> None:
    one = edit(tmp_path, NameChange("Rudd", "also", ("Рудд",)), {"names.yaml": NAMES})
    other = edit(tmp_path, NameChange("Rudd", "also", ("Рад",)), {"names.yaml": NAMES})
    checked(one).write()
    with pytest.raises(MonitorError, match=r"names\.yaml has changed since it was read; nothing was written"):
        checked(other).write()
    assert good(tmp_path, {}).names["Rudd"].also == ("Радд", "Рудд")


def test_the_entry_is_extended_in_the_file_where_it_stands(tmp_path: Path) -> None:
    files = {"names/people.yaml": NAMES, "names/places.yaml": "names:\n  - {name: Rome}\n"}
    made = edit(tmp_path, NameChange("Rome", "also", ("Рим",)), files)
    assert checked(made).file == tmp_path / "names/places.yaml"
    assert checked(made).text == "names:\n  - {name: Rome, also: [Рим]}\n"


def test_the_name_itself_is_not_taken_away(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"names.yaml:2:12: .*is the name itself"):
        edit(tmp_path, NameChange("Rudd", "not", ("Rudd",)), {"names.yaml": NAMES})


@pytest.mark.parametrize(
    ("key", "form", "note", "after"),
    [
        ("also", "руди", "names.yaml:2:38: hint: “руди” leaves the “not” of Rudd", "also: [Радд, руди], not: []"),
        ("not", "Радд", "names.yaml:2:25: hint: “Радд” leaves the “also” of Rudd", "also: [], not: [Руди, Радд]"),
    ],
)
def test_a_form_leaves_the_key_that_contradicts(tmp_path: Path, key: Key, form: str, note: str, after: str) -> None:
    made = edit(tmp_path, NameChange("Rudd", key, (form,)), {"names.yaml": NAMES})
    assert [str(one).startswith(note) for one in made.notes] == [True]
    assert checked(made).text.splitlines()[1] == f"  - {{name: Rudd, {after}}}"


def test_a_form_leaves_in_all_its_spellings(tmp_path: Path) -> None:
    names = "names:\n  - {name: Russia, also: [Russland, Россия, Rußland]}\n"
    made = edit(tmp_path, NameChange("Russia", "not", ("Russland",)), {"names.yaml": names})
    assert checked(made).text == "names:\n  - {name: Russia, also: [Россия], not: [Russland]}\n"


def test_a_form_that_is_there_does_not_hinder_the_others(tmp_path: Path) -> None:
    made = edit(tmp_path, NameChange("Rudd", "also", ("Радд", "Рудд", "Песков")), {"names.yaml": NAMES})
    assert made.forms == ("Рудд", "Песков")
    assert [str(note) for note in made.notes] == [
        "names.yaml:2:25: hint: “Радд” stands in the entry Rudd already",
        "names.yaml:3:27: warning: “Песков” belongs to the entry Peskov too",
    ]


@pytest.mark.parametrize(
    ("key", "form", "place"), [("also", "Радд", "names.yaml:2:25"), ("not", "Руди", "names.yaml:2:38")]
)
def test_a_form_that_stands_there_already_changes_nothing(tmp_path: Path, key: Key, form: str, place: str) -> None:
    made = edit(tmp_path, NameChange("Rudd", key, (form,)), {"names.yaml": NAMES})
    assert (made.edit, made.forms) == (None, ())
    assert [str(note) for note in made.notes] == [f"{place}: hint: “{form}” stands in the entry Rudd already"]


def test_an_alias_that_other_entries_share_is_left_to_the_user(tmp_path: Path) -> None:
    names = "names:\n  - {name: A, not: &no [Руди]}\n  - {name: Rudd, not: *no}\n"
    with pytest.raises(ConfigError, match=r"names.yaml:3:12: .*the entry Rudd cannot be extended by a command"):
        edit(tmp_path, NameChange("Rudd", "not", ("Руді",)), {"names.yaml": names})


def test_a_broken_file_of_names_is_not_extended(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"names.yaml:3:\d+"):
        edit(tmp_path, NameChange("Rudd", "not", ("Руді",)), {"names.yaml": NAMES.replace("also: [П", "alsoo: [П")})


@pytest.mark.parametrize(
    ("name", "key", "form", "said"),
    [
        ("Rudd", "not", "радда", ""),
        ("Rudd", "not", "Paul Rudd", ""),
        ("Rudd", "not", "Раддомм", "so that taking it away changes nothing; did you mean Раддом?"),
        ("Rudd", "not", "Лавров", "“Лавров” is no form of “Rudd”"),
        ("Rudd", "also", "Лавров", ""),
        ("Lavrov", "also", "lavrov", "“lavrov” is the name itself"),
        ("Lavrov", "not", "Lavrov", "“Lavrov” is the name itself"),
        ("Lavrov", "also", "…", "“…” has no word in it"),
        ("Lavrov", "also", "a", "“a” is a single letter or digit, which most articles hold as a word, and each would"),
        ("Lavrov", "also", "7", "“7” is a single letter or digit"),
        ("Lavrov", "also", "و", "“و” is a single letter or digit"),
        ("Lavrov", "also", "the", "“the” is in nearly every article of its language, and each would count as Lavrov"),
        ("Lavrov", "also", "что", "“что” is in nearly every article of its language"),
        ("Lavrov", "also", "Лавров: [x] #1", "“Лавров: [x] #1” cannot be a name, with [ in it; write only the form"),
        ("Lavrov", "also", "Lawrow|Lavroff", "cannot be a name, with | in it"),
        ("Rudd", "not", "радда [x]", ""),
        ("Lavrov", "also", "Lavrov & Sons: the #1 (Ltd.)", ""),
        ("Lavrov", "also", "The", ""),
        ("Lavrov", "also", "X", ""),
        ("Lavrov", "also", "国", ""),
    ],
)
def test_a_form_must_be_one_that_the_change_is_about(tmp_path: Path, name: str, key: Key, form: str, said: str) -> None:
    config = good(tmp_path, {"outlets.yaml": OUTLET, "rules.yaml": RULES, "names.yaml": NAMES})
    problem = form_problem(config, NameChange(name, key, (form,)), form)
    assert said in problem
    assert bool(said) == bool(problem)


@pytest.mark.parametrize(
    ("key", "form", "said"),
    [
        ("also", "Who", "“Who” is in nearly every article of its language: each that begins a sentence counts as A"),
        ("also", "X", "“X” is a single letter or digit, which most articles hold as a word: each that begins"),
        ("also", "国", "“国” is one character: it counts as A inside longer words too"),
        ("also", "стамбульский", "“стамбульский” in small letters counts as a plain word, with a capital or without"),
        ("also", "Лавров", ""),
        ("also", "لافروف", ""),
        ("not", "Who", ""),
    ],
)
def test_what_a_form_finds_besides_the_name_is_told(key: Key, form: str, said: str) -> None:
    warning = form_warning(NameChange("A", key, (form,)), form)
    assert said in warning
    assert bool(said) == bool(warning)


def test_the_forms_of_the_entry_and_of_rules_are_those_of_a_name_without_marks(tmp_path: Path) -> None:
    rule = RULES.replace("name(Rudd)", "name(Żabka)")
    names = "names: [{name: Żabka, also: [Froo]}]\n"
    for number, files in enumerate(({"names.yaml": names}, {"rules.yaml": rule})):
        config = loaded(tmp_path / str(number), {"outlets.yaml": OUTLET, "rules.yaml": RULES, **files}).require_config()
        assert form_problem(config, NameChange("Zabka", "not", ("Schabka",)), "Schabka") == ""


@pytest.mark.parametrize(
    ("name", "key", "form", "said"),
    [
        ("Lavrov", "not", "Лавров", "name(Lavrov) in a rule asks for this name"),
        ("Rudd", "not", "Richard Rudd", "“Richard Rudd” is no form of “Rudd”, but has one inside, which no longer"),
        ("Rudd", "not", "Foobar", "“Foobar” is no form of “Rudd”: it is only not proposed again"),
        ("Rudd", "not", "Радда", "the rules with this name have other spellings of it"),
        ("Rudd", "also", "Радд", "they found what was added already"),
    ],
)
def test_why_no_rule_looks_for_other_forms_is_told(tmp_path: Path, name: str, key: Key, form: str, said: str) -> None:
    config = loaded(tmp_path, {"outlets.yaml": OUTLET, "rules.yaml": RULES}).require_config()
    assert unchanged_reason(config, NameChange(name, key, (form,))).startswith(said)
