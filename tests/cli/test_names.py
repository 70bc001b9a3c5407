"""`monitor names` corrects names.yaml: what it writes, what it says of the rules, and what it refuses."""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import MonitorError
from monitor.store import Store
from tests.cli.stand import Stand, fill, piece, stand

NAMES = "# ours\nnames:\n  - {name: Peskov, also: [Песков]}\n  - {name: Tkachuk}   # the deputy\n"
RULES = "rules:\n  - {name: The deputy, to: [ann@readers.test], query: name(Tkachuk)}\n"


@pytest.fixture
def here(tmp_path: Path) -> Stand:
    made = stand(tmp_path)
    made.write({"rules.yaml": RULES, "names.yaml": NAMES})
    return made


def names(here: Stand) -> str:
    return (here.config / "names.yaml").read_text(encoding="utf-8")


def test_several_forms_in_one_text_are_added_one_by_one_and_the_answer_says_so(here: Stand) -> None:
    ran = here.run("names", "also", "Peskov", "Пєсков, Пескоф\nPeskoff")
    assert "“Пєсков, Пескоф Peskoff” is 3 forms" in ran.stderr
    assert "also: [Песков, Пєсков, Пескоф, Peskoff]" in names(here)


def test_names_are_listed_with_their_places(here: Stand) -> None:
    here.write({"names.yaml": NAMES.replace("Tkachuk}", "Tkachuk, not: [Ткачука]}")})
    tkachuk = {"name": "Tkachuk", "also": [], "not": ["Ткачука"], "place": "names.yaml:4"}
    peskov = {"name": "Peskov", "also": ["Песков"], "not": [], "place": "names.yaml:3"}
    assert json.loads(here.run("names", "list", "--json").stdout) == [peskov, tkachuk]
    assert json.loads(here.run("names", "list", "песков", "--json").stdout) == [peskov]
    assert here.run("names", "list", "tkachuk").stdout == "Tkachuk  (names.yaml:4)\n  not   Ткачука\n"
    here.write({"names.yaml": NAMES.replace("Tkachuk}", "Tkachuk, not: [Остап Ткачук]}")})
    assert here.run("names", "list", "ткачук").stdout == "Tkachuk  (names.yaml:4)\n  not   Остап Ткачук\n"
    wrong = here.run("names", "list", "Tkachuc")
    assert (wrong.exit_code, "did you mean Tkachuk?" in wrong.stderr) == (2, True)


def test_a_name_of_a_rule_for_which_the_files_list_nothing_is_no_mistake(here: Stand) -> None:
    here.write({"rules.yaml": RULES.replace("Tkachuk", "Wrocław")})
    ran = here.run("names", "list", "wrocław")
    said = "the files list nothing for wrocław; monitor forms 'name(wrocław)' shows its forms\n"
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", said)
    assert json.loads(here.run("names", "list", "Wrocław", "--json").stdout) == []


def test_many_spellings_are_listed_on_several_lines(here: Stand) -> None:
    spellings = [f"Spelling{number}" for number in range(40)]
    here.write({"names.yaml": f"names:\n  - {{name: Peskov, also: [{', '.join(spellings)}]}}\n"})
    first, *lines = here.run("names", "list").stdout.splitlines()
    assert first == "Peskov  (names.yaml:2)"
    assert max(map(len, lines)) <= 100
    assert " ".join(lines).replace(",", "").split() == ["also", *spellings]


def test_a_broken_file_of_names_is_told_wherever_it_is_read(here: Stand) -> None:
    here.write({"names.yaml": "names: [{name: "})
    for command in (("names", "list"), ("forms", "name(Peskov)")):
        assert here.run(*command).stderr.startswith("names.yaml:1:15: error: ")
    here.write({"names.yaml": "names:\n  - {name: Peskov, alos: [Песков]}\n"})
    ran = here.run("names", "list", "Peskov")
    assert (ran.exit_code, ran.stderr.count(": error: "), "there is no" in ran.stderr) == (2, 1, False)


def test_a_form_is_taken_away_and_the_rules_that_lose_it_are_told(here: Stand) -> None:
    assert "Ткачук" in here.run("forms", "--rule", "The deputy", "--json").stdout
    ran = here.run("names", "not", "Tkachuk", "Ткачука", "Ткачуку")
    assert (ran.exit_code, names(here)) == (0, NAMES.replace("Tkachuk}", "Tkachuk, not: [Ткачука, Ткачуку]}"))
    assert "wrote not: Ткачука, Ткачуку to the entry Tkachuk (names.yaml:4)" in ran.stdout
    assert "a running monitor follows within seconds" in ran.stdout
    assert "rule The deputy: " in ran.stdout
    assert "2 forms fewer: Ткачука, Ткачуку;" in ran.stdout
    assert '"form": "Ткачуку"' not in here.run("forms", "--rule", "The deputy", "--json").stdout


def test_the_likeliest_of_the_added_forms_are_told_as_people_write_them(here: Stand) -> None:
    here.write({"rules.yaml": RULES.replace("name(Tkachuk)", 'name("Marcin Kierwiński")')})
    said = here.run("names", "also", "Marcin Kierwiński", "Мартин Кервинский").stdout
    line = next(line for line in said.splitlines() if line.startswith("rule The deputy: "))
    assert " more: Мартин Кервинский, " in line
    assert line.count(",") == 4
    assert re.search(r" and \d+ more", line)


def test_a_spelling_is_added_to_an_entry_found_by_another_one(here: Stand) -> None:
    ran = here.run("names", "also", "Песков", "Peskoff")
    assert names(here) == NAMES.replace("[Песков]", "[Песков, Peskoff]")
    assert "no active rule looks for other forms than before" in ran.stdout


def test_a_name_without_an_entry_gets_one(here: Stand) -> None:
    ran = here.run("names", "also", "Lavrov", "Лавров")
    assert names(here) == NAMES + "  - {name: Lavrov, also: [Лавров]}\n"
    assert "to a new entry Lavrov of " in ran.stdout


def test_a_misspelt_name_gets_no_entry_unless_it_is_a_new_one(here: Stand) -> None:
    for command in (("names", "not", "Tkachukk", "Ткачука"), ("names", "also", "Peskow", "Песков")):
        ran = here.run(*command)
        assert (ran.exit_code, "did you mean " in " ".join(ran.stderr.replace("│", "").split())) == (2, True)
    assert names(here) == NAMES
    assert here.run("names", "also", "--new", "Peskow", "Пясков").exit_code == 0
    assert names(here) == NAMES + "  - {name: Peskow, also: [Пясков]}\n"


def test_what_undoes_a_change_is_told(here: Stand) -> None:
    assert "to undo: take Peskoff out of names.yaml:3 again" in here.run("names", "also", "Песков", "Peskoff").stdout
    assert "to undo: remove the entry Lavrov from " in here.run("names", "also", "Lavrov", "Лавров").stdout


def test_a_dry_run_shows_the_change_and_writes_nothing(here: Stand) -> None:
    ran = here.run("names", "not", "Tkachuk", "Ткачука", "--dry-run")
    lines = ran.stdout.splitlines()
    assert "-  - {name: Tkachuk}   # the deputy" in lines
    assert "+  - {name: Tkachuk, not: [Ткачука]}   # the deputy" in lines
    assert "1 form fewer: Ткачука;" in ran.stdout
    assert names(here) == NAMES


def test_what_is_no_form_is_answered_with_the_nearest(here: Stand) -> None:
    ran = here.run("names", "not", "Tkachuk", "Ткачукаа")
    assert ran.exit_code == 2
    assert "did you mean Ткачука?" in " ".join(ran.stderr.replace("│", "").split())
    assert names(here) == NAMES


def test_one_word_of_those_that_a_form_is_read_as_is_taken_away(here: Stand) -> None:
    here.write({"rules.yaml": RULES.replace("name(Tkachuk)", 'name("Wang Yi")')})
    ran = here.run("names", "not", "Wang Yi", "王义")
    assert (ran.exit_code, "“王义” counts no more, but other words do" in ran.stdout) == (0, True)
    assert here.run("names", "not", "Wang Yi", "王五").exit_code == 2


def test_a_listed_form_is_taken_away_in_one_command(here: Stand) -> None:
    ran = here.run("names", "not", "Peskov", "Песков")
    assert (ran.exit_code, "names.yaml:3:27: hint: “Песков” leaves the “also” of Peskov" in ran.stderr) == (0, True)
    assert "also: [], not: [Песков]" in names(here)


def test_a_form_that_stands_there_already_is_a_success_that_changes_nothing(here: Stand) -> None:
    ran = here.run("names", "also", "Peskov", "Песков")
    assert (ran.exit_code, ran.stdout) == (0, "nothing changed: Песков stands in the entry Peskov already\n")
    assert ran.stderr == "names.yaml:3:27: hint: “Песков” stands in the entry Peskov already\n"
    assert names(here) == NAMES


def test_a_word_of_every_article_is_refused_and_with_a_capital_warned_of(here: Stand) -> None:
    ran = here.run("names", "also", "Peskov", "the")
    assert (ran.exit_code, "a name is written with its capital" in " ".join(ran.stderr.split())) == (2, True)
    assert names(here) == NAMES
    ran = here.run("names", "also", "Peskov", "Who")
    assert ran.exit_code == 0
    assert ran.stderr.startswith("warning: “Who” is in nearly every article of its language")


def test_a_mark_and_the_line_ends_of_windows_stay(here: Stand) -> None:
    file = here.config / "names.yaml"
    file.write_bytes(("\ufeff" + NAMES.replace("\n", "\r\n")).encode())
    assert here.run("names", "not", "Tkachuk", "Ткачука").exit_code == 0
    assert file.read_bytes().decode() == "\ufeff" + NAMES.replace("\n", "\r\n").replace(
        "Tkachuk}", "Tkachuk, not: [Ткачука]}"
    )


def test_a_folder_that_cannot_be_written_to_keeps_the_file(here: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr("monitor.atomic_files.tempfile.mkstemp", refuse)
    ran = here.run("names", "not", "Tkachuk", "Ткачука")
    assert isinstance(ran.exception, MonitorError)
    assert "cannot be written: Read-only file system; nothing was changed" in str(ran.exception)
    assert names(here) == NAMES


def test_suggestions_say_why_and_how_to_accept_or_refuse_them(here: Stand, store: Store) -> None:
    here.use(store)
    fill(
        store,
        [
            piece("en", "Peskov spoke", timedelta(hours=2), lead="Dmitry Peskov spoke."),
            piece("uk", "Кремль", lead="Речник Дмитро Пєскоф мовчить.", language="uk", outlet="tass"),
        ],
    )
    shown = here.run("names", "suggest", "Peskov").stdout
    assert "Peskov: Пєскоф (uk, " in shown
    assert "1 article of 1 outlet: same given name" in shown
    assert "tass: Речник Дмитро Пєскоф мовчить." in shown
    assert "accept: monitor names also Peskov Пєскоф\n" in shown
    assert "1 spelling proposed for 1 name; 2 articles read, 1 of them with the name; nothing was added" in shown
    (one,) = json.loads(here.run("names", "suggest", "Peskov", "--json").stdout)
    assert one["spellings"][0]["refuse"] == "monitor names not --suggested Peskov Пєскоф"
    here.write({"rules.yaml": RULES.replace("Tkachuk", "Peskov")})
    assert here.run("names", "not", "Peskov", "Пєскоф").exit_code == 2
    assert here.run("names", "not", "--suggested", "Peskov", "Peskov").exit_code != 0
    assert here.run("names", "not", "--suggested", "Peskov", "Пєскоф").exit_code == 0
    assert "0 spellings proposed for 1 name" in here.run("names", "suggest").stdout


def test_without_articles_or_names_a_sentence_says_what_is_missing(here: Stand, store: Store) -> None:
    here.use(store)
    assert "no stored article has a name that is looked for" in here.run("names", "suggest").stdout
    here.write({"rules.yaml": RULES.replace("name(Tkachuk)", "harbour")})
    assert "no active rule looks for a name(...)" in here.run("names", "suggest").stdout
    assert json.loads(here.run("names", "suggest", "--json").stdout) == []
