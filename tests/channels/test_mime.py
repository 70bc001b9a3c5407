"""Headers and bodies as bytes, and back."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.channels.mime import MimeDraft, encode, encode_mailbox, read_back_errors, to_bytes
from monitor.text.safe_text import header_text


def draft(text: str = "text\n", html: str = "<p>html</p>\n", **headers: str) -> MimeDraft:
    return MimeDraft(tuple(headers.items()), text, html, "=_b")


@given(st.text(max_size=300).map(header_text))
def test_any_clean_text_comes_back_from_a_header(text: str) -> None:
    raw = to_bytes(draft(Subject=encode("Subject", text)))
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == text
    assert all(len(line) <= 76 for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n") if b"=?" in line)


@given(st.text(min_size=1, max_size=120).map(header_text).filter(bool))
def test_any_clean_name_comes_back_from_a_mailbox(name: str) -> None:
    raw = to_bytes(draft(From=encode_mailbox("From", name, "m@example.org")))
    [address] = message_from_bytes(raw, policy=policy.default)["From"].addresses
    # Python's reader, unlike mail programs, puts a space between the encoded words of a name.
    assert ("".join(address.display_name.split()), address.addr_spec) == ("".join(name.split()), "m@example.org")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])), st.text(st.sampled_from("abя=. \n")))
def test_any_body_comes_back(first: str, second: str) -> None:
    for end in ("\n", ""):
        made = draft(f"{first}{end}", f"{second}{end}", Subject="x")
        assert read_back_errors(to_bytes(made), made) == []


def test_a_long_text_without_a_line_end_is_broken_into_lines() -> None:
    made = draft("plain words " * 30, f"<p>{'plain words ' * 30}</p>", Subject="x")
    assert read_back_errors(to_bytes(made), made) == []


@pytest.mark.parametrize(("text", "coding"), [("plain words " * 50, "quoted-printable"), ("слова " * 50, "base64")])
def test_the_shorter_coding_is_chosen(text: str, coding: str) -> None:
    raw = to_bytes(draft(text, Subject="x"))
    parts = list(message_from_bytes(raw, policy=policy.default).iter_parts())
    assert parts[0]["Content-Transfer-Encoding"] == coding
    assert raw.isascii()


@pytest.mark.parametrize(
    "value", ["x\r\nBcc: evil@example.org", "x\r\n\r\nbody", "=?utf-8?Q?=0ABcc:_evil@example.org?=", "x" * 1200, "a\nb"]
)
def test_what_slipped_through_is_seen_when_the_bytes_are_read_back(value: str) -> None:
    made = draft(Subject=value)
    assert read_back_errors(to_bytes(made), made) or "Bcc" not in message_from_bytes(
        to_bytes(made), policy=policy.default
    )
    if "=?" not in value:
        assert read_back_errors(to_bytes(made), made)
