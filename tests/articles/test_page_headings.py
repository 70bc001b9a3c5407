"""A heading that counts is the one that was read before; all else that a page says is what it says now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import keep_heading

TITLE, TEXT = "Talks on grain go on", "\nMinisters met.\nThey left."


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (f"{TITLE} (37 views)", f"{TITLE} (74 views)"),
        (f"{TITLE} (999 views)", f"{TITLE} (1.2K views)"),
        (f"{TITLE} | No comments", f"{TITLE} | 1 comment"),
        (TITLE, f"{TITLE} (1)"),
        (f"{TITLE} (1)", TITLE),
        (f"14:35, 3 views {TITLE}", f"14:35, 17 views {TITLE.upper()}!"),
    ],
)
def test_a_count_beside_the_title_changes_nothing(before: str, now: str) -> None:
    assert keep_heading(now + TEXT, before + "\nOther words.", TITLE) == before + TEXT


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (TITLE, f"{TITLE}, Lavrov says"),
        ("5 ministers met.", "6 ministers met."),
        (f"{TITLE} (37 views)", "Talks on ships go on (74 views)"),
        (TITLE, f"{TITLE} until the ministers of all 27 states have gone home"),
        ("", f"{TITLE} (1)"),
    ],
)
def test_other_words_are_what_the_page_says_now(before: str, now: str) -> None:
    assert keep_heading(now + TEXT, before + TEXT, TITLE) == now + TEXT
    assert keep_heading(now + TEXT, before + TEXT, "") == now + TEXT


@given(*[st.text(st.sampled_from("ab 1文\n(")) for _ in range(3)])
def test_nothing_below_the_heading_is_touched(text: str, before: str, title: str) -> None:
    kept = keep_heading(text, before, title)
    assert kept.partition("\n")[1:] == text.partition("\n")[1:]
    assert kept.partition("\n")[0] in {one.partition("\n")[0] for one in (text, before)}
