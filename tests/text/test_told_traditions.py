"""Names whose tradition a given name or a particle tells, in Russian and Ukrainian."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.told_traditions import told_spellings, told_tradition


@pytest.mark.parametrize(
    ("tradition", "name", "russian", "ukrainian"),
    [
        ("portuguese", "costa", "кошта", "кошта"),
        ("portuguese", "antónio", "антониу", "антоніу"),
        ("portuguese", "carvalho", "карвалью", "карвалью"),
        ("portuguese", "guimarães", "гимарайнш", "гімарайнш"),
        ("portuguese", "marques", "маркеш", "маркеш"),
        ("portuguese", "durão", "дуран", "дуран"),
        ("french", "gaulle", "голль", "голль"),
        ("french", "villepin", "вильпен", "вільпен"),
        ("french", "letellier", "летелье", "летельє"),
        ("french", "bézieux", "безьё", "безьє"),
        ("dutch", "rompuy", "ромпёй", "ромпей"),
    ],
)
def test_a_name_has_the_sound_of_its_tradition(tradition: str, name: str, russian: str, ukrainian: str) -> None:
    assert {russian, ukrainian} <= {one.text for one in told_spellings(name, tradition, frozenset())}
    assert {one.language for one in told_spellings(name, tradition, frozenset(["ru", "arabic"]))} == {"uk"}


@pytest.mark.parametrize(
    ("given", "particles", "surname", "tradition"),
    [
        ("joão", [], "costa", "portuguese"),
        ("maria", [], "guimarães", "portuguese"),
        ("antonio", [], "costa", ""),
        ("dominique", ["de"], "villepin", "french"),
        ("thomas", ["de"], "maizière", "french"),
        ("", ["du"], "bellay", "french"),
        ("frederik", ["de"], "klerk", "dutch"),
        ("herman", ["van"], "rompuy", "dutch"),
        ("charles", [], "michel", ""),
        ("luis", ["de"], "guindos", ""),
    ],
)
def test_a_given_name_a_particle_or_letters_tell(
    given: str, particles: list[str], surname: str, tradition: str
) -> None:
    assert told_tradition(given, particles, surname) == tradition


def test_a_spaniard_keeps_his_sounds() -> None:
    assert any(form.text == "Антониу Кошта" for form in expand_name("António Costa", {}))
    assert not any("Кошта" in form.text for form in expand_name("Antonio Costa", {}))
