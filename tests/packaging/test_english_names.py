"""How the sounds of English surnames are spelled when their data file is made."""

from __future__ import annotations

import pytest

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import script_of
from tests.packaging.english_names import align, spell


@pytest.mark.parametrize(
    ("name", "sounds", "russian", "bulgarian"),
    [
        ("walker", "W AO1 K ER0", "уокер", "уокър"),
        ("hughes", "HH Y UW1 Z", "хьюз", "хюз"),
        ("williamson", "W IH1 L Y AH0 M S AH0 N", "уильямсон", "уилямсън"),
        ("whitehead", "W AY1 T HH EH2 D", "уайтхед", "уайтхед"),
        ("burnham", "B ER1 N AH0 M", "бернем", "бърнъм"),
        ("wood", "W UH1 D", "вуд", "ууд"),
        ("jones", "JH OW1 N Z", "джонс", "джоунс"),
        ("jackson", "JH AE1 K S AH0 N", "джексон", "джаксън"),
    ],
)
def test_a_name_is_spelled_by_its_sound(name: str, sounds: str, russian: str, bulgarian: str) -> None:
    row = align(name, sounds.split())
    assert row is not None
    assert "".join(sound.letters for sound in row) == name
    assert spell(row) == (russian, bulgarian)


def test_sounds_that_are_not_of_the_word_do_not_fit() -> None:
    assert align("wood", ["D", "AO1", "G"]) is None


def test_every_line_of_the_file_is_a_name_in_three_alphabets() -> None:
    lines = [line.split(" ") for line in data_lines("english-names.txt")]
    assert len(lines) > 5000
    assert len({name for name, _, _ in lines}) == len(lines)
    for name, russian, bulgarian in lines:
        assert name.isalpha(), name
        assert script_of(name) == "latin"
        assert {script_of(one) for one in (*russian.split(","), *bulgarian.split(","))} == {"cyrillic"}
        assert not set(bulgarian) & set("ыэё")
