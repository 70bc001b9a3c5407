"""Each file stands or falls alone, and what falls keeps its last good content."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from monitor.config import Loaded, load
from tests.config.helpers import OUTLET, RULE, good, loaded, write

PEOPLE = "people:\n  - {name: ann, mail: ann@mail.test}\n"
RULES = "rules:\n  - name: Talks\n    to: [ann]\n    query: |\n      @talks\n"
LISTS = "lists:\n  talks: [talk, negotiat*]\n"
ALL = {"people.yaml": PEOPLE, "rules.yaml": RULES, "lists.yaml": LISTS, "outlets.yaml": OUTLET}


def edited(tmp_path: Path, edits: Mapping[str, str | None]) -> tuple[Loaded, Loaded]:
    """A good load, then one after some files were edited (or removed) with the good texts as fallback."""
    before = loaded(tmp_path, ALL)
    assert not before.problems
    for path, text in edits.items():
        if text is None:
            (tmp_path / path).unlink()
        else:
            write(tmp_path, {path: text})
    return before, load(tmp_path, data=tmp_path, fallback=before.files, previous=before.config)


def test_good_files_come_back_with_their_texts(tmp_path: Path) -> None:
    found = loaded(tmp_path, ALL)
    assert set(found.files) == set(ALL)
    assert found.files["people.yaml"] == PEOPLE
    assert found.broken == ()
    assert found.config
    assert found.config.rules["Talks"].routes[0].recipient == "ann@mail.test"


def test_a_broken_file_keeps_its_last_good_content_and_the_others_go_live(tmp_path: Path) -> None:
    before, after = edited(tmp_path, {"people.yaml": "people: [", "outlets.yaml": "outlets: [https://new.test/rss]\n"})
    assert after.broken == ("people.yaml",)
    assert [problem.file for problem in after.problems] == ["people.yaml"]
    assert after.files["people.yaml"] == PEOPLE
    assert after.config
    assert set(after.config.outlets) == {"new.test"}
    assert after.config.rules == before.config.rules  # type: ignore[union-attr]


def test_the_fallback_holds_without_a_previous_configuration_too(tmp_path: Path) -> None:
    before, _ = edited(tmp_path, {"rules.yaml": "rules: {"})
    after = load(tmp_path, data=tmp_path, fallback=before.files)
    assert after.config
    assert set(after.config.rules) == {"Talks"}
    assert after.broken == ("rules.yaml",)


def test_without_fallback_a_broken_file_is_left_out(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"outlets.yaml": OUTLET, "rules.yaml": "rules: ["})
    assert found.config
    assert (set(found.config.outlets), set(found.config.rules)) == ({"tass"}, set())
    assert set(found.files) == {"outlets.yaml"}


def test_without_good_settings_there_is_no_configuration(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"outlets.yaml": OUTLET, "monitor.yaml": "timezone: Mars"})
    assert found.config is None
    assert found.broken == ("monitor.yaml",)


def test_the_only_file_that_changed_is_to_blame(tmp_path: Path) -> None:
    _, after = edited(tmp_path, {"lists.yaml": "lists:\n  talk: [talk]\n"})
    assert after.broken == ("lists.yaml",)
    (problem,) = after.problems
    assert (problem.file, problem.line, problem.column) == ("rules.yaml", 5, 7)
    assert "lists.yaml changed: its last good content stays in force" in problem.hint
    assert after.config
    assert after.config.lists == {"talks": ("talk", "negotiat*")}


def test_a_removed_file_that_others_need_stays_in_force(tmp_path: Path) -> None:
    _, after = edited(tmp_path, {"people.yaml": None})
    assert after.broken == ("people.yaml",)
    assert "people.yaml is gone" in after.problems[0].hint
    assert after.config
    assert "ann@mail.test" in after.files["people.yaml"]


def test_a_removed_file_that_nobody_needs_is_removed(tmp_path: Path) -> None:
    _, after = edited(tmp_path, {"outlets.yaml": None})
    assert not after.problems
    assert after.config
    assert not after.config.outlets


def test_of_several_changes_the_referring_one_is_to_blame(tmp_path: Path) -> None:
    _, after = edited(
        tmp_path, {"rules.yaml": RULES.replace("ann", "bob"), "outlets.yaml": "outlets: [https://new.test/rss]\n"}
    )
    assert after.broken == ("rules.yaml",)
    assert after.config
    assert set(after.config.outlets) == {"new.test"}
    assert after.config.rules["Talks"].routes[0].recipient == "ann@mail.test"


def test_of_several_changes_the_one_that_took_the_name_away_is_to_blame(tmp_path: Path) -> None:
    _, after = edited(
        tmp_path, {"lists.yaml": "lists:\n  other: [talk]\n", "outlets.yaml": "outlets: [https://new.test/rss]\n"}
    )
    assert after.broken == ("lists.yaml",)
    assert after.config
    assert set(after.config.outlets) == {"new.test"}


def test_a_name_that_moves_between_files_in_one_edit_is_no_problem(tmp_path: Path) -> None:
    _, after = edited(tmp_path, {"people.yaml": None, "people/all.yaml": PEOPLE})
    assert not after.problems
    assert after.config


def test_a_name_doubled_by_one_edit_keeps_the_other_file(tmp_path: Path) -> None:
    _, after = edited(tmp_path, {"people/more.yaml": PEOPLE.replace("ann@", "other@")})
    assert after.broken == ("people/more.yaml",)
    assert after.config
    assert "ann@mail.test" in after.files["people.yaml"]


def test_a_new_file_that_doubles_a_name_has_no_last_good_content(tmp_path: Path) -> None:
    before = loaded(tmp_path, {"people/old.yaml": PEOPLE})
    after = loaded(tmp_path, {"people/new.yaml": PEOPLE}, fallback=before.files)
    assert after.broken == ("people/new.yaml",)
    assert {problem.hint.rpartition("; ")[2] for problem in after.problems if problem.file == "people/old.yaml"} == {
        "people/new.yaml is new: nothing of it is in force until this is mended"
    }


def test_files_that_fall_because_of_another_say_so_once(tmp_path: Path) -> None:
    found = loaded(tmp_path, {**ALL, "people.yaml": "people: ["})
    assert found.broken == ("people.yaml", "rules.yaml")
    assert [str(problem) for problem in found.problems if problem.file == "rules.yaml"] == [
        "rules.yaml:3:10: error: not in force, because nobody is called “ann” (mend people.yaml first)"
    ]


def test_an_entry_that_is_wrong_makes_no_noise_elsewhere(tmp_path: Path) -> None:
    people = "people:\n  - {name: ann, mail: nonsense}\n  - {name: bob, mail: bob@mail.test}\n"
    found = loaded(tmp_path, {**ALL, "people.yaml": people})
    assert [(problem.file, problem.line) for problem in found.problems] == [("people.yaml", 2), ("rules.yaml", 3)]
    assert "mend people.yaml first" in found.problems[1].hint


def test_a_broken_list_is_told_at_the_list_and_not_wherever_it_is_used(tmp_path: Path) -> None:
    found = loaded(tmp_path, {**ALL, "lists.yaml": "lists:\n  talks: [talk, (negotiat*]\n  more: ['@talks', parley]\n"})
    assert [(problem.file, problem.line, problem.column) for problem in found.problems] == [
        ("lists.yaml", 2, 17),
        ("rules.yaml", 5, 7),
    ]
    assert "mend lists.yaml first" in found.problems[1].hint


def test_a_folder_that_is_gone_or_empty_changes_nothing(tmp_path: Path) -> None:
    before = loaded(tmp_path / "config", ALL)
    for directory in (tmp_path / "nowhere", tmp_path):
        after = load(directory, data=tmp_path, fallback=before.files, previous=before.config)
        assert len(after.problems) == 1
        assert set(after.broken) == set(ALL)
        assert after.config
        assert after.config.digest == before.config.digest  # type: ignore[union-attr]


def test_nothing_at_all_is_a_problem(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found.config is None
    assert "there is no configuration" in found.problems[0].message


def test_a_file_that_is_not_utf8_says_where(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    (tmp_path / "people.yaml").write_bytes(b"people:\n  - name: \xcf\xe5\n")
    (problem, *_) = load(tmp_path).problems
    assert (problem.file, problem.line, problem.column) == ("people.yaml", 2, 11)
    assert "UTF-8" in problem.message


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    (tmp_path / "people.yaml").write_bytes(b"\xef\xbb\xbf" + PEOPLE.replace("\n", "\r\n").encode())
    (tmp_path / "rules.yaml").write_bytes(RULES.replace("@talks", "@tlaks").replace("\n", "\r\n").encode())
    assert [(problem.file, problem.line, problem.column) for problem in load(tmp_path).problems] == [
        ("rules.yaml", 5, 7)
    ]


def test_lists_are_files_and_folders_of_files(tmp_path: Path) -> None:
    config = good(
        tmp_path,
        {
            "outlets.yaml": OUTLET,
            "outlets/ua/press.yml": "outlets: [https://up.test/rss]\n",
            "outlets/.hidden.yaml": "nonsense: [",
            "outlets/#draft.yaml": "nonsense: [",
            "outlets/readme.md": "nonsense: [",
            "schema/rules.json": "{",
            "rules/peskov.yaml": RULE,
        },
    )
    assert set(config.outlets) == {"tass", "up.test"}
    assert set(config.rules) == {"Peskov"}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    os.mkfifo(tmp_path / "names.yaml")
    found = load(tmp_path, data=tmp_path)
    assert [(problem.file, problem.message) for problem in found.problems] == [
        ("names.yaml", "this is a pipe or a device and no file")
    ]
    assert set(found.files) == set(ALL)


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    first = good(tmp_path, ALL).digest
    assert good(tmp_path, ALL).digest == first
    assert good(tmp_path, {**ALL, "outlets.yaml": OUTLET + "# more\n"}).digest != first


def test_rules_that_did_not_change_are_not_compiled_again(tmp_path: Path) -> None:
    two = RULES + "  - name: Other\n    to: [ann]\n    query: |\n      walrus\n"
    before = good(tmp_path, {**ALL, "rules.yaml": two})
    after = good(tmp_path, {"rules.yaml": two.replace("      walrus", "      heron")}, previous=before)
    assert after.compiled["Talks"] is before.compiled["Talks"]
    assert after.compiled["Other"] is not before.compiled["Other"]
    third = good(tmp_path, {"lists.yaml": "lists:\n  talks: [talk]\n"}, previous=after)
    assert third.compiled["Talks"] is not after.compiled["Talks"]
    assert third.compiled["Other"] is after.compiled["Other"]


@pytest.mark.parametrize("text", ["", " \n\n\t\n"], ids=["cut to nothing", "blank"])
def test_a_file_that_was_emptied_keeps_its_last_good_content(tmp_path: Path, text: str) -> None:
    before, after = edited(tmp_path, {"rules.yaml": text})
    assert after.broken == ("rules.yaml",)
    assert after.config
    assert after.config.rules == before.config.rules  # type: ignore[union-attr]
    assert after.files["rules.yaml"] == RULES
    (problem,) = after.errors
    assert (problem.file, problem.line) == ("rules.yaml", 1)
    assert "delete the file" in problem.hint


@pytest.mark.parametrize("text", ["rules: []\n", "rules:\n", "# none for now\n", None])
def test_what_is_meant_to_be_removed_is_removed(tmp_path: Path, text: str | None) -> None:
    _, after = edited(tmp_path, {"rules.yaml": text})
    assert after.problems == ()
    assert after.config
    assert after.config.rules == {}


def test_a_file_that_always_was_empty_is_no_mistake(tmp_path: Path) -> None:
    write(tmp_path, {**ALL, "names.yaml": ""})
    before = load(tmp_path, data=tmp_path)
    after = load(tmp_path, data=tmp_path, fallback=before.files, previous=before.config)
    assert (before.problems, after.problems) == ((), ())


def test_a_rule_may_name_a_language_that_no_outlet_declares(tmp_path: Path) -> None:
    """An article's own language is detected, so that it can be one that nobody has declared."""
    rule = "rules:\n  - {name: x, to: [a@b.test], query: 'heron AND lang:%s'}\n"
    assert good(tmp_path, ALL | {"rules.yaml": rule % "ru"}).rules["x"]
    (problem,) = loaded(tmp_path, ALL | {"rules.yaml": rule % "ua"}).errors
    assert "there is no language ua" in problem.message
    assert "did you mean uk?" in str(problem)
