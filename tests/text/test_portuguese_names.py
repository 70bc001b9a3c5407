"""Names of Portuguese and Brazilians in Russian and Ukrainian."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.portuguese_names import is_portuguese, portuguese_spellings


@pytest.mark.parametrize(
    ("name", "russian", "ukrainian"),
    [
        ("costa", "кошта", "кошта"),
        ("antónio", "антониу", "антоніу"),
        ("carvalho", "карвалью", "карвалью"),
        ("guimarães", "гимарайнш", "гімарайнш"),
        ("marques", "маркеш", "маркеш"),
        ("durão", "дуран", "дуран"),
    ],
)
def test_a_name_has_its_portuguese_sound(name: str, russian: str, ukrainian: str) -> None:
    assert {russian, ukrainian} <= {one.text for one in portuguese_spellings(name, frozenset())}
    assert {one.language for one in portuguese_spellings(name, frozenset(["ru"]))} == {"uk"}


def test_the_given_name_or_a_tilde_tells() -> None:
    assert is_portuguese("joão", "costa")
    assert is_portuguese("maria", "guimarães")
    assert not is_portuguese("antonio", "costa")


def test_a_spaniard_keeps_his_sounds() -> None:
    assert any(form.text == "Антониу Кошта" for form in expand_name("António Costa", {}))
    assert not any("Кошта" in form.text for form in expand_name("Antonio Costa", {}))
