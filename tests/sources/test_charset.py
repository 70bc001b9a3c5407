"""A charset is guessed by letters where none is declared, and a declared one is overruled only by a likelier one."""

from __future__ import annotations

import pytest

from monitor.sources.charset import fits, fits_declared, likely_charset

RUSSIAN = "Новости дня: переговоры в Стамбуле продолжатся, сообщил министр иностранных дел"
GERMAN = "Gespräche in Istanbul: Außenminister Müller reist für Österreich nach Köln"
TURKISH = "İstanbul görüşmeleri: Dışişleri Bakanı açıkladı, şimdi ne olacak"
POLISH = "Rozmowy w Stambule: są świadkowie, powiedział minister, że źle się dzieje"
CHINESE = "伊斯坦布尔会谈将于星期四恢复，代表团表示"


@pytest.mark.parametrize(
    ("text", "charset", "language", "guessed"),
    [
        *((RUSSIAN, charset, language, charset) for charset in ("cp1251", "cp866") for language in ("ru", "")),
        (RUSSIAN, "koi8-r", "ru", "koi8-u"),
        (RUSSIAN, "iso8859-5", "ru", "iso8859-5"),
        (GERMAN, "cp1252", "de", "cp1252"),
        (GERMAN, "cp1252", "", "cp1252"),
        (TURKISH, "cp1254", "tr", "cp1254"),
        (TURKISH, "cp1254", "TR-tr", "cp1254"),
        (POLISH, "cp1250", "pl", "cp1250"),
        (POLISH, "iso8859-2", "pl", "iso8859-2"),
        (CHINESE, "gb18030", "zh", "gb18030"),
        ("محادثات إسطنبول تستمر بين الوفود", "cp1256", "ar", "cp1256"),
        # Letters that are Cyrillic speak against the outlet's language.
        (RUSSIAN, "cp1251", "tr", "cp1254"),
        (RUSSIAN, "cp1251", "de", "cp1251"),
    ],
)
def test_bytes_are_in_the_charset_that_makes_words_of_them(
    text: str, charset: str, language: str, guessed: str
) -> None:
    assert likely_charset(text.encode(charset, "ignore"), language) == guessed


@pytest.mark.parametrize(
    ("text", "charset", "declared", "expected"),
    [
        (RUSSIAN, "cp1251", "cp1251", True),
        (RUSSIAN, "cp1251", "koi8-u", False),
        (RUSSIAN, "koi8-r", "cp1251", False),
        (RUSSIAN, "cp1251", "cp1252", False),
        (GERMAN, "cp1252", "cp1252", True),
        # Single letters between ASCII are no Cyrillic words.
        (GERMAN, "cp1252", "cp1251", False),
        (TURKISH, "cp1254", "cp1254", True),
    ],
)
def test_a_declared_charset_is_believed_unless_another_is_clearly_likelier(
    text: str, charset: str, declared: str, expected: bool
) -> None:
    body = text.encode(charset, "ignore")
    assert fits_declared(body, declared, likely_charset(body, "")) is expected


@pytest.mark.parametrize(
    ("body", "charset", "expected"),
    [
        (RUSSIAN.encode("cp1251"), "cp1251", True),
        (CHINESE.encode("gb18030"), "gb18030", True),
        (b"plain", "cp1251", False),
        (b"\xd0" * 99 + b"\x98", "cp1251", True),
        (b"\xd0" * 98 + b"\x98" * 2, "cp1251", False),
        (b"\xd0" * 70 + b"\xab" * 30, "cp1251", True),
        (b"\xd0" * 69 + b"\xab" * 31, "cp1251", False),
    ],
)
def test_bytes_fit_a_charset_if_nearly_all_are_possible_and_most_are_letters(
    body: bytes, charset: str, expected: bool
) -> None:
    assert fits(body, charset) is expected
