"""Names of several words in Polish and Czech: the adjective and its noun decline together."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.western_phrases import western_phrase_cases


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
    ],
)
def test_phrases_decline(language: str, phrase: str, expected: str) -> None:
    assert set(expected.split(", ")) <= {form.text for form in western_phrase_cases(phrase, "query", language)}


def test_countries_of_the_locale_data_decline_in_their_own_language_only() -> None:
    forms = {(form.text, form.language) for form in expand_name("Saudi Arabia", {})}
    assert {("Arabii Saudyjskiej", "pl"), ("Saúdské Arábie", "cs")} <= forms
    assert not [text for text, language in forms if text.startswith("Saúd") and language == "pl"]
    assert not [text for text, language in forms if text.startswith("Arabie Saoudit") and language]
