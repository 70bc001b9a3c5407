from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.language import contradicts, detect, languages_of, normal_code

SENTENCES = [
    (code, text)
    for code, _, text in (
        line.partition("\t")
        for line in Path("tests/data/articles/languages.tsv").read_text(encoding="utf-8").splitlines()
    )
]
RUSSIAN = "Министр иностранных дел заявил во вторник, что переговоры продолжатся, несмотря на обстрелы у границы."
UKRAINIAN = "Міністр закордонних справ заявив у вівторок, що переговори триватимуть попри обстріли біля кордону."
TURKISH = "Dışişleri Bakanı salı günü, sınır yakınındaki bombardımana rağmen görüşmelerin süreceğini söyledi."


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("ru-RU", "ru"), ("en_us", "en"), ("EN", "en"), ("rus", "ru"), ("Русский", "ru"), ("zh-Hans-CN", "zh"),
        ("nb-NO", "no"), ("iw", "he"), ("ua", "uk"), ("tt", "tt"), (" de ", "de"), ("sr-Latn-RS", "sr"),
        ("", ""), ("und", ""), ("language", ""), ("x-default", ""), ("1", ""), ("a" * 10**6, ""),
    ],
)  # fmt: skip
def test_a_language_is_known_however_it_is_written(declared: str, code: str) -> None:
    assert normal_code(declared) == code


def test_detection_is_right_on_nine_in_ten_sentences_and_otherwise_silent() -> None:
    wrong = [(code, detect(text), text) for code, text in SENTENCES if detect(text) not in {code, ""}]
    right = sum(detect(text) == code for code, text in SENTENCES)
    assert wrong == []
    assert right >= 0.9 * len(SENTENCES)


@pytest.mark.parametrize("text", ["", "2026", "OK", "Reuters", "Песков", "Covid-19: 5 000"])
def test_a_name_or_number_proves_nothing(text: str) -> None:
    assert detect(text) == ""


@pytest.mark.parametrize(
    ("code", "text", "wrong"),
    [
        ("en", RUSSIAN, True),
        ("ru", UKRAINIAN, True),
        ("uk", RUSSIAN, True),
        ("ru", "The foreign minister said on Tuesday that talks would go on.", True),
        ("ru", RUSSIAN, False),
        ("uk", UKRAINIAN, False),
        ("en", "Path of Песков", False),
        ("en", "", False),
        ("ru", "Apple iPhone", False),
        ("tr", "The declared word stands where letters do not contradict it.", False),
        ("sr", "Ministar vanjskih poslova rekao je u utorak da će se razgovori nastaviti.", False),
        ("ja", "外交部長週二表示儘管邊境附近發生炮擊談判仍將繼續進行下去", False),
        ("qq", RUSSIAN, False),
    ],
)
def test_letters_can_contradict_a_declaration(code: str, text: str, wrong: bool) -> None:
    assert contradicts(code, text) is wrong


def test_declared_stands_before_the_outlets_and_that_before_detected() -> None:
    texts = [TURKISH, RUSSIAN, "2026"]
    assert languages_of(["en-GB", "", ""], texts, "fr") == ["en", "ru", "fr"]
    german = "Explosion im Hafen von Odessa: zwei Tote, ein Lager brennt, die Rettung ist da."
    dutch = "De minister van Buitenlandse Zaken zei dinsdag dat de gesprekken doorgaan."
    assert languages_of(["", "", "nl"], [german, dutch, dutch], "de") == ["de", "de", "nl"]
    assert languages_of(["", "de", ""], ["2026", TURKISH, "100"], "fr-FR") == ["fr", "de", "fr"]
    assert languages_of(["", "en"], [TURKISH, RUSSIAN], "") == ["tr", "ru"]


def test_an_unsure_text_has_the_language_of_its_page() -> None:
    short = "Швейцарский ХАМАС"
    assert detect(short) == ""
    assert languages_of(["", "", ""], [RUSSIAN, RUSSIAN, short], "uk") == ["ru", "ru", "ru"]


@given(st.text(), st.text(), st.text())
def test_any_text_has_a_language_or_none(declared: str, text: str, outlet: str) -> None:
    (code,) = languages_of([declared], [text], outlet)
    assert code == "" or (len(code) in {2, 3} and code.isascii() and code.islower())


@pytest.mark.skipif("MONITOR_TEST_DATA" not in os.environ, reason="MONITOR_TEST_DATA is not set")
def test_real_feeds_are_detected() -> None:
    import feedparser

    data = Path(os.environ["MONITOR_TEST_DATA"]) / "feeds" / "sample"
    right = wrong = 0
    with (data / "manifest.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            code = normal_code(row["language"])
            if code not in {"en", "ru", "uk", "de", "pt", "sk", "zh"}:
                continue
            texts = [
                f"{entry.get('title', '')} {entry.get('summary', '')}"
                for entry in feedparser.parse(data / row["file"]).entries
            ]
            found = languages_of([""] * len(texts), texts, "")
            right += sum(language == code for language in found)
            wrong += sum(language not in {code, ""} for language in found)
    assert right + wrong > 1500
    assert wrong <= 0.02 * (right + wrong)
