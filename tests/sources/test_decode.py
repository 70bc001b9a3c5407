"""Charsets that lie or say nothing: the text comes out as it was written."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.decode import Decoded, decode
from tests.bench.yardstick import at_reference

TEXTS = {
    "ru": "Новости дня: переговоры в Стамбуле продолжатся, «Ёлка» — №1",
    "uk": "Переговори в Стамбулі: речниця їде, є й ґанок",
    "de": "Gespräche in Istanbul: Außenminister Müller für Österreich",
    "tr": "İstanbul görüşmeleri: Dışişleri Bakanı açıkladı, şimdi ne olacak",
    "pl": "Rozmowy w Stambule: minister powiedział, że źle się dzieje, żółć",
    "ar": "محادثات إسطنبول تستمر بين الوفود",
    "zh": "伊斯坦布尔会谈将于星期四恢复，代表团表示",
}
CHARSETS = [
    *(("ru", name) for name in ("cp1251", "koi8-r", "iso-8859-5", "cp866", "utf-8", "utf-16")),
    *(("uk", name) for name in ("cp1251", "koi8-u")),
    *(("de", "cp1252"), ("tr", "cp1254"), ("pl", "cp1250"), ("ar", "cp1256"), ("zh", "gb18030")),
]
DECLARED = ["", "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "no-such-charset", "its own"]


def written(language: str, charset: str) -> tuple[bytes, str]:
    body = f"<rss><title>{TEXTS[language]}</title></rss>".encode(charset, "ignore")
    return body, body.decode(charset)


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(("language", "charset"), CHARSETS)
def test_the_outlets_language_finds_the_charset(language: str, charset: str, declared: str) -> None:
    body, text = written(language, charset)
    declared = charset if declared == "its own" else declared
    headers = {"content-type": f"text/xml; charset={declared}"} if declared else {}
    assert decode(body, headers, language).text == text


@pytest.mark.parametrize(("language", "charset"), CHARSETS)
def test_the_feeds_own_language_will_do(language: str, charset: str) -> None:
    text = f"<rss><language>{language}</language><title>{TEXTS[language]}</title></rss>"
    body = text.encode(charset, "ignore")
    assert decode(body, {}).text == body.decode(charset)


@pytest.mark.parametrize(("language", "charset"), [pair for pair in CHARSETS if pair[0] in ("ru", "uk", "de")])
def test_cyrillic_and_western_need_no_language_at_all(language: str, charset: str) -> None:
    body, text = written(language, charset)
    assert decode(body, {}).text == text


def test_a_wrong_declaration_is_noted() -> None:
    body, _ = written("ru", "cp1251")
    assert decode(body, {"content-type": "text/xml; charset=utf-8"}).note == "declares utf-8, is cp1251"


@pytest.mark.parametrize(
    ("bad", "there"),
    [(b"\xff", ""), (b"\x80", ""), (b"\xd0", "\ufffd"), ("слово".encode("cp1251"), "слово")],
)
def test_bad_bytes_in_utf8_cost_only_themselves(bad: bytes, there: str) -> None:
    text = TEXTS["ru"] * 20
    before, after = text[:400].encode(), text[400:].encode()
    assert decode(before + b" " + bad + b" " + after, {}).text == f"{text[:400]} {there} {text[400:]}"


def test_a_latin_letter_in_utf8_is_read_as_written() -> None:
    text = "Gespräche über Öl – " * 20
    assert decode(text.encode() + "Café noir".encode("cp1252"), {}).text == text + "Café noir"


@pytest.mark.parametrize("codec", ["undefined", "rot13", "idna", "punycode", "base64"])
def test_a_codec_of_python_is_no_charset(codec: str) -> None:
    body, text = written("ru", "cp1251")
    assert decode(body, {"content-type": f"text/xml; charset={codec}"}).text == text


@given(st.binary(max_size=300), st.sampled_from(["ru", "tr", "zh", "", "xx"]), st.text(max_size=20))
def test_any_bytes_decode(body: bytes, language: str, charset: str) -> None:
    assert isinstance(decode(body, {"content-type": f"text/xml; charset={charset}"}, language).text, str)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # Three of five letters are cut, and nothing else is beyond ASCII: still UTF-8.
        (b"it\xe2\x80s here, it\xe2\x80\x99s there, caf\xc3, na\xc3\xafve, fa\xc3ade", "it’s there"),
        (b"one \xe2\x80\x9cquoted\xe2\x80 word \x99", "“quoted"),
        # Two letters side by side are cut in a page with a dozen others.
        ("Wałęsa, Łódź, Gdańsk, Kraków, Poznań, ".encode() + b"W\xc5\xc4sa i \xc5\xc3dz", "Wałęsa, Łódź, Gdańsk"),
    ],
)
def test_a_few_cut_letters_leave_the_others_whole(body: bytes, text: str) -> None:
    assert text in decode(body, {}).text


@pytest.mark.parametrize(
    ("body", "language", "text"),
    [
        ("Grüße aus München, schöne Straße".encode("cp1252"), "de", "Grüße aus München"),
        ("it’s “quoted” – so".encode("cp1252"), "en", "it’s “quoted” – so"),
        ("Київ і Кіровоград, Рівне".encode("cp1251"), "uk", "Київ і Кіровоград"),
        ("Кіно".encode("cp1251"), "uk", "Кіно"),
        ("A situação, a eleição e a reunião de São Paulo".encode("cp1252"), "pt", "situação, a eleição"),
    ],
)
def test_pages_in_single_bytes_are_no_cut_utf8(body: bytes, language: str, text: str) -> None:
    assert text in decode(body, {}, language).text


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["<rss>Привет</rss>", '{"title": "Привет"}', "\r\n <rss>Привет</rss>"])
def test_utf16_without_a_mark_is_known_by_its_zeros(text: str, charset: str) -> None:
    assert decode(text.encode(charset), {}) == Decoded(text, charset)


def test_a_wrong_mark_hides_neither_header_nor_language() -> None:
    body = codecs.BOM_UTF8 + ("ğışİ çağrı " * 9).encode("cp1254")
    assert decode(body, {"content-type": "text/xml; charset=windows-1254"}).text.startswith("ğışİ çağrı")
    assert decode(body, {}, "tr").text.startswith("ğışİ çağrı")


def test_any_number_of_wrong_marks_is_decoded() -> None:
    assert decode(codecs.BOM_UTF8 * 5000 + b"\xff" * 5000, {}).text


def test_of_a_large_body_the_surroundings_of_the_first_bad_byte_tell_the_charset() -> None:
    text = "Причал открыт для судов. " * 120_000
    utf8 = text.encode()
    assert decode(utf8[:4_000_001] + b"\xff" + utf8[4_000_001:] + b"\xff", {}).note == "2 bad bytes in utf-8"
    decoded = decode(b" " * 3_000_000 + text.encode("cp1251"), {}, "ru")
    assert (decoded.text.lstrip() == text, decoded.charset) == (True, "cp1251")


def test_noise_of_ten_megabytes_ends_in_time() -> None:
    noise = random.Random(1).randbytes(10_000_000)
    assert any(at_reference(lambda: decode(noise, {})) < 4 for _ in range(3))
