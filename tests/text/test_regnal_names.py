"""Sovereigns and popes: a given name that languages translate, and its number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.model import Article, Outlet
from monitor.query import Scope, compile_query, document
from monitor.text.forms import expand_name, expand_word
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.regnal_names import is_regnal


def finds(rule: str, text: str, language: str) -> bool:
    compiled = compile_query("rule", rule, Scope(words=expand_word, names=lambda name: expand_name(name, {})))
    read = document(Article("outlet", "", "", body=text, language=language), Outlet("outlet", "", ()))
    return compiled.match(read, datetime(2026, 11, 1, tzinfo=UTC)) is not None


@pytest.mark.parametrize(
    ("rule", "language", "text"),
    [
        ('name("Pope Leo XIV")', "en", "Leo XIV's first visit"),
        ('name("Pope Leo XIV")', "es", "el papa León XIV visitó"),
        ('name("Pope Leo XIV")', "it", "papa Leone XIV ha detto"),
        ('name("Pope Leo XIV")', "fr", "le pape Léon XIV"),
        ('name("Pope Leo XIV")', "pl", "papieża Leona XIV"),
        ('name("Pope Leo XIV")', "cs", "papeži Lvu XIV."),
        ('name("Pope Leo XIV")', "ru", "визит Льва XIV"),
        ('name("Pope Leo XIV")', "bg", "папа Лъв XIV"),
        ('name("Pope Leo XIV")', "tr", "Papa 14. Leo"),
        ('name("Pope Leo XIV")', "el", "ο Πάπας Λέων ΙΔ΄"),
        ('name("Pope Leo XIV")', "ar", "البابا لاون الرابع عشر"),
        ('name("Pope Leo XIV")', "zh", "教宗利奥十四世"),
        ('name("Pope Leo XIV")', "ja", "教皇レオ14世は"),
        ('name("Pope Leo XIV")', "ko", "교황 레오 14세는"),
        ('name("King Charles III")', "ru", "королём Карлом III"),
        ('name("King Charles III")', "uk", "короля Карла ІІІ"),
        ('name("King Charles III")', "de", "König Karl III. reist"),
        ('name("Карл III")', "en", "King Charles III said"),
        ('name("Felipe VI")', "ru", "с Фелипе VI"),
        ('name("John Paul II")', "pl", "o Janie Pawle II i Janowi Pawłowi II"),
        ('name("Mohammed VI")', "ar", "الملك محمد السادس"),
    ],
)
def test_the_name_is_found_in_other_languages(rule: str, language: str, text: str) -> None:
    assert finds(rule, text, language)


@pytest.mark.parametrize(
    ("rule", "language", "text"),
    [
        ('name("Pope Leo XIV")', "en", "Leo XIII and Leo Varadkar"),
        ('name("Pope Leo XIV")', "en", "the group XIV of Leo"),
        ('name("Pope Leo XIV")', "ru", "Людовик XIV и Лев Толстой"),
        ('name("Pope Leo XIV")', "tr", "14 leoparın öyküsü"),
        ('name("King Charles III")', "de", "Karl der Große und Karl II."),
        ('name("King Charles III")', "ar", "محمد الثالث"),
    ],
)
def test_another_number_or_name_is_not_the_man(rule: str, language: str, text: str) -> None:
    assert not finds(rule, text, language)


def test_only_listed_names_with_a_roman_number_are_regnal() -> None:
    assert is_regnal(["Juan", "Carlos", "I"])
    assert not is_regnal(["Malcolm", "X"])
    assert not is_regnal(["Leo", "Varadkar"])
    assert not is_regnal(["Leo", "iv"])


def test_each_line_of_the_table_names_its_languages() -> None:
    for line in data_lines("sovereigns.txt"):
        parts = line.partition(": ")[2].split(", ") if "-numbers: " in line else line.split(", ")
        assert all(parts)
        assert "-numbers: " in line or all(part[2] == ":" and part == part.lower() for part in parts), line
