from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from monitor.config import addresses, codes, values

PARSERS = [
    *(getattr(values, name) for name in dir(values) if name.startswith("parse_")),
    *(getattr(addresses, name) for name in dir(addresses) if name.startswith("parse_")),
]


# A wrong time zone is compared with all files of zones, which takes longer than a deadline on a busy machine.
@settings(deadline=None)
@given(st.one_of(st.text(), st.none(), st.lists(st.text()), st.text("0123456789:-. @/<>[]hmd")))
def test_every_value_is_read_or_refused_with_words(value: object) -> None:
    for parser in PARSERS:
        try:
            parser(value)
        except PydanticCustomError as error:
            assert str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("5 min", timedelta(minutes=5)),
        ("2h", timedelta(hours=2)),
        ("400d", timedelta(days=400)),
        ("6 weeks", timedelta(weeks=6)),
        ("forever", values.FOREVER),
        ("999999999w", values.FOREVER),
    ],
)
def test_durations(text: str, length: timedelta) -> None:
    assert values.parse_duration(text) == length


def test_quiet_hours() -> None:
    assert values.parse_quiet("22:00-07:00") == (time(22), time(7))
    assert values.parse_quiet("22:00 – 7:30") == (time(22), time(7, 30))
    assert values.parse_quiet("no") == "none"
    with pytest.raises(PydanticCustomError, match="same time"):
        values.parse_quiet("07:00-07:00")


@pytest.mark.parametrize(
    "text", ["Ann <ann@mail.test>", "ann@mail.test", "Ann, of the desk <ann+news@mail.test>", "Ён <ann@пример.рф>"]
)
def test_senders(text: str) -> None:
    assert addresses.parse_sender(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "ann",
        "a@b@c",
        "ann@",
        "@mail.test",
        "a b@c.d",
        "a@-b.c",
        "a..b@c.d",
        "a@b,c@d",
        "a@b\nBcc: c@d",
        "<a@b.c>",
        "a@b..",
    ],
)
def test_bad_addresses(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        addresses.parse_address(text)


def test_no_control_character_gets_into_a_sender() -> None:
    with pytest.raises(PydanticCustomError):
        addresses.parse_sender("Ann\r\nBcc: x@y.test <ann@mail.test>")


@pytest.mark.parametrize(
    "url", ["https://a.test/rss", "HTTP://user:pw@a.test:8080/x?y=z", "http://[::1]/", "http://я.рф/"]
)
def test_web_addresses(url: str) -> None:
    assert addresses.parse_url(url) == url


@pytest.mark.parametrize(
    "url", ["a.test", "ftp://a.test", "http://", "http://a b/", "http://a:x/", "file:///etc", "http://[::1"]
)
def test_bad_web_addresses(url: str) -> None:
    with pytest.raises(PydanticCustomError):
        addresses.parse_url(url)


@pytest.mark.parametrize("text", ["0", "17", "99", "two", "1.5"])
def test_a_number_of_parsers_is_from_1_to_16(text: str) -> None:
    assert [values.parse_parsers(number) for number in ("1", "16")] == [1, 16]
    with pytest.raises(PydanticCustomError) as refused:
        values.parse_parsers(text)
    assert values.reason(refused.value) == (
        f"“{text}” is not a number from 1 to 16 (write a whole number, for example 2)"
    )


def test_credentials_are_never_repeated() -> None:
    with pytest.raises(PydanticCustomError) as caught:
        addresses.parse_url("https://user:hunter2@a .test/rss")
    assert "hunter2" not in f"{caught.value}{caught.value.context}"


def test_languages_and_countries() -> None:
    assert values.parse_language("pt_BR") == "pt-br"
    assert values.parse_country("NO") == "no"
    assert codes.language_meant("jp") == "did you mean ja?"
    assert codes.country_meant("turkey") == "did you mean tr, Turkey?"
    assert {"ru", "uk", "tr", "en", "de", "fr", "ar", "zh"} <= codes.LANGUAGES
    assert len(codes.COUNTRIES) > 240


def test_private_hosts() -> None:
    for text in ("10.0.0.7", "10.0.0.0/8", "cms", "cms.local:8080", "[::1]:80", "fd00::/8"):
        assert addresses.parse_private_host(text) == text
    for text in ("http://cms", "cms:0", "cms:99999", "a b", "a!b", "-x"):
        with pytest.raises(PydanticCustomError):
            addresses.parse_private_host(text)
    with pytest.raises(PydanticCustomError) as refused:
        addresses.parse_private_host("10.0.0.5/8")
    assert (refused.value.context or {})["hint"] == "did you mean 10.0.0.0/8?"


def test_names_are_one_printable_line() -> None:
    assert values.parse_name(" Istanbul talks ") == "Istanbul talks"
    for text in ("", " ", "a\nb", "x" * 101, "a\u202eb"):
        with pytest.raises(PydanticCustomError):
            values.parse_name(text)
