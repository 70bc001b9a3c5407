"""Names of several words in Polish, Czech, Slovak and German: the adjective and its noun decline together."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.western_phrases import adjectival_cases, western_phrase_cases


@pytest.mark.parametrize(
    ("language", "phrase", "expected"),
    [
        ("pl", "Unia Europejska", "Unii Europejskiej, Unię Europejską"),
        ("pl", "Wielka Brytania", "Wielkiej Brytanii, Wielką Brytanię"),
        ("pl", "Stany Zjednoczone", "Stanów Zjednoczonych, Stanach Zjednoczonych, Stanami Zjednoczonymi"),
        ("pl", "Rada Bezpieczeństwa", "Rady Bezpieczeństwa, Radę Bezpieczeństwa"),
        ("cs", "Bílý dům", "Bílého domu, Bílém domě, Bílým domem"),
        ("cs", "Velká Británie", "Velké Británie, Velkou Británií"),
        ("cs", "Jižní Korea", "Jižní Koreje, Jižní Koreji, Jižní Koreou"),
        ("cs", "Spojené státy", "Spojených států, Spojených státech"),
        ("cs", "Rada bezpečnosti", "Rady bezpečnosti, Radou bezpečnosti"),
        ("cs", "Ministerstvo obrany Ukrajiny", "Ministerstva obrany Ukrajiny, Ministerstvem obrany Ukrajiny"),
        ("cs", "Nejvyšší správní soud", "Nejvyššího správního soudu, Nejvyšším správním soudem"),
        ("cs", "Mladá Boleslav", "Mladé Boleslavi, Mladou Boleslaví"),
        ("sk", "Banská Bystrica", "Banskej Bystrice, Banskej Bystrici, Banskú Bystricu"),
        ("de", "Weißes Haus", "Weißen Haus, Weißen Hauses, Weißem Haus"),
        ("de", "Freie Demokratische Partei", "Freien Demokratischen Partei, Freier Demokratischer Partei"),
    ],
)
def test_phrases_decline(language: str, phrase: str, expected: str) -> None:
    assert set(expected.split(", ")) <= {form.text for form in western_phrase_cases(phrase, "query", language)}


def test_the_case_of_adjective_and_noun_is_the_same() -> None:
    forms = {form.text for form in western_phrase_cases("Česká národní banka", "query", "cs")}
    assert forms == {
        "České národní banky",
        "České národní bance",
        "Českou národní banku",
        "Českou národní bankou",
    }


@pytest.mark.parametrize(
    "name", ["Angela Merkel", "Oliver Stone", "Hunter Biden", "Rada Europy", "New York", "Karl Nowak"]
)
def test_names_without_an_adjective_of_their_noun_do_not_decline_as_such(name: str) -> None:
    assert adjectival_cases(name, "query") == []


def test_countries_of_the_locale_data_decline_in_their_own_language_only() -> None:
    forms = {(form.text, form.language) for form in expand_name("Saudi Arabia", {})}
    assert {("Arabii Saudyjskiej", "pl"), ("Saúdské Arábie", "cs")} <= forms
    assert not [text for text, language in forms if text.startswith("Saúd") and language == "pl"]
    assert not [text for text, language in forms if text.startswith("Arabie Saoudit") and language]
