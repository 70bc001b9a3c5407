"""`monitor forms` lists exactly what the compiler asks for, and answers bad queries with their place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.cli.forms_output import print_forms
from monitor.reports.config_lists import ListedForm
from tests.cli.stand import Stand, stand


@pytest.fixture
def here(tmp_path: Path) -> Stand:
    return stand(tmp_path)


def forms(here: Stand, *words: str) -> list[dict[str, object]]:
    ran = here.run("forms", "--json", *words)
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)
    assert isinstance(found, list)
    return found


def test_a_name_is_listed_with_language_source_and_confidence(here: Stand) -> None:
    found = {str(row["form"]): row for row in forms(here, "name(Peskov)")}
    assert found["Песковым"]["source"] == "names.yaml, ru case"
    assert found["Песков"]["needs"] == "with a capital"
    assert found["Песковым"]["needs"] == ""  # no ordinary word, so that Russian and Ukrainian comments need none
    assert found["Peskovlar"]["language"] == "tr"
    assert found["Peskovlar"]["confidence"] < found["Peskov"]["confidence"]  # type: ignore[operator]


def test_a_rule_is_listed_through_its_lists(here: Stand) -> None:
    found = forms(here, "--rule", "Harbour")
    assert {(row["term"], row["via"]) for row in found} == {
        ("harbour", ""),
        ("talk", "@talks"),
        ("negotiat*", "@talks"),
    }
    assert {"form": "talks", "language": "en"}.items() <= next(row for row in found if row["form"] == "talks").items()
    assert next(row for row in found if row["form"] == "negotiat*")["source"] == "wildcard"


def test_what_is_looked_for_to_the_letter_says_so(here: Stand) -> None:
    found = forms(here, 'exact("C++") AND /colou?r/i AND words>30 AND "secret* plan"')
    assert {(row["form"], row["source"]) for row in found} >= {
        ("C++", "exact()"),
        ("/colou?r/i", "regular expression"),
        ("secret*", "wildcard"),
        ("plan", "query"),
    }
    assert not [row for row in found if ">" in str(row["form"])]


def test_what_counts_in_one_language_is_listed_alone(here: Stand) -> None:
    assert {row["language"] for row in forms(here, "talk", "--language", "en")} == {"", "en"}
    assert {row["language"] for row in forms(here, "talk", "--language", "EN-gb")} == {"", "en"}


@pytest.mark.parametrize(("code", "hint"), [("ua", "uk"), ("kazak", "kk"), ("xx", "a code of ISO 639")])
def test_a_language_that_does_not_exist_is_refused(here: Stand, code: str, hint: str) -> None:
    ran = here.run("forms", "talk", "--language", "en", "--language", code)
    assert ran.exit_code == 2
    assert f"unknown language “{code}”" in " ".join(ran.output.split())
    assert hint in ran.output


def test_a_name_with_signs_is_its_only_form(here: Stand) -> None:
    assert [(row["form"], row["source"]) for row in forms(here, 'name("C++")')] == [("C++", "name()")]


def test_the_table_counts_the_forms(here: Stand) -> None:
    ran = here.run("forms", "negotiat*")
    assert "negotiat*" in ran.stdout
    assert "1 form;" in ran.stdout


def test_few_forms_of_each_script_are_shown_and_the_rest_counted(here: Stand) -> None:
    lines = here.run("forms", "name(Peskov)").stdout.splitlines()
    cyrillic = [line for line in lines if line.startswith("Cyrillic  ")]
    assert [line.split()[1:3] for line in cyrillic[:1]] == [["1.00", "Песков"]]
    assert len(cyrillic) == 4
    left = len([row for row in forms(here, "name(Peskov)") if row["language"] == "" and str(row["form"])[0] in "ПпЄ"])
    assert f"and {left - 3} more: --all" in cyrillic[-1]


def test_the_surest_forms_of_a_script_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    sure = {"Peskof": 0.5, "Peskov": 1.0, "Pesckow": 0.3, "Peskow": 0.8, "Pesckov": 0.4, "Песков": 0.9}
    listed = [ListedForm("name(Peskov)", "", "Peskov", form, "", "x", each, "") for form, each in sure.items()]
    print_forms(listed, every=False)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[2] for row in rows if row] == ["Peskov", "Peskow", "Peskof", "2", "Песков"]


def test_initials_are_shown_after_full_names(capsys: pytest.CaptureFixture[str]) -> None:
    sources = {"D Peskov": "query, initial", "Dmitri Peskov": "given names"}
    listed = [ListedForm("name(Peskov)", "", "Peskov", form, "", each, 0.8, "") for form, each in sources.items()]
    print_forms(listed, every=False)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[2] for row in rows if row] == ["Dmitri", "D"]


def test_all_forms_are_shown_when_asked_for(here: Stand) -> None:
    shown = here.run("forms", "name(Peskov)", "--all").stdout
    assert "more" not in shown
    assert [row for row in forms(here, "name(Peskov)") if str(row["form"]) not in shown] == []


def test_forms_that_need_a_second_sign_are_marked(here: Stand) -> None:
    lines = here.run("forms", 'name("Dmitry Peskov")', "--all").stdout.splitlines()
    (surname,) = [line for line in lines if line.split()[2:4] == ["Peskov", "surname"]]
    assert surname.endswith("capital, second sign")
    assert lines[-2].startswith("second sign: counts only beside another sign of the name")


def test_a_row_begins_with_latin_letters_so_that_a_terminal_does_not_turn_it_round(here: Stand) -> None:
    rows = [line for line in here.run("forms", "name(Peskov)").stdout.splitlines() if "بيسكوف" in line]
    assert rows
    assert all(row.startswith("Arabic  ") for row in rows)


def test_a_text_is_told_by_which_form_it_is_found(here: Stand) -> None:
    ran = here.run("forms", "name(Tkachuk)", "--why", "сказал Ткачук", "--language", "ru")
    assert ran.stdout.splitlines() == [
        "language   ru",
        "the query  matches",
        "found      “Ткачук”",
        "           by the form Ткачук of name(Tkachuk): transliteration, sure 0.86",
        "           wrong? monitor names not Tkachuk Ткачук",
    ]
    found = json.loads(here.run("forms", "name(Tkachuk)", "--why", "сказал Ткачук", "--json").stdout)
    assert (found["matches"], found["forms"][0]["form"]) == (True, "Ткачук")


def test_a_rule_is_asked_why_it_missed(here: Stand) -> None:
    here.write({"rules.yaml": "rules:\n  - {name: P, to: [ann@readers.test], query: name(Peskov)}\n"})
    ran = here.run("forms", "--rule", "P", "--why", "много песков на пляже")
    assert "the query  does not match" in ran.stdout
    assert "missed     “песков”: without a capital" in ran.stdout
    near = here.run("forms", "--rule", "P", "--why", "said Peskof").stdout
    assert "near       “Peskof”: differs by 1 letter" in near
    assert "           monitor names also Peskov Peskof" in near
    assert "no form is there, nor one that is near" in here.run("forms", "--rule", "P", "--why", "tea").stdout


def test_a_text_is_in_one_known_language(here: Stand) -> None:
    assert here.run("forms", "talks", "--why", "talk", "--language", "ru", "--language", "en").exit_code == 2
    wrong = here.run("forms", "talks", "--why", "talk", "--language", "russian")
    assert (wrong.exit_code, "unknown language" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    ("query", "caret", "said"),
    [
        ("Peskov AND (talks", 11, "column 12: this bracket is not closed"),
        ("# a comment\nЛавров AND @talk", 11, "did you mean talks?"),
        ("北京 AND (", 9, "column 8"),
    ],
)
def test_an_error_shows_column_and_caret(here: Stand, query: str, caret: int, said: str) -> None:
    ran = here.run("forms", "-", stdin=query)
    assert ran.exit_code == 2
    assert said in ran.stderr
    line, mark = ran.stderr.splitlines()[1:3]
    assert line.strip() == query.splitlines()[-1]
    assert mark == "  " + " " * caret + "^"


def test_the_place_in_a_long_query_is_shown_with_what_stands_around_it(here: Stand) -> None:
    query = " OR ".join(["harbour"] * 300) + " OR (talks"
    ran = here.run("forms", query)
    line, mark = ran.stderr.splitlines()[1:3]
    assert line[mark.index("^")] == "("
    assert len(line) < 130


def test_a_wrong_rule_is_answered_with_the_right_one(here: Stand) -> None:
    ran = here.run("forms", "--rule", "harbor")
    assert ran.exit_code == 2
    assert "did you mean Harbour?" in ran.stderr


@pytest.mark.parametrize("words", [(), ("talks", "--rule", "Harbour")])
def test_a_query_or_a_rule_is_asked_for(here: Stand, words: tuple[str, ...]) -> None:
    assert here.run("forms", *words).exit_code == 2


def test_a_form_that_the_files_add_is_told_with_its_place(here: Stand) -> None:
    here.write({"names.yaml": "names:\n  - {name: Peskov, also: [Песков]}\n"})
    ran = here.run("forms", "name(Peskov)", "--why", "сказал Песков")
    assert "           wrong? names.yaml:2:27 adds it (also:)" in ran.stdout.splitlines()


def test_the_wildcards_for_languages_without_endings_are_proposed(here: Stand) -> None:
    here.write({"outlets.yaml": "outlets:\n  - {name: lap, feed: https://lap.example.org/rss, language: hu}\n"})
    ran = here.run("forms", "name(Peskov)")
    assert "no endings of Hungarian (“hu”) are known, which outlets of the query are in; add OR Peskov*" in ran.stdout
    assert "no endings" not in here.run("forms", "name(Peskov) OR Peskov*").stdout
