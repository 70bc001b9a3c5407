"""Spellings in small letters that names.yaml gives a name decline like words of their language."""

from __future__ import annotations

import pytest

from monitor.text.forms.plain_aliases import plain_alias_forms


@pytest.mark.parametrize(
    ("written", "language", "wanted", "others"),
    [
        ("żabkowy", "pl", "żabkowego żabkowa żabkowej żabkowych", "żabkowowie"),
        ("żabkowy", "cs", "", "żabkowyho"),
        ("orbánovský", "cs", "orbánovského orbánovském", ""),
        ("orbánovský", "pl", "", "orbánovskiego"),
        ("trumpista", "pl", "trumpisty trumpistom", ""),
        ("trumpista", "cs", "trumpisty trumpistou", ""),
        ("trumpismus", "tr", "", "trumpismusun"),
        ("erdoğancı", "tr", "erdoğancının", ""),
        ("τραμπικός", "el", "τραμπικου τραμπικο", ""),
        ("стамбульский", "", "стамбульского стамбульская", ""),
    ],
)
def test_an_alias_in_small_letters_is_found_in_its_cases(written: str, language: str, wanted: str, others: str) -> None:
    forms = plain_alias_forms(written, "names.yaml")
    texts = {form.text for form in forms if form.language == language}
    assert sorted(set(wanted.split()) - texts) == []
    assert texts.isdisjoint(others.split())
    assert not any(form.capital for form in forms)
    assert forms[0].text == written
