"""Greek names of bodies and places of several words in their cases."""

from __future__ import annotations

import pytest

from monitor.text.forms.greek_phrases import greek_phrase_cases
from monitor.text.tokens import canonical


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("Άρειος Πάγος", ["Αρείου Πάγου", "Άρειο Πάγο"]),
        ("Ευρωπαϊκή Ένωση", ["Ευρωπαϊκής Ένωσης"]),
        ("Ηνωμένες Πολιτείες", ["Ηνωμένων Πολιτειών"]),
        ("Διεθνές Ποινικό Δικαστήριο", ["Διεθνούς Ποινικού Δικαστηρίου"]),
        ("Συμβούλιο της Επικρατείας", ["Συμβουλίου της Επικρατείας"]),
    ],
)
def test_all_words_before_a_small_one_decline_together(name: str, cases: list[str]) -> None:
    found = {canonical(form.text) for form in greek_phrase_cases(name.split(), "query")}
    assert found >= set(map(canonical, cases))


def test_words_of_no_common_gender_do_not_decline() -> None:
    assert greek_phrase_cases(["Λευκό", "Πόρτα"], "query") == []
