"""Case endings of Russian, Ukrainian and Turkish names: small letters, and words that no dictionary has."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name


def small(name: str) -> set[str]:
    """The forms of a name that need no capital."""
    return {form.text.lower() for form in expand_name(name, {}) if not form.capital and form.confidence >= 0.6}


@pytest.mark.parametrize(
    ("name", "proof", "too_little"),
    [
        ("Франция", {"франции", "францией"}, {"франция"}),
        ("Балканы", {"балканам", "балканами"}, {"балканы"}),
        ("Самсунг", set(), {"самсунгом"}),  # the Ukrainian dictionary has it without saying whether it is a name
        ("Песков", set(), {"пескова", "песков"}),
        ("Макрон", set(), {"макрона"}),  # a sign above a letter
        ("Зеленский", set(), {"зеленского"}),
        ("Кива", set(), {"кивы"}),
        ("Чернов", set(), {"черном"}),
        ("Бойко", set(), {"бойко", "бойка"}),
    ],
)
def test_case_forms_that_are_no_other_word_count_in_small_letters(
    name: str, proof: set[str], too_little: set[str]
) -> None:
    assert proof <= small(name)
    assert not too_little & small(name)


def test_guessed_spellings_need_a_capital() -> None:
    assert not [text for text in small("Peskov") if "а" <= text[0] <= "я"]
