"""The tables of the endings of names: well written, and right for names of each kind."""

from __future__ import annotations

import pytest

from monitor.text.forms.data_files import data_bytes, data_lines
from monitor.text.forms.dictionary import noun_forms
from monitor.text.forms.name_endings import LANGUAGES, name_endings
from monitor.text.forms.script import script_of
from monitor.text.forms.vocatives import LANGUAGES as CALLED


def forms(name: str, language: str) -> set[str]:
    return {form for one, form, _ in name_endings(name.lower()) if one == language}


@pytest.mark.parametrize("table", [f"names.{one}" for one in LANGUAGES] + [f"vocatives.{one}" for one in CALLED])
def test_each_end_has_one_line_of_different_forms(table: str) -> None:
    lines = [line.split() for line in data_lines(f"{table}.txt")]
    ends = [end for end, *_ in lines]
    assert sorted(set(ends)) == sorted(ends)
    for end, *instead in lines:
        plain = [one.lstrip("~") for one in instead]
        assert len(set(plain)) == len(plain), end
        assert end.removeprefix("^") not in plain, end
        assert all(script_of(one.strip("-^'")) in ("latin", "") for one in (end, *plain)), end


@pytest.mark.parametrize("table", [f"names.{one}" for one in LANGUAGES] + [f"vocatives.{one}" for one in CALLED])
def test_a_table_names_its_source(table: str) -> None:
    comment = [line for line in data_bytes(f"{table}.txt").decode().splitlines() if line.startswith("#")]
    assert any("Own table" in line or "Derived from" in line for line in comment)


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        # Names that SGJP does not have: only their ends tell.
        ("pl", "Zybertowski", "Zybertowskiego Zybertowskiemu Zybertowskim"),
        ("pl", "Prystajka", "Prystajki Prystajce Prystajkę Prystajką"),
        ("pl", "Rutenow", "Rutenowa Rutenowowi Rutenowem Rutenowie"),
        ("pl", "Drewnianka", "Drewniance Drewniankę"),
        ("pl", "Vance", "Vance'a Vance'owi Vance'em"),
        ("pl", "Białystok", "Białegostoku Białymstoku"),
        ("pl", "Kosiniak-Kamysz", "Kosiniaka-Kamysza Kosiniakowi-Kamyszowi Kosiniakiem-Kamyszem"),
        ("pl", "Kluzik-Rostkowska", "Kluzik-Rostkowskiej Kluzik-Rostkowską"),
        ("pl", "Niemcy", "Niemiec Niemczech Niemcom Niemcami"),
        ("pl", "Szwajcar", "Szwajcara Szwajcarzy Szwajcarów Szwajcarom"),
        ("pl", "Fico", "Ficy Ficowi Fica Ficę Ficą"),
        ("pl", "Garcia", "Garcii Garcię Garcią"),
        ("pl", "Babiš", "Babiša Babišowi Babišem"),
        ("cs", "Vučić", "Vučiće Vučićovi Vučićem"),
        ("cs", "Chorvat", "Chorvata Chorvati Chorvatů Chorvatům Chorvatech"),
        ("cs", "Holanďan", "Holanďané Holanďanů Holanďanům"),
        ("cs", "Nizozemec", "Nizozemců Nizozemcům"),
        ("cs", "Klementinum", "Klementina Klementinu Klementinem"),
        ("cs", "Shakespeare", "Shakespeara Shakespearovi Shakespearem"),
        ("cs", "Amadeus", "Amadea Amadeovi Amadeem"),
        ("cs", "Petrželka", "Petrželky Petrželkovi Petrželku Petrželkou"),
        ("cs", "Zahradníček", "Zahradníčka Zahradníčkovi Zahradníčkem"),
        ("cs", "Nawrocki", "Nawrockého Nawrockému Nawrockým Nawrockém"),
        ("cs", "Severodoněck", "Severodoněcka Severodoněcku Severodoněckem"),
        ("cs", "Chomutovsko", "Chomutovska Chomutovsku Chomutovskem"),
        ("cs", "Hlučín", "Hlučína Hlučíně Hlučínem"),
        ("cs", "Šafránice", "Šafránic Šafránicích"),
        ("de", "Merkel", "Merkels"),
    ],
)
def test_names_decline_by_their_ends(language: str, name: str, expected: str) -> None:
    assert set(expected.lower().split()) <= forms(name, language)


def test_what_would_be_another_name_is_no_form() -> None:
    assert not {"nováková", "novákové"} & forms("Novák", "cs")
    assert not {"nowakowa", "kowalska"} & (forms("Nowak", "pl") | forms("Kowalski", "pl"))
    assert forms("Scholz", "de") == set()


def test_czech_possessives_that_places_share_count_beside_another_sign() -> None:
    found = {form: confidence for language, form, confidence in name_endings("havel") if language == "cs"}
    doubtful = {found[form] for form in ("havlova", "havlovo", "havlovu", "havlovy")}
    assert max(doubtful) < 0.6 < found["havlův"] == found["havlových"] == found["havlovými"]
    assert not {"havlově", "havlové"} & found.keys()


def test_a_name_that_is_a_noun_takes_the_forms_of_the_word_list() -> None:
    assert {"bundestages", "bundestags"} <= set(noun_forms("bundestag", "de"))
    assert "universitäten" in noun_forms("universität", "de")
    assert "haushaltsstreites" in noun_forms("haushaltsstreit", "de")
    assert {"slováci", "slovákům"} <= set(noun_forms("slovák", "cs"))
    assert noun_forms("senat", "pl") == ["senacie", "senatem", "senatowi", "senatu"]
    assert "kleine" not in noun_forms("klein", "de")


def test_no_form_of_the_word_list_is_another_name_or_an_adjective() -> None:
    assert not {"zemanová", "zemanův"} & set(noun_forms("zeman", "cs"))
    assert "marcel" not in noun_forms("marcela", "cs")
    assert noun_forms("veselý", "cs") == noun_forms("jiří", "cs") == []
