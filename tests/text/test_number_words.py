"""Numbers that texts say in words, in the languages of the table."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import tokenize
from monitor.text.number_words import spelled_numbers

THOUSANDS = {
    "en": "thousand",
    "es": "mil",
    "ru": "тысяч",
    "uk": "тисяч",
    "pl": "tysięcy",
    "tr": "bin",
    "fr": "mille",
    "de": "tausend",
    "it": "mila",
    "ar": "ألف",
}
COUNTED = {"es": "muertos", "fr": "morts", "tr": "ölü"}
BETWEEN = {"de": "", "it": "", "ar": " و"}
BEHIND_TENS = {"en": "-", "es": " y ", "fr": "-", "de": "", "it": "", "ar": " و"}


def _table() -> dict[tuple[str, int], str]:
    lines = (files("monitor.text") / "number-words.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {(row[0], int(row[1])): row[2].rstrip("?~") for row in rows if row[1].isdigit()}


WORDS = _table()


def _small(number: int, language: str) -> str:
    """Spell a number below 100, the French as Swiss do except for 80."""
    known = WORDS.get((language, number))
    if known:
        return known
    tens, units = WORDS.get((language, number // 10 * 10), ""), WORDS[language, number % 10 or 10]
    if language in ("de", "ar"):
        return f"{units}und{tens}" if language == "de" else f"{units}{' ' if number < 20 else ' و'}{tens}"
    if language == "fr" and 80 <= number < 90:
        return "quatre-vingts" if number == 80 else f"quatre-vingt-{units}"
    is_elided = language == "it" and number % 10 in (1, 8)
    behind = " " if number < 20 else BEHIND_TENS.get(language, " ")
    return f"{tens[:-1] if is_elided else tens}{behind}{units}"


def spelled(number: int, language: str) -> str:
    """Spell a number below 10,000."""
    thousands, hundreds, small = number // 1000, number // 100 % 10, number % 100
    parts = []
    if thousands:
        inside = "" if language in ("de", "it") else " "
        parts.append(f"{_small(thousands, language)}{inside}{THOUSANDS[language]}" if thousands > 1 else "")
        alone = {"en": "one thousand", "it": "mille", "pl": "tysiąc", "ru": "тысяча", "uk": "тисяча"}
        parts[0] = parts[0] or alone.get(language, THOUSANDS[language])
    if hundreds:
        whole = WORDS.get((language, hundreds * 100))
        inside = "" if language in ("de", "it") else " "
        one = "" if hundreds == 1 and language != "en" else WORDS[language, hundreds] + inside
        parts.append(whole or f"{one}{WORDS[language, 100]}")
    return BETWEEN.get(language, " ").join([*parts, *([_small(small, language)] if small else [])])


def _numbers(text: str, language: str) -> list[str]:
    return [one.number for one in spelled_numbers(tokenize(text), language)]


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "Six dead, twenty-one hurt; two thousand three hundred and five left", ["6", "21", "2305"]),
        ("de", "Zwei Tote, einundzwanzig Verletzte; zweihundertfünfzig, drei Millionen", ["2", "21", "250", "3e+06"]),
        ("fr", "vingt et un morts, quatre-vingt-dix-sept blessés, soixante-douze", ["21", "97", "72"]),
        ("es", "treinta y dos muertos, dos mil, doscientos cincuenta, once heridos", ["32", "2000", "250", "11"]),
        ("it", "ventuno, duemila, centocinquanta, trentotto feriti", ["21", "2000", "150", "38"]),
        ("pl", "dwadzieścia trzy osoby, do sześciu, sto dwadzieścia", ["23", "6", "120"]),
        ("ru", "двадцать один, до шести, двести тридцать пять тысяч, трёх", ["21", "6", "235000", "3"]),
        ("uk", "п'ять, п’ятеро, двадцять три, до шести", ["5", "5", "23", "6"]),
        ("tr", "altıya çıktı, iki yüz elli bin kişi, yirmi bir", ["6", "250000", "21"]),
        (
            "ar",
            "خمسة وعشرون، ثلاثة عشر، بألفي طن، أحد عشر، ثلاثة آلاف، مئتين وخمسين",
            ["25", "13", "2000", "11", "3000", "250"],
        ),
        ("xx", "six", []),
        ("tr", "Talks ended on Wednesday", []),
        ("es", "They met once more", []),
        ("it", "una ventina di feriti, ventinove, una decina", ["20", "29", "10"]),
        ("fr", "une vingtaine de morts, une centaine", ["20", "100"]),
        ("pl", "między pięcioma a ośmioma, pięciorga, kilkanaście osób", ["5", "8", "5", "teens"]),
        ("ru", "между двадцатью и тридцатью, десяток", ["20", "30", "10"]),
    ],
)
def test_they_are_read_in_every_form(language: str, text: str, numbers: list[str]) -> None:
    assert _numbers(text, language) == numbers


@pytest.mark.parametrize("language", sorted(THOUSANDS))
def test_every_number_that_is_put_together_is_read(language: str) -> None:
    wrong = {
        number: (text, read)
        for number in [*range(10, 100), *range(101, 1000, 3), *range(1001, 10_000, 89)]
        for text in [f"{spelled(number, language)} {COUNTED.get(language, '')}"]
        for read in [_numbers(text, language)]
        if read != [str(number)]
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", "1600", "sixteen hundred"),
        ("de", "1500", "tausendfünfhundert"),
        ("fr", "1600", "mille six cents"),
        ("fr", "1998", "mille neuf cent quatre-vingt-dix-huit"),
        ("es", "1500", "mil quinientos"),
        ("es", "2500", "dos mil quinientas"),
        ("es", "2e+09", "dos mil millones"),
        ("it", "1700", "millesettecento"),
        ("pl", "1500", "tysiąc pięćset"),
        ("ru", "1200", "тысяча двести"),
        ("uk", "1800", "тисячу вісімсот"),
        ("tr", "12", "on iki"),
        ("tr", "112", "yüz on iki"),
        ("tr", "1200", "bin iki yüz"),
        ("ar", "1500", "ألف وخمسمئة"),
        ("ar", "30000", "ثلاثون ألفا"),
        ("ar", "15000", "خمسة عشر ألفا"),
        ("ar", "2500", "ألفان وخمسمئة"),
    ],
)
def test_thousands_before_hundreds_and_tens_before_units(language: str, number: str, text: str) -> None:
    assert _numbers(text, language) == [number]


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "one of them, no one", []),
        ("tr", "su altı, yüz yüze, Bin Salman, altı ölü, altmış altı", ["6", "66"]),
        ("fr", "un pneu neuf, neuf morts, dix-neuf", ["9", "19"]),
        ("it", "tu sei bello, sei morti", ["6"]),
        ("de", "Die Elf gibt Acht. Elf Tote", ["11"]),
    ],
)
def test_what_is_mostly_another_word_counts_only_where_it_counts_something(
    language: str, text: str, numbers: list[str]
) -> None:
    assert _numbers(text, language) == numbers


def test_about_how_many_is_vague_and_what_stands_behind_digits_is_no_number_of_its_own() -> None:
    found = spelled_numbers(tokenize("Dozens fled, сотни"), "en") + spelled_numbers(tokenize("сотни домов"), "ru")
    assert [(one.number, one.is_vague) for one in found] == [("dozens", True), ("hundreds", True)]
    assert _numbers("6 bin 200, 5 hundred, 15 ألفا", "tr") == _numbers("15 ألفا", "ar") == []
    assert _numbers("five, six or seven", "en") == ["5", "6", "7"]


def test_its_words_are_told_apart() -> None:
    found = spelled_numbers(tokenize("up to twenty-one dead"), "en")
    assert [(one.first, one.after) for one in found] == [(2, 4)]


@given(
    st.lists(
        st.sampled_from(
            ["six", "hundred", "thousand", "and", "one", "twenty", "million", "12", ",", "dozens", "-", "four"]
        )
    ).map(" ".join)
)
def test_any_row_of_number_words_is_read_in_order(text: str) -> None:
    found = spelled_numbers(tokenize(text), "en")
    assert all(one.first < one.after for one in found)
    assert all(one.after <= other.first for one, other in pairwise(found))
