"""English surnames that no table lists, by the sound that their letters have, in Russian and Bulgarian."""

from __future__ import annotations

import pytest

from monitor.text.forms.translit.bulgarian import bulgarian_by_letters
from monitor.text.forms.translit.latin_to_russian import russian_by_letters

LIKELY = 0.15


@pytest.mark.parametrize(
    ("name", "russian", "bulgarian"),
    [
        ("marles", "марлс", "марлс"),
        ("maynes", "мейнс", "мейнес"),
        ("burke", "берк", "бърк"),
        ("blakeley", "блейкли", "блейкли"),
        ("bridger", "бриджер", "бриджър"),
        ("vought", "воут", "воут"),
        ("mayhall", "мейхолл", "мейхол"),
        ("lannon", "ланнон", "ланън"),
        ("baron", "барон", "барън"),
        ("ruddock", "руддок", "ръдок"),
        ("bradway", "брадуэй", "брадуей"),
    ],
)
def test_letters_have_their_english_sound(name: str, russian: str, bulgarian: str) -> None:
    assert russian in [text for text, cost in russian_by_letters(name) if cost <= LIKELY]
    assert bulgarian in [text for text, cost in bulgarian_by_letters(name) if cost <= LIKELY]
