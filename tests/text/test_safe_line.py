"""Text from outside stays one line that nothing moves or turns round."""

from __future__ import annotations

import pytest

from monitor.text import clean


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x85", "\u2028", "\x1b[2K", "\u202e", "\u2066", "\x00"])
def test_nothing_moves_the_cursor_or_turns_the_line(sign: str) -> None:
    shown = clean(f"a{sign}b")
    assert (shown[:2], shown[-1]) == ("a ", "b")
    assert shown.isprintable()


def test_an_address_without_credentials_stays_as_it_is() -> None:
    line = "news: https://news.test/a@b (mail to a@b.test)"
    assert clean(line) == line
