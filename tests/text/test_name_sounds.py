"""Names are compared by sound across scripts and conventions of spelling."""

from __future__ import annotations

import pytest

from monitor.text.name_sounds import SoundIndex, likeness, sounds_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Кавелашвилли", "Kavelashvili"),
        ("Milatovitch", "Milatović"),
        ("Штольтенберг", "Stoltenberg"),
        ("Χούκστρα", "Hoekstra"),
        ("Navrocki", "Nawrocki"),
        ("Qalibaf", "Галибаф"),
        ("פסקוב", "Peskov"),
        ("페스코프", "Peskov"),
        ("Şoygu", "Shoigu"),
        ("Аліса", "Alice"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.7
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Galindo", "Ghalibaf"), ("Фицджеральд", "Fico"), ("Бетсон", "Bettel"), ("Rudberg", "Ruttegård")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert likeness(one, other) < 0.7


def test_another_beginning_weighs_more_than_another_vowel() -> None:
    assert likeness("Песков", "Писков") > likeness("Песков", "Лесков")


def test_a_script_without_a_table_has_no_sound() -> None:
    assert (sounds_of("პესკოვი"), likeness("პესკოვი", "Peskov"), sounds_of("")) == ((), 0.0, ())


def test_an_index_finds_the_same_as_comparing_all() -> None:
    words = ["Песков", "Пескова", "Лавров", "Stoltenberg", "Pieskow", "Галибаф"]
    index = SoundIndex(words)
    for word in ("Пєскоф", "Штольтенберг", "Lawrow", "Merz"):
        assert index.alike(word, 0.7) == {one: near for one in words if (near := likeness(word, one)) >= 0.7}
