"""A page that sends its readers on says where to, and one that only shows itself anew says nothing."""

from __future__ import annotations

import pytest

from monitor.sources.page_refresh import refresh_note

REFRESH = "<html><meta http-equiv={}><p>Moved"


@pytest.mark.parametrize(
    ("meta", "leads"),
    [
        ('refresh content="0; url=/new"', "https://o.test/new"),
        ("REFRESH content=\"0;URL='https://a.test/b'\"", "https://a.test/b"),
        ("refresh content='0;url=//me:s3cret@a.test/b'", "https://…@a.test/b"),
        ("refresh content=60", ""),
        ("refresh content='9;url=/1'", ""),
        ("refresh content='0;url=javascript:x()'", ""),
        ("content-type content='url=/new'", ""),
        (f"refresh content='0;url=/{'x' * 999}'", f"https://o.test/{'x' * 185}"),
    ],
)
def test_it_is_said_where_a_page_sends_its_readers(meta: str, leads: str) -> None:
    note = refresh_note(REFRESH.format(meta), "https://o.test/1")
    assert note == (f"sends its readers on to {leads}" if leads else "")


def test_of_a_page_that_is_nested_too_deep_nothing_is_said() -> None:
    assert refresh_note(REFRESH.format('refresh content="0; url=/new"') + "<div>" * 1_000, "https://o.test/1") == ""
